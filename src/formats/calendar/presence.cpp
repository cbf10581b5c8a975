#include "formats/calendar/presence.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

namespace vv::formats::calendar {
namespace {

using core::Presence;

// Folded words that say that nobody has to go anywhere, in the languages of the exports; sorted.
constexpr auto kCallWords = [] {
    auto words = std::to_array<std::string_view>({
        "skype",       "zoom",       "teams",          "webex",    "hangout",   "hangouts", "gotomeeting",
        "bluejeans",   "facetime",   "jitsi",          "whereby",  "discord",   "slack",    "whatsapp",
        "online",      "virtual",    "virtuell",       "virtuel",  "virtuelle", "remote",   "fernmeeting",
        "phone",       "telephone",  "telefon",        "telefono", "telefone",  "telefoon", "telephonique",
        "telefonisch", "tel",        "call",           "anruf",    "appel",     "llamada",  "chiamata",
        "chamada",     "dial",       "conferencecall", "telco",    "telko",     "video",    "visio",
        "webinar",     "livestream",
    });
    std::sort(words.begin(), words.end());
    return words;
}();
constexpr std::array kCallBeginnings = std::to_array<std::string_view>({
    "videoc",
    "videok",
    "visioconf",
    "telefonkonf",
    "telefonat",
    "teleconf",
    "telekonf",
    "webconf",
    "audioconf",
    "bigbluebutton",
});
// Words of links' hosts that hold conferences.
constexpr std::array kHosts = std::to_array<std::string_view>({
    "meet.google.com", "hangouts.google.com", "zoom.us",         "zoomgov.com",   "teams.microsoft.com",
    "teams.live.com",  "webex.com",           "gotomeeting.com", "gotomeet.me",   "bluejeans.com",
    "whereby.com",     "meet.jit.si",         "join.skype.com",  "meet.lync.com", "facetime.apple.com",
    "discord.gg",      "chime.aws",           "ringcentral.com", "8x8.vc",        "meetup.com/online",
    "around.co",       "bigbluebutton",       "livestorm.co",
});
constexpr std::array kMaps = std::to_array<std::string_view>({
    "maps.google.",
    "google.com/maps",
    "goo.gl/maps",
    "maps.app.goo.gl",
    "maps.apple.com",
    "openstreetmap.org",
    "osm.org",
});
constexpr std::array kUndecided = std::to_array<std::string_view>({
    "tbd",
    "tba",
    "tbc",
    "n/a",
    "na",
    "none",
    "-",
    "?",
    "x",
});

// A link has a dot; most text that comes by here has none.
bool holds_any(std::string_view text, std::span<const std::string_view> parts) {
    if (text.find('.') == std::string_view::npos) return false;
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto part) { return text.find(part) != std::string_view::npos; });
}

bool is_call_word(std::string_view word) {
    return std::binary_search(kCallWords.begin(), kCallWords.end(), word) ||
           std::any_of(kCallBeginnings.begin(), kCallBeginnings.end(),
                       [&](auto begin) { return word.starts_with(begin); });
}

bool is_link(std::string_view text) {
    return text.find("://") != std::string_view::npos || text.starts_with("www.") || holds_any(text, kHosts);
}

// Mostly digits: a number to ring up.
bool is_number(std::string_view text) {
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool letters = std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    return digits >= 6 && !letters;
}

Presence of_segment(std::string_view raw) {
    const std::string text = fold(raw);
    if (text.empty() || std::find(kUndecided.begin(), kUndecided.end(), text) != kUndecided.end())
        return Presence::unknown;
    if (text.starts_with("ext=") || text.starts_with("ext."))
        return Presence::unknown;  // of a number before it
    if (holds_any(text, kMaps)) return Presence::physical;
    if (is_link(text) || is_number(text)) return Presence::video;
    // An address ("Zoom Café, 12 Mock Row, Toronto") may hold such a word in its first part.
    int plain_parts = 0;
    bool call = false;
    for (const auto part : split(text, ',')) {
        const auto words = words_of_folded(part);
        const bool part_calls =
            std::any_of(words.begin(), words.end(), [](const auto& w) { return is_call_word(w); });
        const bool google_meet = part.find("google meet") != std::string_view::npos;
        call = call || part_calls || google_meet;
        if (!words.empty() && !part_calls && !google_meet && !is_number(part)) ++plain_parts;
    }
    return call && plain_parts < 2 ? Presence::video : Presence::physical;
}

Presence of_location(std::string_view location) {
    bool call = false;
    while (!location.empty()) {
        const auto* end = std::find_if(location.begin(), location.end(),
                                       [](char c) { return c == ';' || c == '|' || c == '\n'; });
        const auto segment = location.substr(0, static_cast<std::size_t>(end - location.begin()));
        const auto found = of_segment(segment);
        if (found == Presence::physical) return found;
        call = call || found == Presence::video;
        location.remove_prefix(std::min(segment.size() + 1, location.size()));
    }
    return call ? Presence::video : Presence::unknown;
}

// "Skype Sally", "Call with Ann", "Videocall: Bob", "Ann - phone", "Zoom".
bool title_says_call(std::string_view title) {
    const auto folded = fold(title.substr(0, 200));
    const auto words = words_of_folded(folded);
    if (words.empty()) return false;
    static constexpr std::array kFirst = std::to_array<std::string_view>(
        {"call", "skype", "zoom", "phone", "telefonat", "telefon", "anruf", "webex", "facetime", "webinar"});
    const auto& last = words.back();
    return std::find(kFirst.begin(), kFirst.end(), words.front()) != kFirst.end() ||
           words.front().starts_with("videoc") || words.front().starts_with("videok") ||
           words.front() == "visio" || words.front().starts_with("visioconf") ||
           (words.front() == "video" && words.size() > 1 && words[1] == "call") || last == "phone" ||
           last == "telefon" || last == "call" || last == "skype" || last == "zoom";
}

}  // namespace

bool holds_conference(std::string_view text) {
    const auto lower_text = ascii_lower(text.substr(0, 20'000));
    if (holds_any(lower_text, kHosts)) return true;
    return lower_text.find("://meet.") != std::string::npos;
}

Presence presence_of(const PlaceHints& hints) {
    const bool call = title_says_call(hints.title);
    const auto place = of_location(trim(hints.location));
    if (place == Presence::video) return place;
    if (hints.coordinates) return Presence::physical;
    if (place == Presence::physical) return call ? Presence::video : place;
    return call || hints.conference ? Presence::video : Presence::unknown;
}

}  // namespace vv::formats::calendar
