// store/trip_ways.h — how long a trip's ways take, and which trips wait for a router to tell.
#pragma once

#include "core/travel_table.h"
#include "core/trips_hours.h"
#include "store/database.h"

#include <optional>
#include <vector>

namespace vv::store::trip_ways {

/// Without places when no router has told anything.
core::TravelTable find(Tx& tx, core::AccountId owner, core::TripId trip);
/// A router is to be asked for these.
void want(Tx& tx, core::AccountId owner, core::TripId trip, const std::vector<LatLng>& places, Instant now);
void save(Tx& tx, core::AccountId owner, core::TripId trip, const core::TravelTable& table);

struct Wanted {
    core::AccountId owner;
    core::TripId trip;
    std::vector<LatLng> places;
};
/// The trip that has waited longest, of those that are not over. Over all owners, by an index.
std::optional<Wanted> next(Tx& tx, Instant now);
/// The router is in trouble: nothing is asked of it before then.
void put_off(Tx& tx, Instant now, Instant until);

}  // namespace vv::store::trip_ways
