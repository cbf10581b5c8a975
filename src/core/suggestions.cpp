#include "core/suggestions.h"

#include "base/text.h"
#include "core/names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

// The constants of the model; docs/suggestions.md says where each comes from and what it means.
constexpr double kColdChance = -2.2;  // ln 0.11: what a request without any tie comes to
constexpr double kAnswers = 0.35;     // per ln(1 + contacts of the last year)
constexpr double kAnswersMost = 1.6;
constexpr double kBothWays = 0.6;
constexpr double kSilence = -0.25;  // per ln(1 + silence in usual gaps)
constexpr Days kGapOfMost{30.44};   // without a rhythm of their own
constexpr double kDormantGaps = 3;
constexpr double kMetBefore = 0.4;  // per ln(1 + encounters)
constexpr double kMetBeforeMost = 1.2;
constexpr double kStayedAway = -0.7;  // half as likely as it was
constexpr double kMutualTies = 0.3;   // per ln(1 + those who know both)
constexpr double kMutualTiesMost = 0.9;
constexpr double kNeverMet = 0.9;
constexpr double kYearsKnown = 0.15;  // per ln(1 + years known without meeting)
constexpr double kDueMost = 0.8;
constexpr double kSeenLately = -2.0;  // seen today; rises to nothing at the usual gap
constexpr double kUnknownPlace = -0.7;
constexpr double kTravel = -1;        // per ln(1 + km / 5)
constexpr double kUsualGapDays = 90;  // when there is no rhythm to learn from
constexpr double kRelationMost = 0.25;
constexpr double kVariety = -0.3;  // per person of the same organisation before
constexpr std::size_t kVarietyMost = 3;
constexpr double kDaysOfYear = 365.25;
// Until then bounds hold: how long somebody has been known grows by itself.
constexpr Instant kCentury{std::chrono::milliseconds(4'922'899'200'000)};  // the year 2126

