#include "formats/archive/facebook_files.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

struct Place {
    FacebookPart part;
    JsonPath path;
};

// Names end in "_v2" since 2018; before, and in some files since, they don't.
const std::vector<Place>& places() {
    static const std::vector<Place> kPlaces = [] {
        std::vector<Place> all = {
            {FacebookPart::participants, {"participants"}},
            {FacebookPart::message, {"messages", "*"}},
            {FacebookPart::post, {"*"}},
            {FacebookPart::post, {"status_updates", "*"}},
        };
        const auto add = [&](FacebookPart part, std::string list, const char* within) {
            for (const char* version : {"", "_v2", "_v3"}) {
                JsonPath path{list + version};
                if (*within) path.emplace_back(within);
                if (part != FacebookPart::profile) path.emplace_back("*");
                all.push_back({part, std::move(path)});
            }
        };
        add(FacebookPart::friends, "friends", "");
        add(FacebookPart::received_request, "received_requests", "");
        add(FacebookPart::sent_request, "sent_requests", "");
        add(FacebookPart::rejected_request, "rejected_requests", "");
        add(FacebookPart::removed_friend, "deleted_friends", "");
        add(FacebookPart::event_joined, "event_responses", "events_joined");
        add(FacebookPart::event_declined, "event_responses", "events_declined");
        add(FacebookPart::event_hosted, "your_events", "");
        add(FacebookPart::comment, "comments", "");
        add(FacebookPart::reaction, "reactions", "");
        add(FacebookPart::profile, "profile", "");
        return all;
    }();
    return kPlaces;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// The name of the first member of an object and what its value begins with: {"friends_v2": [ → friends, '['.
struct First {
    std::string_view name;
    char value = 0;
};
First first_member(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto open = text.find_first_not_of(kBlank, 1);
    if (text[0] != '{' || open == std::string_view::npos || text[open] != '"') return {};
    const auto close = text.find('"', open + 1);
    if (close == std::string_view::npos) return {};
    auto name = text.substr(open + 1, close - open - 1);
    if (name.ends_with("_v2") || name.ends_with("_v3")) name.remove_suffix(3);
    const auto value = text.find_first_not_of(": \t\r\n", close + 1);
    return {name, value == std::string_view::npos ? '\0' : text[value]};
}

bool is_thread(std::string_view text, const First& first) {
    if (holds(text, "\"sender_name\"") || holds(text, "\"magic_words\"") ||
        holds(text, "\"is_geoblocked_for_viewer\"") || holds(text, "\"thread_path\""))
        return true;
    if (first.name == "participants" && first.value == '[')
        return holds(text, "\"threadName\"") || holds(text, "\"messages\"") || holds(text, "{\"name\"") ||
               holds(text, "\"name\": ");
    return holds(text, "\"senderName\"") && holds(text, "\"timestamp\"");
}

bool is_posts(std::string_view text) {
    return text[0] == '[' && holds(text, "\"timestamp\"") &&
           (holds(text, "\"attachments\"") || holds(text, "\"post\"") ||
            holds(text, "\"update_timestamp\"") || (holds(text, "\"data\"") && holds(text, "\"reaction\"")));
}

}  // namespace

const std::vector<JsonPath>& facebook_paths() {
    static const std::vector<JsonPath> kPaths = [] {
        std::vector<JsonPath> paths;
        for (const auto& place : places()) paths.push_back(place.path);
        return paths;
    }();
    return kPaths;
}

FacebookPart facebook_part(std::size_t path) {
    return places()[path].part;
}

std::optional<Role> facebook_role(std::string_view text, std::string_view name) {
    if (text.empty()) return std::nullopt;
    if (is_posts(text)) return Role::whole;
    const auto first = first_member(text);
    if (is_thread(text, first)) return Role::messages;
    const bool list = first.value == '[';
    if (first.name == "friends" && list && (holds(text, "\"timestamp\"") || holds(name, "friends")))
        return Role::connections;
    if (first.name == "profile" && first.value == '{' &&
        (holds(text, "\"full_name\"") || holds(name, "profile_information")))
        return Role::profile;
    if (first.name == "event_responses" && first.value == '{') return Role::whole;
    static constexpr std::array<std::string_view, 6> kLists = {"received_requests", "sent_requests",
                                                               "rejected_requests", "deleted_friends",
                                                               "your_events",       "events_invited"};
    if (list && std::find(kLists.begin(), kLists.end(), first.name) != kLists.end()) return Role::whole;
    static constexpr std::array<std::string_view, 3> kTimed = {"status_updates", "comments", "reactions"};
    const bool timed = std::find(kTimed.begin(), kTimed.end(), first.name) != kTimed.end();
    if (list && timed && holds(text, "\"timestamp\"") && holds(text, "\"data\"")) return Role::whole;
    return std::nullopt;
}

}  // namespace vv::formats::archive
