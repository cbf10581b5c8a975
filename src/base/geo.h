// base/geo.h — places on the earth: WGS-84 degrees in, kilometres out.
#pragma once

#include <compare>

namespace vv {

struct LatLng {
    double lat = 0;  // degrees, -90 … 90
    double lng = 0;  // degrees, -180 … 180
    auto operator<=>(const LatLng&) const = default;
    [[nodiscard]] bool is_valid() const { return lat >= -90 && lat <= 90 && lng >= -180 && lng <= 180; }
};

/// Great-circle distance in kilometres (haversine, mean radius 6371.0088 km; within 0.6 % of the ellipsoid).
double distance_km(LatLng a, LatLng b);

/// The centre of the fixed cell of `degrees` that holds the place, the same answer for every query, so that
/// repeated questions cannot narrow it down (expectations on trilateration). 0.1 degrees is about 11 km of
/// latitude.
LatLng snap_to_cell(LatLng at, double degrees = 0.1);

}  // namespace vv
