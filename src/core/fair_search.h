// core/fair_search.h — a fair place among more venues than anybody wants to read: cell by cell, best first.
//
// Core reads no database, so the caller hands in what is asked for: the cells of a region, then the venues of
// the cells that may hold a better place than what is known. It begins with what lies in the middle of the
// travellers; as soon as enough is found, whoever is a better place can be reached by everybody within the
// longest way of the worst of these, and that region, mostly a small one, is the last. Exact, as
// core/fair_place is, and a test compares the two. Two limits are stated in the source: how far around the
// travellers it looks, and at how many venues.
#pragma once

#include "core/fair_place.h"
#include "core/meetings.h"
#include "core/venues.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace vv::core {

/// What is asked of a place beside being fair.
struct VenueWishes {
    std::optional<MeetingKind> meeting;  // a walk wants a park, coffee a café
    bool is_public = false;
    bool quiet = false;
    bool step_free = false;
    bool outdoor = false;
};
VenueFilter filter_for(const VenueWishes& wishes);

/// Both ends are in it.
struct CellRegion {
    VenueCell low, high;
};
struct VenueCellSummary {
    VenueCell cell;
    std::uint32_t features = 0;  // of any of its venues
    int venues = 0;
};
struct FoundPlace {
    std::uint64_t venue = 0;  // as the caller numbers them
    FairPlace ways;           // its `venue` is not used
};

class FairSearch {
public:
    /// At most so far apart (kilometres) may the travellers be: beyond that no place is fair to all of them.
    static constexpr double kFarthestKm = 150;

    /// `invalid` as VenueIndex::fair_places(), and place.far.
    static Result<FairSearch> create(std::vector<Traveller> travellers, VenueFilter filter,
                                     std::size_t limit);

    /// The region to look at now.
    [[nodiscard]] CellRegion region() const;
    /// All cells of region() that hold venues.
    void look_at(std::span<const VenueCellSummary> cells);
    /// The cells whose venues are wanted next; none once the region has nothing better.
    std::vector<VenueCell> wanted();
    /// A venue of those cells; what doesn't pass the filter is not taken.
    void take(std::uint64_t number, LatLng at, std::uint32_t features);
    /// After wanted() gave nothing: false when nothing outside can be better, else region() is another one.
    bool widen();

    /// Best first; of equals the lower number.
    [[nodiscard]] std::vector<FoundPlace> best() const { return best_; }

private:
    struct Box {
        LatLng low, high;
    };
    struct Promised {
        FairPlace ways;
        VenueCell cell;
        int venues = 0;
    };
    FairSearch(std::vector<Traveller> travellers, VenueFilter filter, std::size_t limit);

    [[nodiscard]] bool passes(std::uint32_t features) const;
    [[nodiscard]] FairPlace promise(VenueCell cell) const;
    [[nodiscard]] LatLng middle() const;
    [[nodiscard]] Box around_middle() const;
    [[nodiscard]] std::optional<Box> reach() const;
    static CellRegion cells_of(const Box& box);
    [[nodiscard]] bool is_hopeless(const FairPlace& promised) const;

    std::vector<Traveller> travellers_;
    VenueFilter filter_;
    std::size_t limit_;
    Box farthest_;       // nothing beyond is looked at
    Box box_;            // looked at now
    double margin_ = 0;  // degrees around the middle
    int looked_at_ = 0;
    std::vector<Promised> waiting_;  // best last
    std::vector<VenueCell> done_;    // sorted: looked at in an earlier region
    std::vector<FoundPlace> best_;
};

}  // namespace vv::core
