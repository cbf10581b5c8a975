// core/fair_place.h — a place to meet that is fair: the longest way is as short as it can be, then all ways.
//
// Exact: the places come out of a tree of boxes, best first in each, and a box is passed over only when
// nothing in it can be as good as what is known. Ways count in whole minutes, rounded up: the estimate is no
// finer, and the sum would never decide otherwise.
#pragma once

#include "base/geo.h"
#include "base/result.h"
#include "core/travel.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vv::core {

/// What a venue is and has, as bits whose meaning is the caller's (public, quiet, step-free, café, …).
struct Venue {
    LatLng at;
    std::uint32_t features = 0;
};

struct VenueFilter {
    std::uint32_t all_of = 0;
    std::uint32_t any_of = 0;  // 0 asks for nothing
};

struct Traveller {
    LatLng from;
    TravelMode mode = TravelMode::transit;
};

struct FairPlace {
    std::size_t venue = 0;  // as they were given
    int longest_minutes = 0, total_minutes = 0;
    bool operator==(const FairPlace&) const = default;
};

/// Venues made ready to be searched. Immutable; safe from any thread.
class VenueIndex {
public:
    /// O(n log n). Venues without a place on the earth are left out.
    explicit VenueIndex(std::span<const Venue> venues);

    /// The best `limit` venues that pass the filter, the best first; of equals the one given first. `invalid`
    /// without travellers, with more than 50, or with one who is nowhere.
    [[nodiscard]] Result<std::vector<FairPlace>> fair_places(std::span<const Traveller> travellers,
                                                             VenueFilter filter, std::size_t limit = 1) const;

private:
    struct Point {
        double axis[3] = {0, 0, 0};  // on the unit sphere
    };
    struct Entry {
        Point at;
        std::uint32_t features = 0, venue = 0;
    };
    struct Box {
        Point low, high;
        std::uint32_t features = 0;         // of any of its venues
        std::uint32_t begin = 0, end = 0;   // its venues
        std::uint32_t left = 0, right = 0;  // boxes within; 0 for a leaf
    };
    class Hunt;

    static Point on_sphere(LatLng place);
    std::uint32_t build(std::uint32_t begin, std::uint32_t end);

    std::vector<Entry> entries_;
    std::vector<Box> boxes_;
};

/// What a place asks of the travellers; the measure that fair_places() minimises.
FairPlace ways_to(LatLng place, std::span<const Traveller> travellers);

}  // namespace vv::core
