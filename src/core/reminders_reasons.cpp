#include "core/reminders_reasons.h"

#include "base/text.h"
#include "core/free_time.h"
#include "core/suggestions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;

// What reasons weigh against each other; docs/reminders.md says why in this order.
constexpr double kPrepareWeight = 1.0;
constexpr double kFollowUpWeight = 0.8;
constexpr double kConfirmWeight = 0.7;
constexpr double kWishedWeight = 0.6;    // a cadence that the owner set
constexpr double kBirthdayWeight = 0.3;  // and as much again for whom one trusts
constexpr double kColdWeight = 0.3;      // likewise
constexpr double kPaceWeight = 0.35;
constexpr double kTripWeight = 0.5;  // and more for whom one trusts: it does not come again soon
constexpr double kTrusted = 0.3;

constexpr days kFollowUpAfter{3};
constexpr days kConfirmAfter{1};
constexpr days kConfirmFor{14};
constexpr days kColdFor{30};
constexpr int kBirthdayWithin = 7;  // days
constexpr double kBehind = 2;       // people
constexpr double kNearHome = 30;    // km
constexpr hours kLeastTogether{1};
constexpr std::size_t kLongestQuote = 160;  // bytes

std::string number(int n) {
    return std::to_string(n);
}

/// "Thursday 3 December", with the year when it isn't this one's.
std::string say_day(Date day, Date today) {
    constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
    constexpr std::array<const char*, 12> kMonths{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
    const std::chrono::weekday weekday{local_days(day)};
    std::string said = kDays[weekday.c_encoding()];
    said += " " + number(static_cast<int>(static_cast<unsigned>(day.day()))) + " " +
            kMonths[static_cast<unsigned>(day.month()) - 1];
    if (day.year() != today.year()) said += " " + number(static_cast<int>(day.year()));
    return said;
}

std::string say_day(Instant at, Instant now, const Zone& zone) {
    return say_day(zone.date_of(at), zone.date_of(now));
}

std::string say_clock(Instant at, const Zone& zone) {
    const WallTime wall = zone.to_local(at);
    const auto minute = std::chrono::floor<std::chrono::minutes>(wall - std::chrono::floor<days>(wall));
    const auto two = [](auto n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute.count() / 60) + ":" + two(minute.count() % 60);
}

/// Of somebody's notes, as one line that is not too long for a card.
std::string quoted(const std::string& text) {
    std::string line(trim(text));
    std::ranges::replace(line, '\n', ' ');
    if (line.size() > kLongestQuote) line = std::string(truncate_utf8(line, kLongestQuote)) + "…";
    return "“" + line + "”";
}

std::string key(std::string_view of, std::int64_t id, Instant at) {
    return std::string(of) + "/" + std::to_string(id) + "/" + std::to_string(millis(at));
}

double by_trust(double weight, const Known& who) {
    return weight + kTrusted * std::clamp(who.trust, 0.0, 1.0);
}

void set_meeting(Reminder& reminder, const Coming& coming, const Known& who) {
    if (who.id != PersonId{}) reminder.person = who.id;
    reminder.meeting = coming.meeting;
    reminder.encounter = coming.meeting ? std::nullopt : coming.encounter;
    reminder.at = coming.when.start;
    reminder.about = coming.meeting ? key("meeting", coming.meeting->value, coming.when.start)
                                    : key("encounter", coming.encounter->value, coming.when.start);
}

void add_last_time(std::vector<std::string>& why, const Known& who, Instant now, const Zone& zone) {
    if (who.last_met)
        why.push_back("You last met on " + say_day(*who.last_met, now, zone) + ".");
    else if (who.last_contact)
        why.push_back("You have never met; you were last in touch on " +
                      say_day(*who.last_contact, now, zone) + ".");
    else
        why.emplace_back("You have never met.");
}

/// On which day of this year or the next somebody's birthday is, from `today` on, if within the week.
std::optional<Date> next_birthday(const Birthday& birthday, Date today) {
    for (int ahead = 0; ahead <= kBirthdayWithin; ++ahead) {
        const Date day(local_days(today) + days(ahead));
        const bool is_leap_day = birthday.month == 2 && birthday.day == 29 && !day.year().is_leap();
        const std::chrono::month_day celebrated{std::chrono::month(birthday.month),
                                                std::chrono::day(is_leap_day ? 28 : birthday.day)};
        if (std::chrono::month_day(day.month(), day.day()) == celebrated) return day;
    }
    return std::nullopt;
}

/// When and why the two are in one place.
struct Together {
    Span when;
    std::optional<TripId> own;
    std::string why;
};

std::string say_days(const Span& when, Instant now, const Zone& zone) {
    const std::string first = say_day(when.start, now, zone);
    const std::string last = say_day(when.end - std::chrono::milliseconds(1), now, zone);
    return first == last ? "on " + first : "from " + first + " to " + last;
}

std::optional<Span> common(const Span& a, const Span& b) {
    const Span both{std::max(a.start, b.start), std::min(a.end, b.end)};
    return both.end - both.start >= kLeastTogether ? std::optional(both) : std::nullopt;
}

// On a trip of one's own: the first of them.
std::optional<Together> together_away(const TieTrip& theirs, const Whereabouts& own, Instant now,
                                      const Zone& zone) {
    std::optional<Together> found;
    for (const auto& [trip, frame] : own.trips) {
        const auto both = common(theirs.when, frame.when);
        if (!both || both->end <= now || distance_km(theirs.at, frame.at) > frame.within_km) continue;
        if (!found || both->start < found->when.start)
            found = {*both, trip, "You will be there too, " + say_days(frame.when, now, zone) + "."};
    }
    return found;
}

// At home, but for one's own trips.
std::optional<Together> together_at_home(const TieTrip& theirs, const Whereabouts& own, Instant now) {
    if (!own.home || distance_km(theirs.at, *own.home) > kNearHome) return std::nullopt;
    std::vector<Span> away;
    for (const auto& [trip, frame] : own.trips) away.push_back(frame.when);
    for (const Span& span : free_of({theirs.when}, std::move(away)))
        if (span.end > now && span.end - span.start >= kLeastTogether)
            return Together{
                span, std::nullopt,
                own.home_name.empty() ? "That is near your home." : "You live in " + own.home_name + "."};
    return std::nullopt;
}

void replace_all(std::string& text, const std::string& what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

Instant wished_since(const Known& who) {
    Instant since = who.touched().value_or(who.created_at);
    if (who.cadence->from) since = std::max(since, *who.cadence->from);
    return since;
}

}  // namespace

std::optional<Instant> Known::touched() const {
    return std::max(last_contact, last_met);  // nothing is less than anything
}

std::string as_of(std::string text, Instant now, const Zone& zone) {
    const local_days today{zone.date_of(now)};
    const std::array<std::pair<Date, std::string_view>, 2> near{
        {{Date(today), "today"}, {Date(today + days(1)), "tomorrow"}}};
    for (const auto& [day, word] : near)
        for (const Date& told : {day + std::chrono::years(1), day})  // the year first, where it was told
            replace_all(text, "on " + say_day(day, told), word);
    return text;
}

std::optional<Reminder> prepare(const Coming& coming, const Known& who, const Notes& notes, Instant now,
                                const Zone& zone) {
    if (coming.when.start <= now || coming.when.start - now > kPrepareWithin) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::prepare;
    set_meeting(made, coming, who);
    made.due = coming.when.start - kPrepareWithin;
    made.until = coming.when.start;
    const std::string others =
        coming.others == 0 ? ""
                           : " and " + number(coming.others) + (coming.others == 1 ? " other" : " others");
    made.text = "You meet " + who.name + others + " on " + say_day(coming.when.start, now, zone) + " at " +
                say_clock(coming.when.start, zone) + ".";
    made.why.push_back(coming.what + (coming.place.empty() ? "" : ", " + coming.place) + ".");
    add_last_time(made.why, who, now, zone);
    if (!notes.ideas.empty()) made.why.push_back("You traded: " + quoted(notes.ideas));
    const std::string& promised = notes.next_step.empty() ? who.next_step : notes.next_step;
    if (!promised.empty()) made.why.push_back("Promised next: " + quoted(promised));
    made.weight = kPrepareWeight;
    return made;
}

std::optional<Reminder> confirm(const Coming& past, const Known& who, Instant now, const Zone& zone) {
    if (now < past.when.end + kConfirmAfter || now >= past.when.end + kConfirmFor) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::confirm;
    set_meeting(made, past, who);
    made.due = past.when.end + kConfirmAfter;
    made.until = past.when.end + kConfirmFor;
    made.text = "Did you meet " + who.name + "?";
    made.why.push_back(past.what + " was agreed for " + say_day(past.when.start, now, zone) +
                       ". Either answer is fine.");
    made.weight = kConfirmWeight;
    return made;
}

std::optional<Reminder> follow_up(const Promise& promise, const Known& who, Instant now, const Zone& zone) {
    const bool is_time = now >= promise.over + kFollowUpAfter && now < promise.over + kPromisesKept;
    const bool is_answered = (who.last_contact && *who.last_contact > promise.over) ||
                             (who.last_met && *who.last_met > promise.start) || who.is_being_asked;
    if (!is_time || is_answered || trim(promise.next_step).empty()) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::follow_up;
    made.about = "encounter/" + to_string(promise.encounter);
    made.person = who.id;
    made.encounter = promise.encounter;
    made.touched = promise.over;
    made.due = promise.over + kFollowUpAfter;
    made.until = promise.over + kPromisesKept;
    made.text = "A next step with " + who.name + ": " + quoted(promise.next_step);
    made.why.push_back("You noted it when you met on " + say_day(promise.start, now, zone) +
                       ", and nothing is known since.");
    made.weight = kFollowUpWeight;
    return made;
}

std::optional<Reminder> birthday_soon(const Known& who, Instant now, const Zone& zone) {
    if (!who.birthday) return std::nullopt;
    const Date today = zone.date_of(now);
    const auto day = next_birthday(*who.birthday, today);
    if (!day) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::birthday;
    made.about = to_string(who.id) + "/" + number(static_cast<int>(day->year()));
    made.person = who.id;
    made.due = zone.start_of(Date(local_days(*day) - days(kBirthdayWithin)));
    made.until = zone.start_of(Date(local_days(*day) + days(1)));
    made.text = who.name + " has a birthday on " + say_day(*day, today) + ".";
    const int age = static_cast<int>(day->year()) - who.birthday->year;
    if (who.birthday->year > 0 && age > 0 && age < 120)
        made.why.push_back("It is number " + number(age) + ".");
    add_last_time(made.why, who, now, zone);
    made.weight = by_trust(kBirthdayWeight, who);
    return made;
}

std::vector<int> birthdays_from(Date today) {
    std::vector<int> found;
    for (int ahead = 0; ahead <= kBirthdayWithin; ++ahead) {
        const Date day(local_days(today) + days(ahead));
        const int written =
            static_cast<int>(static_cast<unsigned>(day.month()) * 100 + static_cast<unsigned>(day.day()));
        found.push_back(written);
        if (written == 228 && !day.year().is_leap()) found.push_back(229);
    }
    return found;
}

std::optional<Reminder> cold(const Known& who, Instant now, const Zone& zone) {
    const bool is_wished = who.cadence.has_value();
    if (who.is_being_asked || (!is_wished && (!who.usual_gap || !who.touched()))) return std::nullopt;
    const Days gap = is_wished ? Days(who.cadence->days) : *who.usual_gap;
    const Instant since = is_wished ? wished_since(who) : *who.touched();
    const Days silent = now - since;
    if (silent < (is_wished ? gap : gap * kColdGaps)) return std::nullopt;
    if (!is_wished && silent >= gap * kLostGaps) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::cold;
    made.about = key("person", who.id.value, since);
    made.person = who.id;
    made.touched = who.touched().value_or(Instant());
    made.due = now;
    made.until = now + kColdFor;
    made.text = is_wished ? "Time to be in touch with " + who.name + " again."
                          : "It has become quiet between you and " + who.name + ".";
    std::string why = who.touched() ? "You were last in touch on " + say_day(*who.touched(), now, zone)
                                    : "Nothing is known of when you were last in touch";
    why += is_wished ? "; you wanted it about every " : "; usually it is about every ";
    made.why.push_back(why + about_days(gap.count()) + ".");
    made.weight = by_trust(is_wished ? kWishedWeight : kColdWeight, who);
    return made;
}

std::optional<Reminder> trip_overlap(const TieTrip& theirs, const Known& who, const Whereabouts& own,
                                     Instant now, const Zone& zone) {
    if (who.is_being_asked) return std::nullopt;
    auto together = together_away(theirs, own, now, zone);
    if (!together) together = together_at_home(theirs, own, now);
    if (!together || together->when.start - now > kTripAhead) return std::nullopt;
    Reminder made;
    made.kind = ReminderKind::trip;
    made.about = key(to_string(theirs.account), theirs.trip.value, theirs.when.start) + "/" +
                 std::to_string(millis(theirs.when.end));
    made.person = who.id;
    made.at = theirs.when.start;
    made.trip = TripBehind{theirs.account, theirs.trip, theirs.when, together->own};
    made.due = together->when.start - kTripAhead;
    made.until = together->when.end;
    const std::string where = theirs.place.empty() ? "near you" : "in " + theirs.place;
    const std::string last = say_day(theirs.when.end - std::chrono::milliseconds(1), now, zone);
    made.text = theirs.when.start <= now
                    ? who.name + " is " + where + " until " + last + "."
                    : who.name + " will be " + where + " " + say_days(theirs.when, now, zone) + ".";
    made.why.push_back(std::move(together->why));
    add_last_time(made.why, who, now, zone);
    made.weight = by_trust(kTripWeight, who);
    return made;
}

std::optional<Reminder> behind_pace(const GoalPace& pace, Instant now, const Zone& zone) {
    if (pace.goal <= 0 || pace.expected_by_now - pace.met < kBehind) return std::nullopt;
    const Date today = zone.date_of(now);
    const auto month = today.year() / today.month();
    Reminder made;
    made.kind = ReminderKind::pace;
    made.about = format_date(month / 1).substr(0, 7);
    made.due = zone.start_of(month / 1);
    made.until = zone.start_of((month + std::chrono::months(1)) / 1);
    made.text = pace.met == 0 ? "This year’s first meeting is still to come."
                              : "You have met " + number(pace.met) + (pace.met == 1 ? " person" : " people") +
                                    " face to face this year.";
    made.why.push_back("An even pace towards " + number(pace.goal) + " would be about " +
                       number(static_cast<int>(std::lround(pace.expected_by_now))) + " by now.");
    made.why.emplace_back("One coffee is a fine next step. You can also change the goal, or pause it.");
    made.weight = kPaceWeight;
    return made;
}

}  // namespace vv::core
