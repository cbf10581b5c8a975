#include "formats/archive/kinds.h"

#include <array>

namespace vv::formats::archive {
namespace {

struct Names {
    std::string_view name;
    std::string_view title;
    bool readable;
};

constexpr std::array<Names, 16> kNames = {{
    {"linkedin", "LinkedIn", true},
    {"facebook", "Facebook", true},
    {"twitter", "Twitter", true},
    {"foursquare", "Foursquare", true},
    {"ning", "Ning", true},
    {"blog", "Blog", true},
    {"mastodon", "Mastodon", true},
    {"vcard", "vCard", true},
    {"google-contacts", "Google Contacts", true},
    {"outlook", "Outlook contacts", true},
    {"calendar", "Calendar", true},
    {"phone", "Phone", true},
    {"skype", "Skype", true},
    {"whatsapp", "WhatsApp", true},
    {"timeline", "Timeline", true},
    {"mail", "Mail", true},
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
bool is_readable(Kind kind) {
    return names(kind).readable;
}

}  // namespace vv::formats::archive
