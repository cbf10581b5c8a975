// core/reminders_reasons.h — what gives a reason to remind, and the sentence that says so.
//
// Each function looks at one thing and answers with a reminder, or with nothing when there is no reason.
// Sentences name days, never "tomorrow": a reminder may be read later than it was made.
#pragma once

#include "core/person.h"
#include "core/reminders.h"
#include "core/ties.h"

namespace vv::core {

/// Somebody whom a reminder may be about; never one who is kept away.
struct Known {
    PersonId id;  // not set: the other side of a meeting whom the owner's records don't hold
    std::string name;
    double trust = 0;  // now
    Instant created_at;
    std::optional<Instant> last_contact;
    std::optional<Instant> last_met;
    std::optional<Days> usual_gap;   // between weeks in touch, when there is a rhythm of their own
    std::optional<Cadence> cadence;  // as the owner wants it
    std::optional<Birthday> birthday;
    bool is_being_asked = false;  // something is proposed to them, or agreed, and still to come
    std::string next_step;        // what the owner wrote on their page

    /// The last contact or encounter.
    [[nodiscard]] std::optional<Instant> touched() const;
};

/// A meeting that is agreed here, or stands in a calendar.
struct Coming {
    std::optional<MeetingId> meeting;
    std::optional<EncounterId> encounter;
    std::string what;  // "Lunch"
    Span when;
    std::string place;
    int others = 0;  // who come too, besides the one whom the reminder names
};
/// What was noted when the two last met.
struct Notes {
    std::string ideas;
    std::string next_step;
};
/// A reminder's text as it reads now: it is kept as it was made, perhaps the day before, so "on Friday 20
/// November" stands in it until that is "today" or "tomorrow".
std::string as_of(std::string text, Instant now, const Zone& zone);

/// From 36 hours before it begins, until it does.
inline constexpr std::chrono::hours kPrepareWithin{36};
std::optional<Reminder> prepare(const Coming& coming, const Known& who, const Notes& notes, Instant now,
                                const Zone& zone);

/// A meeting whose outcome the owner has not said: after a day, for two weeks.
std::optional<Reminder> confirm(const Coming& past, const Known& who, Instant now, const Zone& zone);

/// An encounter with a next step, when neither contact nor a meeting came after it: after three days, for a
/// month.
struct Promise {
    EncounterId encounter;
    Instant start;
    Instant over;
    std::string next_step;
};
inline constexpr std::chrono::days kPromisesKept{33};  // older ones are let go
std::optional<Reminder> follow_up(const Promise& promise, const Known& who, Instant now, const Zone& zone);

/// In the week before, until its end. On 28 February in common years for those of the 29th.
std::optional<Reminder> birthday_soon(const Known& who, Instant now, const Zone& zone);
/// The birthdays that birthday_soon() would see on that day, as month × 100 + day.
std::vector<int> birthdays_from(Date today);

/// Silent for three of their usual gaps, but not yet for twelve: what has been over for years is for
/// suggestions, not for a reminder. With a cadence of the owner's, silent for that long.
inline constexpr double kColdGaps = 3;
inline constexpr double kLostGaps = 12;
std::optional<Reminder> cold(const Known& who, Instant now, const Zone& zone);

/// Somebody else's trip that the owner may know of, and where the owner is.
struct TieTrip {
    AccountId account;
    TripId trip;
    std::string place;  // may be empty
    LatLng at;
    Span when;
};
struct Whereabouts {
    struct OwnTrip {
        TripId trip;
        TripFrame frame;
    };
    std::vector<OwnTrip> trips;
    std::string home_name;
    std::optional<LatLng> home;
};
/// Their trip meets one of the owner's own, or comes within 30 km of the owner's home while the owner is not
/// away: from six weeks before the two are in one place, until they no longer are. One for each trip.
inline constexpr std::chrono::days kTripAhead{42};
std::optional<Reminder> trip_overlap(const TieTrip& theirs, const Known& who, const Whereabouts& own,
                                     Instant now, const Zone& zone);

/// Two people or more behind an even pace: once a month.
struct GoalPace {
    int met = 0;
    int goal = 0;
    double expected_by_now = 0;
};
std::optional<Reminder> behind_pace(const GoalPace& pace, Instant now, const Zone& zone);

}  // namespace vv::core
