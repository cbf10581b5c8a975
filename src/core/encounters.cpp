#include "core/encounters.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>

namespace vv::core {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 8> kKinds{"coffee",     "lunch",     "dinner", "walk",
                                                 "conference", "gathering", "visit",  "chance"};
constexpr std::array<std::string_view, 4> kEvidence{"claimed", "imported", "mutual", "handshake"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

/// Folded words that name a kind, in the languages of the networks' larger exports.
struct KindWord {
    std::string_view word;
    EncounterKind kind;
};
constexpr auto kKindWords = std::to_array<KindWord>({
    {"coffee", EncounterKind::coffee},
    {"coffees", EncounterKind::coffee},
    {"cafe", EncounterKind::coffee},
    {"kaffee", EncounterKind::coffee},
    {"koffie", EncounterKind::coffee},
    {"caffe", EncounterKind::coffee},
    {"tea", EncounterKind::coffee},
    {"espresso", EncounterKind::coffee},
    {"breakfast", EncounterKind::coffee},
    {"fruhstuck", EncounterKind::coffee},
    {"lunch", EncounterKind::lunch},
    {"brunch", EncounterKind::lunch},
    {"luncheon", EncounterKind::lunch},
    {"mittagessen", EncounterKind::lunch},
    {"dejeuner", EncounterKind::lunch},
    {"almuerzo", EncounterKind::lunch},
    {"comida", EncounterKind::lunch},
    {"pranzo", EncounterKind::lunch},
    {"dinner", EncounterKind::dinner},
    {"supper", EncounterKind::dinner},
    {"abendessen", EncounterKind::dinner},
    {"diner", EncounterKind::dinner},
    {"cena", EncounterKind::dinner},
    {"jantar", EncounterKind::dinner},
    {"walk", EncounterKind::walk},
    {"hike", EncounterKind::walk},
    {"stroll", EncounterKind::walk},
    {"spaziergang", EncounterKind::walk},
    {"wanderung", EncounterKind::walk},
    {"promenade", EncounterKind::walk},
    {"balade", EncounterKind::walk},
    {"paseo", EncounterKind::walk},
    {"passeggiata", EncounterKind::walk},
    {"visit", EncounterKind::visit},
    {"besuch", EncounterKind::visit},
    {"visite", EncounterKind::visit},
    {"visita", EncounterKind::visit},
    {"conference", EncounterKind::conference},
    {"conf", EncounterKind::conference},
    {"summit", EncounterKind::conference},
    {"congress", EncounterKind::conference},
    {"kongress", EncounterKind::conference},
    {"konferenz", EncounterKind::conference},
    {"symposium", EncounterKind::conference},
    {"barcamp", EncounterKind::conference},
    {"unconference", EncounterKind::conference},
    {"convention", EncounterKind::conference},
    {"expo", EncounterKind::conference},
    {"congres", EncounterKind::conference},
    {"congreso", EncounterKind::conference},
    // What is something else whatever the hour.
    {"meeting", EncounterKind::gathering},
    {"standup", EncounterKind::gathering},
    {"stand", EncounterKind::gathering},
    {"sync", EncounterKind::gathering},
    {"review", EncounterKind::gathering},
    {"retro", EncounterKind::gathering},
    {"planning", EncounterKind::gathering},
    {"workshop", EncounterKind::gathering},
    {"training", EncounterKind::gathering},
    {"interview", EncounterKind::gathering},
    {"meetup", EncounterKind::gathering},
    {"drinks", EncounterKind::gathering},
    {"party", EncounterKind::gathering},
    {"cinema", EncounterKind::gathering},
    {"concert", EncounterKind::gathering},
    {"theatre", EncounterKind::gathering},
    {"game", EncounterKind::gathering},
    {"besprechung", EncounterKind::gathering},
    {"reunion", EncounterKind::gathering},
    {"wedding", EncounterKind::gathering},
});

constexpr auto kOnlineWords = std::to_array<std::string_view>({"online",
                                                               "skype",
                                                               "zoom",
                                                               "teams",
                                                               "hangout",
                                                               "hangouts",
                                                               "webex",
                                                               "gotomeeting",
                                                               "jitsi",
                                                               "whereby",
                                                               "facetime",
                                                               "whatsapp",
                                                               "discord",
                                                               "videoconference",
                                                               "videocall",
                                                               "videokonferenz",
                                                               "visioconference",
                                                               "visio",
                                                               "teleconference",
                                                               "telefon",
                                                               "telephone",
                                                               "phone",
                                                               "telefono",
                                                               "call",
                                                               "virtual",
                                                               "virtuell",
                                                               "remote",
                                                               "webinar",
                                                               "bluejeans",
                                                               "chime",
                                                               "meet"});
constexpr auto kFillers = std::to_array<std::string_view>(
    {"meeting", "microsoft", "google", "via",        "on",    "the",         "a",      "an",
     "link",    "in",        "by",     "conference", "video", "audio",       "cisco",  "or",
     "and",     "dial",      "see",    "details",    "below", "invite",      "id",     "with",
     "code",    "join",      "at",     "of",         "for",   "besprechung", "amazon", "to"});

template <class Range>
bool holds(const Range& words, std::string_view word) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_number(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Every link replaced by the word that says what it is for.
std::string without_links(std::string_view text) {
    std::string plain;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t to = std::min(text.find_first_of(" ,;|\n()", from), text.size());
        const std::string_view token = text.substr(from, to - from);
        const bool is_link = token.find("://") != std::string_view::npos ||
                             token.find("zoom.us") != std::string_view::npos ||
                             token.find("meet.google.com") != std::string_view::npos ||
                             token.find("teams.microsoft.com") != std::string_view::npos;
        plain.append(is_link ? "online" : token);
        if (to < text.size()) plain.push_back(text[to]);
        from = to + 1;
    }
    return plain;
}

enum class Segment { empty, online, place };
Segment look_at(std::string_view segment) {
    const std::vector<std::string> words = folded_words(segment);
    bool online = false;
    for (const std::string& word : words) {
        if (holds(kOnlineWords, word))
            online = true;
        else if (!holds(kFillers, word) && !is_number(word))
            return Segment::place;
    }
    return online ? Segment::online : Segment::empty;
}

bool is_in_the_flesh(const Gathering& gathering) {
    if (gathering.presence == Presence::video) return false;
    if (gathering.presence == Presence::physical) return true;
    return gathering.at || (!trim(gathering.place).empty() && !is_online_place(gathering.place));
}

std::chrono::milliseconds length_of(const Gathering& gathering) {
    return gathering.end ? *gathering.end - gathering.start : std::chrono::milliseconds(1h);
}

/// "UX Camp 2025, Zürich": a title with a year on something that takes half a day or more.
bool is_dated_event(const std::vector<std::string>& words, const Gathering& gathering) {
    const auto is_year = [](const std::string& w) {
        return w.size() == 4 && is_number(w) && (w.starts_with("19") || w.starts_with("20"));
    };
    return length_of(gathering) >= 4h && std::any_of(words.begin(), words.end(), is_year);
}

EncounterKind kind_by_hour(const Gathering& gathering, const Zone& zone) {
    if (length_of(gathering) > 3h || gathering.attendees.size() > 5) return EncounterKind::gathering;
    const WallTime wall = zone.to_local(gathering.start);
    const auto hour = wall - std::chrono::floor<std::chrono::days>(wall);
    if (hour >= 11h + 30min && hour < 14h) return EncounterKind::lunch;
    if (hour >= 18h && hour < 21h) return EncounterKind::dinner;
    const bool between = (hour >= 8h && hour < 11h + 30min) || (hour >= 14h && hour < 17h);
    return between && length_of(gathering) <= 90min ? EncounterKind::coffee : EncounterKind::gathering;
}

Instant end_of(const Encounter& encounter) {
    return encounter.end.value_or(encounter.start + 1h);
}

bool share_a_person(const Encounter& a, const Encounter& b) {
    return std::any_of(a.people.begin(), a.people.end(), [&](PersonId person) {
        return std::binary_search(b.people.begin(), b.people.end(), person);
    });
}

// "Golden Fig, 193 Mock Row, Toronto" and a check-in at "Golden Fig": what stands before the address is the
// same, and where both know where that is, it is no other branch across the town.
bool share_a_place(const Encounter& a, const Encounter& b) {
    constexpr double kSameSpot = 0.5;  // kilometres: phones place a check-in roughly
    if (a.at && b.at && distance_km(*a.at, *b.at) > kSameSpot) return false;
    const auto name = [](const Encounter& one) {
        return fold(trim(std::string_view(one.place).substr(0, one.place.find_first_of(",\n"))));
    };
    const std::string known = name(a);
    return !known.empty() && known == name(b);
}

// The owner is in one place at a time. Records of different sources that overlap are one time when they share
// a person, or a place: whom one names by address and the other by a bare name may not be known for the same.
bool are_same_time(const Encounter& a, const Encounter& b) {
    if (!(a.start < end_of(b) && b.start < end_of(a)) && a.start != b.start) return false;
    const bool person = share_a_person(a, b);
    if (person && a.start == b.start && end_of(a) == end_of(b)) return true;
    const bool other_source = std::none_of(a.sources.begin(), a.sources.end(),
                                           [&](const std::string& s) { return holds(b.sources, s); });
    if (person && other_source) return true;
    const bool moments = !a.end && !b.end;  // two check-ins, a post and a check-in
    return (other_source || moments) && share_a_place(a, b);
}

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

template <class T>
void unite(std::vector<T>& into, const std::vector<T>& more) {
    into.insert(into.end(), more.begin(), more.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

/// `into` keeps its id; what the better-evidenced one says wins, what only the other says is kept.
void absorb(Encounter& into, Encounter from) {
    if (from.evidence > into.evidence) std::swap(into, from);
    unite(into.people, from.people);
    unite(into.sources, from.sources);
    unite(into.parts, from.parts);
    if (into.place.empty()) into.place = std::move(from.place);
    if (!into.at) into.at = from.at;
    if (!into.end) into.end = from.end;
    if (into.title.empty()) into.title = std::move(from.title);
    if (into.ideas.empty()) into.ideas = std::move(from.ideas);
    if (into.next_step.empty()) into.next_step = std::move(from.next_step);
}

}  // namespace

std::string_view to_string(EncounterKind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<EncounterKind> parse_encounter_kind(std::string_view name) {
    return find_name<EncounterKind>(kKinds, name);
}

std::string_view to_string(Evidence evidence) {
    return kEvidence[static_cast<std::size_t>(evidence)];
}

std::optional<Evidence> parse_evidence(std::string_view name) {
    return find_name<Evidence>(kEvidence, name);
}

std::vector<IdentityId> met_at(const Gathering& gathering, std::span<const IdentityId> owner) {
    if (gathering.cancelled || gathering.all_day || gathering.owner == Response::declined ||
        !is_in_the_flesh(gathering))
        return {};
    std::vector<IdentityId> there;
    for (const Attendee& attendee : gathering.attendees) {
        const bool declined = attendee.response == Response::declined;
        if (std::find(owner.begin(), owner.end(), attendee.who) == owner.end()) {
            if (!declined) there.push_back(attendee.who);
        } else if (declined) {
            return {};
        }
    }
    unite(there, {});
    return there;
}

std::vector<std::size_t> newest_words(std::span<const Word> words) {
    struct FileWords {
        std::int64_t revision = 0;
        std::vector<std::size_t> at;
    };
    std::map<std::string_view, std::map<std::int64_t, FileWords>> series;
    for (std::size_t i = 0; i < words.size(); ++i) {
        FileWords& of = series[words[i].series][words[i].file];
        of.revision = std::max(of.revision, words[i].revision);
        of.at.push_back(i);
    }
    std::vector<std::size_t> counting;
    for (const auto& [name, files] : series) {
        std::vector<std::pair<std::int64_t, std::int64_t>> newest_first;  // revision, file
        for (const auto& [file, of] : files) newest_first.emplace_back(of.revision, file);
        std::sort(newest_first.rbegin(), newest_first.rend());
        std::set<std::string_view> taken;
        for (const auto& [revision, file] : newest_first) {
            const FileWords& of = files.at(file);
            for (const std::size_t i : of.at)
                if (taken.insert(words[i].key).second) counting.push_back(i);
            if (of.at.size() > 1) break;
        }
    }
    std::sort(counting.begin(), counting.end());
    return counting;
}

bool is_online_place(std::string_view place) {
    const std::string text = without_links(place);
    bool online = false;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find_first_of(",;/|\n()", from), text.size());
        const Segment segment = look_at(std::string_view(text).substr(from, to - from));
        if (segment == Segment::place) return false;  // somebody was in that room, whoever else called in
        online = online || segment == Segment::online;
        from = to + 1;
    }
    return online;
}

bool is_resource_address(std::string_view address) {
    const std::string lower = ascii_lower(address);
    const std::size_t at = lower.rfind('@');
    if (at == std::string::npos) return false;
    const std::string_view local = std::string_view(lower).substr(0, at);
    const std::string_view domain = std::string_view(lower).substr(at + 1);
    if (domain.starts_with("resource.calendar.") || domain.starts_with("group.calendar.") ||
        domain == "calendar.google.com")
        return true;
    constexpr auto robots =
        std::to_array<std::string_view>({"noreply", "no-reply", "do-not-reply", "donotreply", "mailer-daemon",
                                         "calendar-notification", "unknownorganizer"});
    return holds(robots, local);
}

EncounterKind guess_kind(const Gathering& gathering, const Zone& zone) {
    const std::vector<std::string> words = folded_words(gathering.title);
    if (is_dated_event(words, gathering)) return EncounterKind::conference;
    for (const std::string& word : words)
        for (const KindWord& known : kKindWords)
            if (word == known.word) return known.kind;
    return kind_by_hour(gathering, zone);
}

std::vector<Encounter> join_encounters(std::vector<Encounter> encounters) {
    const auto by_start = [](const Encounter& a, const Encounter& b) {
        return std::pair(a.start, a.id) < std::pair(b.start, b.id);
    };
    std::sort(encounters.begin(), encounters.end(), by_start);
    for (Encounter& encounter : encounters)
        if (encounter.parts.empty()) encounter.parts = {encounter.id};
    std::vector<std::size_t> parent(encounters.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    std::vector<std::size_t> open;  // what has not ended before the one looked at
    for (std::size_t i = 0; i < encounters.size(); ++i) {
        std::erase_if(open, [&](std::size_t j) {
            return end_of(encounters[j]) <= encounters[i].start && encounters[j].start != encounters[i].start;
        });
        for (const std::size_t j : open)
            if (are_same_time(encounters[j], encounters[i])) parent[root_of(parent, i)] = root_of(parent, j);
        open.push_back(i);
    }
    std::vector<Encounter> joined;
    std::vector<std::size_t> at(encounters.size(), SIZE_MAX);
    for (std::size_t i = 0; i < encounters.size(); ++i) {
        std::size_t& slot = at[root_of(parent, i)];
        if (slot == SIZE_MAX) {
            slot = joined.size();
            joined.push_back(std::move(encounters[i]));
        } else {
            absorb(joined[slot], std::move(encounters[i]));
        }
    }
    std::sort(joined.begin(), joined.end(), by_start);
    return joined;
}

}  // namespace vv::core
