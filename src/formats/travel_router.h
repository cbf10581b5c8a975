// formats/travel_router.h — how OSRM and Valhalla are asked for a table of ways, and what they answer.
#pragma once

#include "base/geo.h"
#include "base/result.h"
#include "core/travel.h"
#include "core/travel_table.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

enum class RouterKind { osrm, valhalla };
std::optional<RouterKind> parse_router_kind(std::string_view name);

struct TableQuestion {
    std::string url;
    std::string body;  // JSON to POST; empty: a GET
};
/// From each place to each. `base` is the router's address; neither knows the timetables of public transport,
/// so `by` is by foot, bicycle or car.
TableQuestion table_question(RouterKind kind, std::string_view base, core::TravelMode by,
                             const std::vector<LatLng>& places);

/// `invalid` travel.answer for one that is no table of as many places, or says that it failed.
Result<core::TravelTable> read_table(RouterKind kind, std::string_view answer, std::vector<LatLng> places);

}  // namespace vv::formats
