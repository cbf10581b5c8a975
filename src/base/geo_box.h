// base/geo_box.h — boxes of degrees, and how far they are at least.
#pragma once

#include "base/geo.h"

namespace vv {

/// Does not reach over the date line.
struct Box {
    LatLng south_west, north_east;
};

/// No place in the box is nearer than this (kilometres): 0 inside, mostly what the nearest one is, and
/// exactly that of a point.
double least_distance_km(LatLng from, const Box& box);

}  // namespace vv
