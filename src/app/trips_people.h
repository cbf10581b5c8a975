// app/trips_people.h — who could be met on a trip: who lives there, and whose own trip they let be known.
#pragma once

#include "app/caller.h"
#include "core/suggestions.h"
#include "core/trips_hours.h"
#include "store/database.h"
#include "store/trips.h"

#include <set>
#include <vector>

namespace vv::app {

/// Somebody who could be met, when they could, and why they should.
struct Prospect {
    core::Candidate candidate;
    core::Suggestion suggestion;
    LatLng at;
    bool is_visitor = false;
    std::vector<Span> free;
};

/// What suggestions are about on this trip.
core::Occasion occasion_on(const core::TripFrame& frame, const Caller& caller);

/// How much a meeting is worth to the planner.
double worth_of(const core::Suggestion& suggestion);

/// The best of them, without `others`. Blocked and put-off people never appear, nor those with whom a meeting
/// is proposed or agreed elsewhere.
std::vector<Prospect> find_prospects(store::Tx& tx, const Caller& caller, const core::TripFrame& frame,
                                     const std::set<core::PersonId>& others);

/// Other people's trips that touch this one's time and that the caller may know of, wherever they go.
std::vector<store::trips::Shared> trips_shared_to(store::Tx& tx, const Caller& caller, Span within);

/// When the owner has time there: the hours of their habits in the trip's zone, without what calendars,
/// meetings, open offers and pace take. What takes every whole day of the trip is the trip itself.
std::vector<Span> free_on(store::Tx& tx, const Caller& caller, const core::TripFrame& frame, Span within);

}  // namespace vv::app
