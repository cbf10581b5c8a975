// notify/travel_router.h — the router that the operator has named, asked for a table of ways.
#pragma once

#include "base/result.h"
#include "core/travel_table.h"
#include "formats/travel_router.h"
#include "net/client.h"

#include <string>
#include <vector>

namespace vv::notify {

struct TravelRouter {
    std::string url;  // empty: none is named
    formats::RouterKind kind = formats::RouterKind::osrm;
    core::TravelMode by = core::TravelMode::car;
    net::ClientOptions client;
};

/// Faults: the client's; `invalid` travel.places for more than core::kMostTablePlaces, travel.answer for what
/// is no table; `unavailable` travel.refused for another status. Blocking: never on a network thread.
Result<core::TravelTable> ask_router(const TravelRouter& router, std::vector<LatLng> places);

}  // namespace vv::notify
