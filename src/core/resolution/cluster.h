// core/resolution/cluster.h — from scored pairs to people, under constraints.
//
// Not connected components: one wrong link would chain two humans with all that hangs on them. Pairs are
// taken from the surest down, and two clusters join only when no pair across them is forbidden (another
// birthday, generation or given name, a second account in a network that gives one each, the owner's word). A
// pair with a rival, an identity that fits as well and can't be the same human, is less sure than it looks by
// itself.
#pragma once

#include "core/resolution/judge.h"

#include <cstdint>
#include <vector>

namespace vv::core::resolution {

struct Edge {
    std::uint32_t a = 0, b = 0;  // indexes into background.profiles(), a < b
    double bits = 0;             // the judge's
    double groups = 0;           // what their clusters say besides
    double rivals = 0;           // what rivals take away, not above 0
    [[nodiscard]] double sum() const { return bits + groups + rivals; }
};

struct Ruling {
    std::uint32_t a = 0, b = 0;
    Verdict verdict = Verdict::same;
};

struct Clustering {
    std::vector<std::vector<std::uint32_t>> clusters;  // every profile in exactly one; sorted
    std::vector<Edge> questions;                       // most useful first
};

/// `start` holds clusters that stand as they are; profiles that it leaves out stand alone. Rulings come
/// first, those that say "different" before those that say "same". O(e log e), with cluster sizes as a
/// factor.
Clustering cluster(const Background& background, const Judge& judge, std::vector<Edge> edges,
                   const std::vector<Ruling>& rulings, const std::vector<std::vector<std::uint32_t>>& start,
                   const ResolutionOptions& options);

/// Fills in `rivals` of all edges. O(Σ degree²) with at most 32 edges a profile looked at.
void weigh_rivals(std::vector<Edge>& edges, const Background& background, const Judge& judge);

}  // namespace vv::core::resolution
