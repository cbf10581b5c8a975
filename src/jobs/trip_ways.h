// jobs/trip_ways.h — asks the operator's router for the ways of trips that were planned by estimates.
#pragma once

#include "jobs/handlers.h"
#include "notify/travel_router.h"

namespace vv::jobs {

/// One trip at most; whether there was one. A router in trouble is left alone for a while, and the estimates
/// stand: that is no error.
Result<bool> ask_for_ways(store::Database& db, const notify::TravelRouter& router, Instant now);

/// Nothing without a router.
void add_trip_way_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
