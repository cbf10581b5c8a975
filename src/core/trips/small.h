// core/trips/small.h — the best plan of a small problem, proven: dynamic programming over sets of people.
//
// For each kind of day: the earliest start of the last visit for every set of people met and every last
// visit. That gives the sets that one day can hold; the best way to spread people over the days follows from
// those. Most trips are this small.
#pragma once

#include "core/trips/search.h"

#include <optional>

namespace vv::core::trips {

/// Up to this many people (a person whose visits differ in worth counts once for each worth).
constexpr int kSmall = 15;

/// Nothing when the problem isn't small. O(2^n · n² · days) at worst, far less when a day holds few visits.
std::optional<State> solve_small(const Ground& ground);

}  // namespace vv::core::trips
