#include "base/geo.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vv {

double distance_km(LatLng a, LatLng b) {
    constexpr double kRadius = 6371.0088;
    constexpr double kRadians = std::numbers::pi / 180;
    const double dlat = (b.lat - a.lat) * kRadians;
    const double dlng = (b.lng - a.lng) * kRadians;
    const double s = std::pow(std::sin(dlat / 2), 2) + std::cos(a.lat * kRadians) *
                                                           std::cos(b.lat * kRadians) *
                                                           std::pow(std::sin(dlng / 2), 2);
    return 2 * kRadius * std::asin(std::sqrt(std::min(1.0, s)));
}

LatLng snap_to_cell(LatLng at, double degrees) {
    const auto centre = [degrees](double x) { return (std::floor(x / degrees) + 0.5) * degrees; };
    return {std::clamp(centre(at.lat), -90.0, 90.0), std::clamp(centre(at.lng), -180.0, 180.0)};
}

}  // namespace vv
