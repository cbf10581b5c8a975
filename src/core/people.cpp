#include "core/people.h"

#include <array>

namespace vv::core {
namespace {

constexpr std::array<std::string_view, 16> kNetworks{
    "linkedin",        "facebook", "twitter", "foursquare", "ning",  "blog",     "mastodon", "vcard",
    "google-contacts", "outlook",  "email",   "phone",      "skype", "whatsapp", "manual",   "account"};
constexpr std::array<std::string_view, 7> kRelations{"colleague", "competitor",   "customer", "friend",
                                                     "relative",  "acquaintance", "stranger"};
constexpr std::array<std::string_view, 4> kStages{"known", "in_touch", "planned", "met"};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Network network) {
    return kNetworks[static_cast<std::size_t>(network)];
}
std::optional<Network> parse_network(std::string_view name) {
    return find<Network>(kNetworks, name);
}
std::string_view to_string(Relation relation) {
    return kRelations[static_cast<std::size_t>(relation)];
}
std::optional<Relation> parse_relation(std::string_view name) {
    return find<Relation>(kRelations, name);
}
std::string_view to_string(Stage stage) {
    return kStages[static_cast<std::size_t>(stage)];
}
std::optional<Stage> parse_stage(std::string_view name) {
    return find<Stage>(kStages, name);
}

}  // namespace vv::core
