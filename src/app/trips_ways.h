// app/trips_ways.h — a trip's ways by the operator's router: asked for when a plan needs them, and the plan
// made anew once they are known.
#pragma once

#include "core/travel_table.h"
#include "core/trips.h"
#include "core/trips_hours.h"
#include "store/database.h"

#include <functional>
#include <vector>

namespace vv::app {

/// Where the days begin and end, then the people by their worth: as many as a router is asked for at once.
std::vector<LatLng> places_of(const core::Trip& trip);
/// A way as the router told it, else estimated by `mode`.
std::function<core::Minutes(LatLng, LatLng)> ways_by(core::TravelTable table, core::TravelMode mode);

/// Has the router asked when the trip's plan went between places that it was never asked for.
void want_ways(store::Tx& tx, core::AccountId owner, core::TripId trip, const core::TravelTable& known,
               const std::vector<LatLng>& places, Instant now);
/// Keeps what the router told and plans again what is not settled. A trip that is gone meanwhile is no error.
Result<Done> take_ways(store::Tx& tx, core::AccountId owner, core::TripId trip,
                       const core::TravelTable& table, Instant now);

}  // namespace vv::app
