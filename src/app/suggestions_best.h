// app/suggestions_best.h — the best of all whom an owner might meet, without looking at all of them.
#pragma once

#include "app/caller.h"
#include "core/suggestions.h"
#include "store/database.h"

#include <optional>
#include <vector>

namespace vv::app {

/// Who is asked for.
struct Among {
    std::vector<core::Relation> relations;  // empty: all
    std::optional<double> within_km;        // of the occasion's place; only people known to be that near
    std::optional<core::Shelf> shelf;       // nothing: all
};

/// The `limit` best by core::suggest(), best first: exactly, of everyone who may be suggested and is asked
/// for.
std::vector<core::Candidate> best_candidates(store::Tx& tx, const Caller& caller,
                                             const core::Occasion& occasion, const Among& among,
                                             std::size_t limit);

}  // namespace vv::app
