// core/trips/route.h — one day's visits in order, with the earliest and the latest start of each.
//
// Whether a visit fits between two others is told in O(1), also with several windows for each: arriving no
// later than the latest start of the next visit is then enough and needed, as leaving earlier never means
// arriving later. That start lies in a window itself; how far a visit may shift is not one number with gaps
// in between, when it must have started at the latest is.
#pragma once

#include "core/trips/ground.h"

namespace vv::core::trips {

class Route {
public:
    Route() = default;
    Route(const Ground& ground, int kind);

    [[nodiscard]] int size() const { return static_cast<int>(nodes_.size()) - 2; }
    [[nodiscard]] int kind() const { return kind_; }
    /// The node at a place in the route: 0 is the start, 1 … size() the visits, size() + 1 the end.
    [[nodiscard]] int node(int place) const { return nodes_[static_cast<std::size_t>(place)]; }
    [[nodiscard]] Ticks early(int place) const { return early_[static_cast<std::size_t>(place)]; }
    [[nodiscard]] Ticks late(int place) const { return late_[static_cast<std::size_t>(place)]; }
    [[nodiscard]] bool has_room(std::uint32_t meal, int most) const {
        return size() < most && (meals_ & meal) == 0;
    }

    void insert(const Ground& ground, int node, int place);
    /// Takes `count` visits out, from `place` on.
    void erase(const Ground& ground, int place, int count);

private:
    void update_early(const Ground& ground, int from);
    void update_late(const Ground& ground, int from);

    int kind_ = 0;
    std::uint32_t meals_ = 0;
    std::vector<int> nodes_;
    std::vector<Ticks> early_, late_;
};

}  // namespace vv::core::trips