double days_between(Instant from, Instant to) {
    return std::max(0.0, std::chrono::duration<double, std::ratio<86'400>>(to - from).count());
}

double relation_worth(Relation relation) {
    switch (relation) {
        case Relation::friend_:
        case Relation::relative:
            return kRelationMost;
        case Relation::customer:
            return 0.2;
        case Relation::colleague:
            return 0.1;
        case Relation::competitor:
            return 0.05;
        case Relation::acquaintance:
        case Relation::stranger:
            return 0;
    }
    return 0;
}

// The owner's usual gap between meetings with this person, shrunk towards the prior while meetings are few.
double usual_gap_days(const Candidate& c) {
    if (c.encounters < 2 || !c.first_met || !c.last_met) return kUsualGapDays;
    const double n = c.encounters - 1;
    return std::max(7.0, (days_between(*c.first_met, *c.last_met) + kUsualGapDays) / (n + 1));
}

std::string month_year(Instant t, const Zone& zone) {
    constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
    const Date d = zone.date_of(t);
    return std::string(kMonths[static_cast<unsigned>(d.month()) - 1]) + " " +
           std::to_string(static_cast<int>(d.year()));
}

std::string about_km(double km) {
    if (km < 1) return "less than 1 km";
    return std::to_string(std::lround(km < 20 ? km : std::round(km / 10) * 10)) + " km";
}

double answers_weight(const Candidate& c) {
    return std::min(kAnswersMost, kAnswers * std::log1p(c.contacts_year));
}

double silence_weight(const Candidate& c, Instant now) {
    if (!c.last_contact) return 0;
    return kSilence *
           std::log1p(days_between(*c.last_contact, now) / c.usual_gap.value_or(kGapOfMost).count());
}

double met_before_weight(const Candidate& c) {
    return std::min(kMetBeforeMost, kMetBefore * std::log1p(c.encounters));
}

double years_known_weight(const Candidate& c, Instant now) {
    return c.known_since ? kYearsKnown * std::log1p(days_between(*c.known_since, now) / kDaysOfYear) : 0;
}

// From kSeenLately just after a meeting, through 0 at the usual gap, to kDueMost long after it.
double due_weight(const Candidate& c, Instant now) {
    const double ratio = days_between(*c.last_met, now) / usual_gap_days(c);
    return ratio < 1 ? kSeenLately * (1 - ratio) : kDueMost * std::tanh(std::log(ratio));
}

// Silence takes more with time than having been known for longer adds, once the silence has begun: the
// derivative of one is at most 0.25 / (gap + silence), that of the other 0.15 / (a year + time known).
double first_meeting_bound(const Candidate& c, Instant now) {
    const bool fades = c.last_contact && (!c.known_since || *c.known_since <= *c.last_contact) &&
                       c.usual_gap.value_or(kGapOfMost).count() <= kDaysOfYear;
    const Instant at = fades ? std::max(now, *c.last_contact) : kCentury;
    return kNeverMet + years_known_weight(c, at) + silence_weight(c, fades ? at : now);
}

void add(std::vector<Reason>& reasons, const char* kind, double weight, std::string text) {
    if (weight != 0) reasons.push_back({kind, std::move(text), weight});
}

std::string who_know_them(const std::vector<std::string>& names) {
    if (names.size() == 1) return names[0] + " knows them too";
    if (names.size() == 2) return names[0] + " and " + names[1] + " know them too";
    const std::size_t others = names.size() - 2;
    return names[0] + ", " + names[1] + " and " + std::to_string(others) +
           (others == 1 ? " other" : " others") + " of your people know them too";
}

// How many know both, and nothing of these: weighing each by how few people it knows, as link prediction does
// (Adamic and Adar), would tell the owner how many that is.
double mutual_ties_weight(const Candidate& c) {
    return std::min(kMutualTiesMost, kMutualTies * std::log1p(static_cast<double>(c.known_by.size())));
}

void add_chance(std::vector<Reason>& reasons, const Candidate& c, const Occasion& o) {
    if (c.contacts_year > 0)
        add(reasons, "answers", answers_weight(c),
            c.contacts_year == 1 ? "In touch once in the past year"
                                 : "In touch " + std::to_string(c.contacts_year) + " times in the past year");
    if (c.contacts_in > 0 && c.contacts_out > 0)
        add(reasons, "both_ways", kBothWays, "You write to each other");
    if (c.last_contact)
        add(reasons, "silence", silence_weight(c, o.now),
            "Last in touch " + month_year(*c.last_contact, o.zone) +
                (c.usual_gap ? "; usually about every " + about_days(c.usual_gap->count()) : std::string()));
    if (c.encounters > 0)
        add(reasons, "met_before", met_before_weight(c),
            c.encounters == 1 ? "You have met once"
                              : "You have met " + std::to_string(c.encounters) + " times");
    if (!c.known_by.empty()) add(reasons, "mutual_ties", mutual_ties_weight(c), who_know_them(c.known_by));
    if (c.stayed_away)
        add(reasons, "stayed_away", kStayedAway, "Did not come to what was agreed in the past half-year");
}

void add_worth(std::vector<Reason>& reasons, const Candidate& c, const Occasion& o) {
    if (c.encounters == 0) {
        const std::string since = c.known_since
                                      ? "Known since " + month_year(*c.known_since, o.zone) + ", never met"
                                      : std::string("No meeting face to face is known of");
        add(reasons, "never_met", kNeverMet + years_known_weight(c, o.now), since);
    } else if (c.last_met) {
        const double weight = due_weight(c, o.now);
        const std::string ago = about_days(days_between(*c.last_met, o.now));
        if (weight < 0)
            add(reasons, "seen_lately", weight, "Seen " + ago + " ago");
        else
            add(reasons, "due", weight,
                "Not seen for " + ago +
                    (c.encounters > 2 ? "; you used to meet about every " + about_days(usual_gap_days(c))
                                      : std::string()));
    }
    if (const double weight = relation_worth(c.relation); weight > 0)
        add(reasons, "relation", weight,
            c.relation == Relation::friend_ ? "A friend" : "A " + std::string(to_string(c.relation)));
}

std::optional<double> add_travel(std::vector<Reason>& reasons, const Candidate& c, const Occasion& o) {
    if (!o.near) return std::nullopt;
    if (!c.at) {
        add(reasons, "place_unknown", way_weight(std::nullopt), "Where they live is not known");
        return std::nullopt;
    }
    const double km = distance_km(*c.at, *o.near);
    const std::string where = c.city.empty() ? "" : "In " + c.city + ", ";
    add(reasons, "distance", way_weight(km), where + about_km(km) + " from " + o.near_name);
    return km;
}

MeetingIdea idea_for(const Candidate& c) {
    if (c.encounters == 0) return MeetingIdea::coffee;  // a first meeting: a public place by day
    switch (c.relation) {
        case Relation::relative:
            return MeetingIdea::dinner;
        case Relation::friend_:
            return MeetingIdea::walk;
        case Relation::colleague:
        case Relation::customer:
            return MeetingIdea::lunch;
        default:
            return MeetingIdea::coffee;
    }
}

bool is_better(const Suggestion& a, const Suggestion& b) {
    return a.score != b.score ? a.score > b.score : a.person < b.person;
}

struct Hour {
    minutes start;
    bool weekdays;
    bool weekends;
};

Hour hour_for(MeetingIdea idea) {
    switch (idea) {
        case MeetingIdea::coffee:
            return {hours(15), true, false};
        case MeetingIdea::lunch:
            return {hours(12) + minutes(30), true, false};
        case MeetingIdea::walk:
            return {hours(11), false, true};
        case MeetingIdea::dinner:
            return {hours(19), true, true};
    }
    return {hours(15), true, false};
}

std::string spoken_time(Span when, const Zone& zone) {
    constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
    const WallTime local = zone.to_local(when.start);
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::hh_mm_ss clock(local - day);
    const Date date(day);
    std::array<char, 16> hour{};
    std::snprintf(hour.data(), hour.size(), "%d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()));
    const std::string month = month_year(when.start, zone);
    return std::string(kDays[std::chrono::weekday(day).c_encoding()]) + " " +
           std::to_string(static_cast<unsigned>(date.day())) + " " + month.substr(0, month.find(' ')) +
           " at " + hour.data();
}

}  // namespace

std::string about_days(double d) {
    const auto count = [](double n, const char* unit) {
        const long whole = std::max(1L, std::lround(n));
        return std::to_string(whole) + " " + unit + (whole == 1 ? "" : "s");
    };
    if (d < 14) return count(d, "day");
    if (d < 60) return count(d / 7, "week");
    if (d < 700) return count(d / 30.44, "month");
    return count(d / 365.25, "year");
}

std::string_view to_string(MeetingIdea idea) {
    constexpr std::array<std::string_view, 4> kNames{"coffee", "lunch", "walk", "dinner"};
    return kNames[static_cast<std::size_t>(idea)];
}

constexpr std::array<std::string_view, 3> kShelves{"first", "dormant", "strong"};

std::string_view to_string(Shelf shelf) {
    return kShelves[static_cast<std::size_t>(shelf)];
}

std::optional<Shelf> parse_shelf(std::string_view name) {
    const auto at = std::ranges::find(kShelves, name);
    if (at == kShelves.end()) return std::nullopt;
    return static_cast<Shelf>(at - kShelves.begin());
}

Shelf shelf_of(const Candidate& c, Instant now) {
    if (c.encounters == 0) return Shelf::first;
    const double silent = std::min(c.last_contact ? days_between(*c.last_contact, now) : 1e9,
                                   c.last_met ? days_between(*c.last_met, now) : 1e9);
    return silent > kDormantGaps * c.usual_gap.value_or(kGapOfMost).count() ? Shelf::dormant : Shelf::strong;
}

Suggestion suggest(const Candidate& candidate, const Occasion& occasion) {
    Suggestion made;
    made.person = candidate.person;
    made.shelf = shelf_of(candidate, occasion.now);
    made.idea = idea_for(candidate);
    add_chance(made.reasons, candidate, occasion);
    add_worth(made.reasons, candidate, occasion);
    made.distance_km = add_travel(made.reasons, candidate, occasion);
    std::ranges::stable_sort(made.reasons, std::ranges::greater{}, &Reason::weight);
    double sum = kColdChance;
    for (const Reason& reason : made.reasons) sum += reason.weight;
    made.score = std::exp(sum);
    return made;
}

Footing footing_of(const Candidate& c) {
    if (c.encounters > 0) return Footing::met;
    const bool is_silent =
        !c.last_contact && c.contacts_year == 0 && (c.contacts_in == 0 || c.contacts_out == 0);
    return is_silent ? Footing::silent : Footing::written;
}

double utility_bound(const Candidate& c, Instant now) {
    double sum = kColdChance + answers_weight(c) + met_before_weight(c) + kRelationMost;
    if (c.contacts_in > 0 && c.contacts_out > 0) sum += kBothWays;
    // A meeting may become due at any time.
    sum += c.encounters == 0 ? first_meeting_bound(c, now) : silence_weight(c, now) + kDueMost;
    return sum;
}

double bound_now(double utility_bound, Footing footing, Relation relation, Instant now) {
    const double bound = utility_bound - kRelationMost + relation_worth(relation);
    if (footing != Footing::silent) return bound;
    // Theirs is made of the years alone, so it tells them.
    const double most = utility_bound - kColdChance - kRelationMost - kNeverMet;
    const double years = std::expm1(most / kYearsKnown) - days_between(now, kCentury) / kDaysOfYear;
    return bound - most + kYearsKnown * std::log1p(std::max(0.0, years));
}

double way_weight(std::optional<double> least_km) {
    return least_km ? kTravel * std::log1p(*least_km / 5) : kUnknownPlace;
}

std::vector<Suggestion> rank(std::span<const Candidate> candidates, const Occasion& occasion,
                             std::size_t limit) {
    std::vector<Suggestion> all;
    all.reserve(candidates.size());
    for (const Candidate& candidate : candidates) all.push_back(suggest(candidate, occasion));
    const auto kept = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), kept, all.end(), is_better);
    all.erase(kept, all.end());
    return all;
}

