// core/trips/solve.h — a plan for any problem: the best one, proven, when it is small; a good one and how
// good it may be when it isn't.
#pragma once

#include "core/trips/search.h"

namespace vv::core::trips {

/// `bound_rounds` is how much is spent on the bound of a plan that isn't proven anyway (core/trips/bound.h).
/// `invalid` as check() has it.
Result<Plan> solve(const Problem& problem, const Effort& effort, int bound_rounds);

}  // namespace vv::core::trips
