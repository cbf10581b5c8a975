// core/trips_hours.h — the days of a trip, and when people are usually met on one.
//
// Who shares their free time is met in it. Of everybody else there is no more to go by than what tie it is:
// work by day on weekdays, friends and family over lunch, in the evening and at weekends, and who was never
// met face to face by daylight. Where meals are eaten a meeting is that meal.
#pragma once

#include "core/free_time_hours.h"
#include "core/meetings.h"
#include "core/people.h"
#include "core/suggestions.h"
#include "core/trips.h"

#include <span>
#include <vector>

namespace vv::core {

using TripId = Id<struct TripTag>;

/// The frame of a trip, as its owner says it.
struct TripFrame {
    std::string place;  // "Lyon"; may be empty
    LatLng at;          // the middle of it
    Zone zone;
    Span when;
    std::string stay;  // where one sleeps; may be empty
    LatLng stay_at;    // days begin and end there
    int most_a_day = 4;
    double within_km = 30;  // of `at`: who lives nearer is there
};

struct TripLimits {
    int days = 60, most_a_day = 12;
    double least_km = 1, most_km = 200;
    std::size_t name = 120;  // bytes
};
inline constexpr TripLimits kTripLimits{};

/// Faults: `invalid`, naming the field: a trip that ends before it begins or has more than 60 days, places
/// that are not on the earth, a number of meetings or a distance out of bounds, names too long.
Result<Done> check_frame(const TripFrame& frame);

/// Its days in its zone, from and to where one stays; each as long as the trip is there, but no longer than
/// what of `hours` and `fixed` lies in it asks for.
std::vector<TripDay> days_of(const TripFrame& frame, std::span<const Span> hours,
                             std::span<const Span> fixed);

/// Free time as windows of a trip: at the hours of lunch and dinner for that meal, else for any meeting.
std::vector<TripWindow> windows_of(const std::vector<Span>& free, const Zone& zone, Span within);

/// When somebody of this relation is usually met in their own town.
std::vector<Span> usual_hours(Relation relation, bool has_met, const Zone& zone, Span within);

/// How long one sits together: friends and family longer.
Minutes usual_duration(Relation relation);

/// What kind of meeting it is there: the meal that it is, else what suits the two by day.
MeetingKind kind_at(Meal meal, MeetingIdea idea);

/// With a rest of half a day or more between meetings a day has one, and a rest of two days every second day.
void keep_rest(std::vector<TripDay>& days, Minutes rest);

/// How many meetings each day may still have so that no week has more than `a_week`: the meetings of most
/// worth keep their days. `meetings` is a plan's, `worths` goes with it; `before` are those of the same weeks
/// that are no part of it. True when a day's number has changed.
bool keep_pace(std::vector<TripDay>& days, const std::vector<TripMeeting>& meetings,
               const std::vector<double>& worths, std::span<const Span> before, int a_week, const Zone& zone);

/// No plan whose weeks have at most `a_week` meetings is worth more: what is fixed, and as many of the best
/// as the weeks then have room for.
double most_at_pace(const Trip& trip, std::span<const Span> before, int a_week);

}  // namespace vv::core