namespace {

// People of one organisation, best first, and how many of them were taken. Those of none know no others.
struct Colleagues {
    std::string organisation;
    std::vector<std::size_t> places;  // among the best
    std::size_t taken = 0;

    [[nodiscard]] double weight() const {
        return organisation.empty() ? 0 : kVariety * static_cast<double>(std::min(taken, kVarietyMost));
    }
};

std::vector<Colleagues> by_organisation(std::span<const Suggestion> best,
                                        std::span<const Candidate> candidates) {
    std::unordered_map<std::int64_t, std::string_view> organisations;  // of each person
    for (const Candidate& c : candidates) organisations[c.person.value] = trim(c.organisation);
    std::unordered_map<std::string, std::size_t> known;
    std::vector<Colleagues> all;
    for (std::size_t i = 0; i < best.size(); ++i) {
        const auto name = organisations[best[i].person.value];
        const auto [at, is_new] = known.try_emplace(ascii_lower(name), all.size());
        if (is_new) all.push_back({std::string(name), {}, 0});
        all[at->second].places.push_back(i);
    }
    return all;
}

void stand_back(Suggestion& one, const Colleagues& colleagues) {
    const double weight = colleagues.weight();
    if (weight == 0) return;
    const std::size_t others = colleagues.taken;
    const std::string who = others == 1 ? "Somebody else at " : std::to_string(others) + " others at ";
    const Reason reason{
        "variety", who + colleagues.organisation + (others == 1 ? " comes before" : " come before"), weight};
    one.reasons.insert(std::ranges::upper_bound(one.reasons, weight, std::ranges::greater{}, &Reason::weight),
                       reason);
    one.score *= std::exp(weight);
}

}  // namespace

