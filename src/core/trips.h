// core/trips.h — the meetings that make most of a trip: with whom, on which day, when, and in which order.
//
// A trip has days, each with a place where it begins and ends, and people who live there or will be there,
// each with a worth, a place and times that suit. The planner (core/trips/, docs/trips.md) finds the meetings
// that are worth most together, keeps what is fixed, and says how much better a plan could be at best. Times
// are planned on a grid of five minutes; what is fixed stays where it is.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/people.h"
#include "core/travel.h"
#include "core/trips/search.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace vv::core {

using Minutes = std::chrono::minutes;

enum class Meal { none, lunch, dinner };

/// A time that suits somebody; the meeting lies wholly within. As a meal it lies within the hours of that
/// meal too, and each day has one of a kind at most.
struct TripWindow {
    Span free;
    Meal meal = Meal::none;
};

struct TripCandidate {
    PersonId person;
    double worth = 0;  // 0 … 1,000, counted in thousandths
    Minutes duration{60};
    LatLng at;
    std::vector<TripWindow> windows;
    std::optional<Span> fixed;  // confirmed, or proposed and not to be taken back: kept whatever it is worth
    Meal fixed_meal = Meal::none;
};

struct TripDay {
    Span when;  // out of the door and back again
    LatLng begins, ends;
    int most = 4;  // meetings
};

struct MealHours {
    Minutes from, until;  // after midnight
};

struct Trip {
    std::vector<TripDay> days;
    std::vector<TripCandidate> candidates;
    Minutes rest{15};  // at least, between two meetings
    Zone zone;         // in which meals have their hours
    MealHours lunch{Minutes(690), Minutes(870)}, dinner{Minutes(1080), Minutes(1320)};
    TravelMode mode = TravelMode::transit;
    std::function<Minutes(LatLng, LatLng)> travel;  // a router's; estimated by `mode` when empty
};

struct TripMeeting {
    PersonId person;
    Span when;
    std::size_t day = 0;
    LatLng at;
    Meal meal = Meal::none;
    Minutes travel{0};  // from the meeting before, or from where the day begins
    bool is_fixed = false;
};

struct TripPlan {
    std::vector<TripMeeting> meetings;  // by time
    double worth = 0;
    double bound = 0;                // no plan that keeps as much of what is fixed is worth more
    std::vector<PersonId> left_out;  // who was not fitted in, by person
    std::vector<PersonId> clashing;  // fixed, but not to be reached in time beside the rest that is fixed
    [[nodiscard]] bool is_best() const { return worth == bound; }
};

/// `invalid` for a trip or a day that ends before it begins, days that overlap, a trip of more than a year or
/// 60 days, places not on the earth, worths out of range. Deterministic when `effort` stops by rounds.
Result<TripPlan> plan_trip(const Trip& trip, const trips::Effort& effort, int bound_rounds = 60);

/// The trip once somebody said yes to a planned meeting: it is fixed. `not_found` for a stranger.
Result<Done> keep(Trip& trip, const TripMeeting& meeting);
/// The trip once somebody said no: they are not planned again. `not_found` for a stranger.
Result<Done> let_go(Trip& trip, PersonId person);

}  // namespace vv::core
