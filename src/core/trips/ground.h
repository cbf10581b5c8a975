// core/trips/ground.h — a problem laid out for planning: numbers in rows, windows cut to what a day can
// reach.
//
// Visits that fit into no day are gone, days that are alike share their windows, and the time from the start
// of one visit to the earliest start of the next (its duration, the way, the rest) is one number, the hop.
// Every kind of day stands behind the visits as a node of its own, from which hops lead out and to which they
// lead home, so that the ends of a route need no special case.
#pragma once

#include "core/trips/problem.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace vv::core::trips {

constexpr Ticks kNever = 1 << 30;

/// What days with the same places, times and limits have in common.
struct DayKind {
    Day day;
    int days = 0;
    std::vector<std::uint32_t> first;  // of node i: windows[first[i]] up to windows[first[i + 1]]
    std::vector<Window> windows;       // sorted, apart, reachable from the start and in time for the return

    [[nodiscard]] std::span<const Window> of(int node) const {
        const auto i = static_cast<std::size_t>(node);
        return {windows.data() + first[i], windows.data() + first[i + 1]};
    }
};

/// The earliest start at or after `t`; kNever when there is none.
inline Ticks earliest(std::span<const Window> windows, Ticks t) {
    for (const Window& w : windows)
        if (t <= w.until) return t < w.from ? w.from : t;
    return kNever;
}

/// The latest start at or before `t`; −kNever when there is none.
inline Ticks latest(std::span<const Window> windows, Ticks t) {
    for (std::size_t i = windows.size(); i-- > 0;)
        if (t >= windows[i].from) return t > windows[i].until ? windows[i].until : t;
    return -kNever;
}

struct Ground {
    int nodes = 0;              // visits that can be made; node i is visit visit_of[i]
    std::vector<int> visit_of;  // rising
    std::vector<Worth> worth;
    std::vector<Worth> gain;          // worth, and for a must more than all worths together
    std::vector<int> person;          // 0 … persons − 1
    std::vector<std::uint32_t> meal;  // a bit, or 0
    std::vector<char> must, pinned;   // pinned: a must at one possible time
    std::vector<std::vector<int>> nodes_of_person;
    int persons = 0;
    int musts = 0;  // of the problem, those without a possible time too
    Worth must_bonus = 0;
    std::vector<Ticks> duration;
    std::vector<std::pair<Worth, Ticks>> left_out;  // worth and duration of those beyond kMostNodes
    Ticks rest = 0;
    std::vector<DayKind> kinds;
    std::vector<int> kind_of_day;
    std::vector<Ticks> hops, hops_back;

    [[nodiscard]] int day_node(int kind) const { return nodes + kind; }
    [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(nodes) + kinds.size(); }
    [[nodiscard]] Ticks hop(int from, int to) const { return hops_from(from)[to]; }
    [[nodiscard]] const Ticks* hops_from(int node) const {
        return hops.data() + static_cast<std::size_t>(node) * width();
    }
    [[nodiscard]] const Ticks* hops_to(int node) const {
        return hops_back.data() + static_cast<std::size_t>(node) * width();
    }
};

/// At most this many visits are laid out: the musts, and of the others those that promise most worth in the
/// time they take. A trip holds far fewer.
constexpr std::size_t kMostNodes = 1000;

/// O(n² + n·days). The problem has passed check().
Ground lay_out(const Problem& problem);

}  // namespace vv::core::trips