std::vector<Suggestion> vary(std::vector<Suggestion> best, std::span<const Candidate> candidates,
                             std::size_t limit) {
    auto groups = by_organisation(best, candidates);
    // By what the first of each group is worth there; of equals the better before.
    using Next = std::tuple<double, std::ptrdiff_t, std::size_t>;
    std::priority_queue<Next> next;
    const auto add = [&](std::size_t group) {
        const Colleagues& of = groups[group];
        if (of.taken == of.places.size()) return;
        const std::size_t place = of.places[of.taken];
        next.emplace(best[place].score * std::exp(of.weight()), -static_cast<std::ptrdiff_t>(place), group);
    };
    for (std::size_t group = 0; group < groups.size(); ++group) add(group);
    std::vector<Suggestion> varied;
    while (varied.size() < limit && !next.empty()) {
        const std::size_t group = std::get<2>(next.top());
        next.pop();
        Suggestion& one = best[groups[group].places[groups[group].taken]];
        stand_back(one, groups[group]);
        varied.push_back(std::move(one));
        ++groups[group].taken;
        add(group);
    }
    return varied;
}

Shown shown_again(const Shown& before, const Candidate& candidate, Instant now, const Zone& zone) {
    const Instant acted = std::max(candidate.last_contact.value_or(Instant::min()),
                                   candidate.last_met.value_or(Instant::min()));
    if (before.times == 0 || acted > before.at) return {1, now};
    if (zone.date_of(before.at) == zone.date_of(now)) return before;
    return {before.times + 1, now};
}

