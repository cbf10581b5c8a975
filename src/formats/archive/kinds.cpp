#include "formats/archive/kinds.h"

#include <array>

namespace vv::formats::archive {
namespace {

struct Names {
    std::string_view name;
    std::string_view title;
};

constexpr std::array<Names, 16> kNames = {{
    {"linkedin", "LinkedIn"},
    {"facebook", "Facebook"},
    {"twitter", "Twitter"},
    {"foursquare", "Foursquare"},
    {"ning", "Ning"},
    {"blog", "Blog"},
    {"mastodon", "Mastodon"},
    {"vcard", "vCard"},
    {"google-contacts", "Google Contacts"},
    {"outlook", "Outlook contacts"},
    {"calendar", "Calendar"},
    {"phone", "Phone"},
    {"skype", "Skype"},
    {"whatsapp", "WhatsApp"},
    {"timeline", "Timeline"},
    {"mail", "Mail"},
}};

const Names& names(Kind kind) {
    return kNames.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view to_string(Kind kind) {
    return names(kind).name;
}
std::string_view title(Kind kind) {
    return names(kind).title;
}

}  // namespace vv::formats::archive
