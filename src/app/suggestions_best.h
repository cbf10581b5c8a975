// app/suggestions_best.h — the best of all whom an owner might meet, without looking at all of them.
#pragma once

#include "app/caller.h"
#include "core/suggestions.h"
#include "store/suggestions.h"

#include <optional>
#include <vector>

namespace vv::app {

/// The `limit` best by core::suggest(), best first: exactly, of everyone who may be suggested and passes the
/// filter, of that shelf alone when one is given.
std::vector<core::Candidate> best_candidates(store::Tx& tx, const Caller& caller,
                                             const core::Occasion& occasion,
                                             const store::suggestions::Filter& filter,
                                             std::optional<core::Shelf> shelf, std::size_t limit);

}  // namespace vv::app
