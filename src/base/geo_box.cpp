#include "base/geo_box.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vv {
namespace {

constexpr double kRadius = 6371.0088;  // as distance_km() has it
constexpr double kRadians = std::numbers::pi / 180;

// The shorter way round.
double between_meridians(double a, double b) {
    return std::abs(std::remainder(a - b, 360));
}

}  // namespace

// Whoever goes there crosses its nearest circle of latitude and its nearest meridian, unless inside them.
double least_distance_km(LatLng from, const Box& box) {
    if (box.south_west == box.north_east) return distance_km(from, box.south_west);
    const double north =
        std::max({0.0, box.south_west.lat - from.lat, from.lat - box.north_east.lat}) * kRadians;
    double east = 0;
    if (from.lng < box.south_west.lng || from.lng > box.north_east.lng) {
        const double gap = std::min(between_meridians(from.lng, box.south_west.lng),
                                    between_meridians(from.lng, box.north_east.lng));
        const double latitude = from.lat * kRadians;
        east = gap < 90 ? std::asin(std::cos(latitude) * std::sin(gap * kRadians))
                        : std::numbers::pi / 2 - std::abs(latitude);
    }
    return std::max(north, east) * kRadius * (1 - 1e-7);  // rounding never makes it too much
}

}  // namespace vv
