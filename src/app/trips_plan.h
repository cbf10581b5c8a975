// app/trips_plan.h — from a trip's frame, and what of it is settled, to the plan of the rest.
#pragma once

#include "app/trips_people.h"
#include "core/travel_table.h"

#include <vector>

namespace vv::app {

struct TripPlanning {
    core::TripFrame frame;
    /// The parts as they are stored. What was proposed or agreed keeps its time, what the owner pinned too;
    /// who said no, did not answer or is not wanted stays out; all else is planned anew.
    std::vector<store::trips::Part> known;
    core::TravelTable ways{};       // a router's; estimated where it has none
    std::uint64_t rounds = 20'000;  // of the search, for more people than can be proven
};

struct TripPlanned {
    std::vector<store::trips::Part> parts;  // by time, then who is left out by worth
    double worth = 0;
    double bound = 0;
    std::vector<LatLng> places{};          // between which ways lead: what a router is to be asked for
    std::vector<core::PersonId> clashing;  // settled, but not to be reached beside what else is settled
};

/// Reads what it needs and writes nothing. Faults: core::check_frame()'s.
Result<TripPlanned> plan_trip_of(store::Tx& tx, const Caller& caller, TripPlanning planning);

/// Whether a part keeps its time when the rest is planned again.
bool is_settled(const store::trips::Part& part);

}  // namespace vv::app
