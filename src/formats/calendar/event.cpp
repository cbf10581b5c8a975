#include "formats/calendar/event.h"

#include "base/text.h"
#include "formats/calendar/presence.h"
#include "formats/vcard_values.h"

#include <algorithm>
#include <array>
#include <bit>

namespace vv::formats::calendar {
namespace {

constexpr std::size_t kGuests = 2'000;
constexpr std::size_t kDates = 20'000;
constexpr std::size_t kRules = 10;

void complain(Event& event, const ContentLine& line, std::string why) {
    if (!event.problem.empty()) return;
    event.problem = std::move(why);
    event.problem_line = line.text.substr(0, 200);
}

std::optional<Time> read_time(Event& event, const ContentLine& line, const ContentProperty& property) {
    auto time = parse_time(property, property.value);
    if (!time) complain(event, line, std::string(property.name) + " is no time that can be read");
    return time;
}

// "a,b" or periods "start/end", of which only the start matters.
void read_dates(std::vector<Time>& dates, Event& event, const ContentLine& line,
                const ContentProperty& property) {
    for (const auto item : split(property.value, ',')) {
        if (dates.size() >= kDates) return;
        if (trim(item).empty()) continue;
        ContentProperty plain = property;
        const auto slash = item.find('/');
        if (slash != std::string_view::npos) plain.parameters.clear();
        auto time = parse_time(plain, item.substr(0, slash));
        if (time && slash != std::string_view::npos && time->form == Time::Form::floating) {
            time->zone = property.parameter("TZID");
            if (!time->zone.empty()) time->form = Time::Form::zoned;
        }
        if (time)
            dates.push_back(*std::move(time));
        else
            complain(event, line, std::string(property.name) + " is no time that can be read");
    }
}

// Rooms, lists and the calendars that send for others are nobody.
bool is_somebody(const ContentProperty& property, std::string_view email) {
    const auto type = property.parameter("CUTYPE");
    for (const auto* nobody : {"ROOM", "RESOURCE", "GROUP"})
        if (same_word(type, nobody)) return false;
    if (same_word(property.parameter("ROLE"), "NON-PARTICIPANT")) return false;
    static constexpr std::array<std::string_view, 4> kMachines = {
        "resource.calendar.", "group.calendar.google.com", "group.v.calendar.google.com",
        "import.calendar.google.com"};
    const auto at = email.find('@');
    const auto host = email.substr(at + 1);
    return !email.substr(0, at).ends_with("unknownorganizer") &&
           std::none_of(kMachines.begin(), kMachines.end(),
                        [&](auto part) { return host.starts_with(part); });
}

core::Response response_of(std::string_view partstat) {
    if (same_word(partstat, "ACCEPTED")) return core::Response::accepted;
    if (same_word(partstat, "DECLINED")) return core::Response::declined;
    if (same_word(partstat, "TENTATIVE")) return core::Response::tentative;
    return core::Response::none;
}

std::optional<Guest> read_guest(const ContentProperty& property) {
    Guest guest;
    guest.email = address_of(property);
    if (guest.email.empty() || !is_somebody(property, guest.email)) return std::nullopt;
    auto name = scrub_utf8(property.parameter("CN"));
    std::erase(name, '"');
    std::string_view shown = trim(name);
    while (shown.size() >= 2 && shown.front() == '\'' && shown.back() == '\'')
        shown = shown.substr(1, shown.size() - 2);
    const bool repeats = same_word(shown, guest.email) || same_word(shown.substr(0, 7), "mailto:");
    if (!repeats) guest.name = truncate_utf8(shown, 200);
    guest.response = response_of(property.parameter("PARTSTAT"));
    return guest;
}

// "20260302T000000Z", which is always UTC (RFC 5545, 3.8.7.3); 0 for anything else.
std::int64_t stamp_millis(std::string_view text) {
    if (text.size() != 16) return 0;
    const auto time = parse_time({}, text);
    return time && time->form == Time::Form::utc ? millis(Instant(time->wall.time_since_epoch())) : 0;
}

// Outlook marks what was called off in the subject as well.
bool title_says_cancelled(std::string_view title) {
    static constexpr std::array<std::string_view, 8> kWords = {
        "canceled:", "cancelled:", "abgesagt:",  "annule :",
        "annule:",   "cancelado:", "annullato:", "geannuleerd:"};
    const auto begin = title.substr(0, 40);
    if (begin.find(':') == std::string_view::npos) return false;  // and most titles have none
    const auto folded = fold(begin);
    return std::any_of(kWords.begin(), kWords.end(), [&](auto word) { return folded.starts_with(word); });
}

void take_conference(Event& event, const ContentProperty& property) {
    if (!trim(property.value).empty()) event.conference = true;
}

void take_guest(Event& event, const ContentProperty& property) {
    if (event.guests.size() >= kGuests) return;
    auto guest = read_guest(property);
    if (guest && std::none_of(event.guests.begin(), event.guests.end(),
                              [&](const Guest& g) { return g.email == guest->email; }))
        event.guests.push_back(*std::move(guest));
}

struct Taker {
    std::string_view name;
    Take take;
    bool tells_who_and_when = false;
};

constexpr std::array kTakers = std::to_array<Taker>({
    {"UID", [](Event& e, const ContentLine&, const ContentProperty& p) { e.uid = text_value(p.value); }, true},
    {"SUMMARY",
     [](Event& e, const ContentLine&, const ContentProperty& p) {
         e.title = text_value(p.value);
         e.cancelled = e.cancelled || title_says_cancelled(e.title);
     },
     true},
    {"LOCATION", [](Event& e, const ContentLine&, const ContentProperty& p) { e.location = text_value(p.value); }},
    {"DESCRIPTION",
     [](Event& e, const ContentLine&, const ContentProperty& p) { e.conference = e.conference || holds_conference(p.value); }},
    {"GEO", [](Event& e, const ContentLine&, const ContentProperty& p) { e.at = card_place(p.value); }},
    {"X-APPLE-STRUCTURED-LOCATION",
     [](Event& e, const ContentLine&, const ContentProperty& p) {
         if (!e.at) e.at = card_place(trim(p.value));
     }},
    {"X-GOOGLE-CONFERENCE", [](Event& e, const ContentLine&, const ContentProperty& p) { take_conference(e, p); }},
    {"X-GOOGLE-HANGOUT", [](Event& e, const ContentLine&, const ContentProperty& p) { take_conference(e, p); }},
    {"CONFERENCE", [](Event& e, const ContentLine&, const ContentProperty& p) { take_conference(e, p); }},
    {"X-MICROSOFT-SKYPETEAMSMEETINGURL",
     [](Event& e, const ContentLine&, const ContentProperty& p) { take_conference(e, p); }},
    {"X-MICROSOFT-ONLINEMEETINGCONFLINK",
     [](Event& e, const ContentLine&, const ContentProperty& p) { take_conference(e, p); }},
    {"LAST-MODIFIED",
     [](Event& e, const ContentLine&, const ContentProperty& p) { e.revision = stamp_millis(trim(p.value)); }},
    {"STATUS",
     [](Event& e, const ContentLine&, const ContentProperty& p) {
         e.cancelled = e.cancelled || same_word(trim(p.value), "CANCELLED");
     }},
    {"TRANSP",
     [](Event& e, const ContentLine&, const ContentProperty& p) {
         e.free = e.free || same_word(trim(p.value), "TRANSPARENT");
     }},
    {"X-MICROSOFT-CDO-BUSYSTATUS",
     [](Event& e, const ContentLine&, const ContentProperty& p) { e.free = e.free || same_word(trim(p.value), "FREE"); }},
    {"DTSTART", [](Event& e, const ContentLine& l, const ContentProperty& p) { e.start = read_time(e, l, p); }, true},
    {"DTEND", [](Event& e, const ContentLine& l, const ContentProperty& p) { e.end = read_time(e, l, p); }},
    {"DURATION", [](Event& e, const ContentLine&, const ContentProperty& p) { e.duration = parse_duration(p.value); }},
    {"RECURRENCE-ID", [](Event& e, const ContentLine& l, const ContentProperty& p) { e.recurrence_id = read_time(e, l, p); }, true},
    {"RRULE",
     [](Event& e, const ContentLine&, const ContentProperty& p) {
         if (e.recurrence.rules.size() < kRules) e.recurrence.rules.emplace_back(trim(p.value));
     }},
    {"RDATE",
     [](Event& e, const ContentLine& l, const ContentProperty& p) { read_dates(e.recurrence.dates, e, l, p); }},
    {"EXDATE",
     [](Event& e, const ContentLine& l, const ContentProperty& p) { read_dates(e.recurrence.exceptions, e, l, p); }},
    {"ORGANIZER", [](Event& e, const ContentLine&, const ContentProperty& p) { e.organizer = read_guest(p); }, true},
    {"ATTENDEE", [](Event& e, const ContentLine&, const ContentProperty& p) { take_guest(e, p); }, true},
});

// Which takers, as bits, have a name of so many letters: of a line that passes by, most names are none of
// theirs.
constexpr auto kOfLength = [] {
    static_assert(kTakers.size() <= 32);
    std::array<std::uint32_t, 64> bits{};
    for (std::size_t i = 0; i < kTakers.size(); ++i) bits.at(kTakers.at(i).name.size()) |= 1U << i;
    return bits;
}();

// A text's escapes resolved, as far as `most` bytes and hardly further.
std::string unescaped(std::string_view value, std::size_t most) {
    std::string out;
    while (!value.empty() && out.size() < most) {
        const auto plain = value.substr(0, value.find('\\'));
        out += truncate_utf8(plain, most);  // half a letter would make all of it another charset's
        value.remove_prefix(plain.size());
        if (value.empty()) break;
        const char next = value.size() > 1 ? value[1] : '\0';
        const bool newline = next == 'n' || next == 'N';
        const bool literal = next == ',' || next == ';' || next == '\\' || next == ':' || next == '"';
        out += newline ? '\n' : literal ? next : '\\';
        value.remove_prefix(newline || literal ? 2 : 1);
    }
    return out;
}

}  // namespace

Take taker(std::string_view name, Reading reading) {
    auto left = name.size() < kOfLength.size() ? kOfLength.at(name.size()) : 0;
    for (; left != 0; left &= left - 1) {
        const auto& one = kTakers.at(static_cast<std::size_t>(std::countr_zero(left)));
        if (same_word(one.name, name))
            return reading == Reading::whole || one.tells_who_and_when ? one.take : nullptr;
    }
    return nullptr;
}

std::string text_value(std::string_view value, std::size_t most) {
    const bool plain = value.find('\\') == std::string_view::npos;
    std::string text =
        plain ? decode_text(truncate_utf8(value, 2 * most)) : decode_text(unescaped(value, 2 * most));
    const auto shown = truncate_utf8(trim(text), most);
    return shown.size() == text.size() ? std::move(text) : std::string(shown);
}

std::string address_of(const ContentProperty& property) {
    auto value = trim(property.value);
    const bool mailto = same_word(value.substr(0, 7), "mailto:");
    if (mailto) value.remove_prefix(7);
    value = value.substr(0, value.find('?'));
    if (!mailto && value.find('@') == std::string_view::npos) value = trim(property.parameter("EMAIL"));
    const bool well_formed =
        std::count(value.begin(), value.end(), '@') == 1 && value.front() != '@' && value.back() != '@' &&
        value.size() <= 254 && std::none_of(value.begin(), value.end(), [](char c) {
            return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == '/';
        });
    if (!well_formed) return {};
    return is_utf8(value) ? lower(value) : lower(scrub_utf8(value));
}

}  // namespace vv::formats::calendar
