// core/trips/bound.h — more than this no plan is worth: by the time that visits take, then by relaxed days.
//
// The first bound counts, for each visit, its duration and half of the shortest ways to and from it against
// the time of all days (a fractional knapsack). The second is Lagrange's: people carry a price, a day may
// visit the same person again but not straight back and forth, time is rounded down to cells; the prices that
// make such days worth least are found by subgradient steps. Every step's value is a bound, so stopping early
// costs sharpness only.
#pragma once

#include "core/trips/search.h"

namespace vv::core::trips {

/// The bound on the worth of plans, at least `state`'s. `keeps_musts`: the plan holds all musts, and the
/// bound is for plans that do. `rounds` is how many subgradient steps are made, of some 10 ms at most; 0
/// leaves the first bound.
Worth bound_of(const Ground& ground, const State& state, bool keeps_musts, int rounds);

}  // namespace vv::core::trips
