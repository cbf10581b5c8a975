// core/travel.h — how long a way takes, estimated from its length as the crow flies.
//
// For ranking places and packing a day, where a router's answer would cost a request for each pair. Factors
// and where they come from: docs/trips.md.
#pragma once

#include <optional>
#include <string_view>

namespace vv::core {

enum class TravelMode { foot, bicycle, transit, car };
std::string_view to_string(TravelMode mode);
std::optional<TravelMode> parse_travel_mode(std::string_view name);

/// Minutes from door to door; never falls as the distance grows, 0 for none.
double travel_minutes(TravelMode mode, double km);

}  // namespace vv::core