std::optional<Span> free_hour(MeetingIdea idea, Date from, Date to, std::span<const Span> busy,
                              const Zone& zone, Instant now) {
    const Hour wanted = hour_for(idea);
    const auto tomorrow = std::chrono::local_days(zone.date_of(now)) + days(1);
    const auto end = std::chrono::local_days(to);
    for (auto day = std::max(tomorrow, std::chrono::local_days(from)); day < end; day += days(1)) {
        const unsigned weekday = std::chrono::weekday(day).iso_encoding();
        if (!(weekday <= 5 ? wanted.weekdays : wanted.weekends)) continue;
        const Instant start = zone.to_utc(WallTime(day) + wanted.start);
        const Span slot{start, start + hours(1)};
        const auto clashes = [&slot](const Span& b) {
            return b.start < slot.end + minutes(30) && slot.start - minutes(30) < b.end;
        };
        if (std::ranges::none_of(busy, clashes)) return slot;
    }
    return std::nullopt;
}

std::string first_message(const Candidate& c, MeetingIdea idea, std::optional<Span> when, const Occasion& o) {
    std::string text = "Hello " + called(c.name) + ", ";
    if (c.encounters == 0)  // who was only written down may well have been met
        text += c.known_since ? "we have known each other online since " +
                                    month_year(*c.known_since, o.zone) + " and have never met. "
                              : "I would like to see you face to face. ";
    else
        text += "it has been " + about_days(c.last_met ? days_between(*c.last_met, o.now) : 0) +
                " since we met. ";
    text += idea == MeetingIdea::coffee  ? "Shall we have a coffee"
            : idea == MeetingIdea::lunch ? "Shall we have lunch"
            : idea == MeetingIdea::walk  ? "Shall we go for a walk"
                                         : "Shall we have dinner";
    if (when) text += ", perhaps on " + spoken_time(*when, o.zone);
    return text + "?";
}

}  // namespace vv::core
