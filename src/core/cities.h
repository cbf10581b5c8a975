// core/cities.h — the world's cities of at least 15,000 people, carried in the program: "in Lyon" works
// offline.
//
// From GeoNames (CC BY 4.0, data/README.md). Nothing is loaded: a name is found by binary search in the
// embedded text.
#pragma once

#include "base/geo.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

struct City {
    std::string name;
    std::string country;  // ISO 3166 alpha-2
    LatLng at;            // to 0.001 degrees
    std::string zone;     // IANA
    long population = 0;
};

/// Cities whose name begins with `text` in any spelling ("zuri" finds Zürich), largest first; at most
/// `limit`. O(log n + matches).
std::vector<City> find_cities(std::string_view text, std::size_t limit = 8);

/// The city meant by "Lyon", "Lyon, FR", "Toronto, ON, Canada" or a whole postal address that ends with one:
/// the largest of that name, in the country named if one is. Nothing when no part of the text is a city.
std::optional<City> city_of(std::string_view text);

/// The city nearest to a place, if one is within `within_km`. O(n),
/// a few milliseconds: for what an account says once, not for lists.
std::optional<City> nearest_city(LatLng at, double within_km);
/// The largest city within so far of a place. O(n) as well.
std::optional<City> largest_city_near(LatLng at, double within_km);
/// The largest city that keeps this IANA zone's time. O(n) as well.
std::optional<City> largest_city_of(std::string_view zone);

}  // namespace vv::core
