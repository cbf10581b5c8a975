// core/resolution/block.h — which pairs are worth comparing at all.
//
// The union of many keys, exact ones (address, number, page, label) and ones by name (short forms brought to
// full names, initials, sounds, run-together addresses, employer beside a bare given name). A key that more
// than `max_block` identities share tells nothing and is passed over.
#pragma once

#include "core/resolution/profile.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace vv::core::resolution {

/// Pairs of indexes into background.profiles(), a < b, sorted, each once. With `only` not empty, pairs with
/// at least one flagged side (only[i] != 0). O(n log n + Σ block²).
std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates(const Background& background,
                                                                std::size_t max_block,
                                                                const std::vector<char>& only = {});

}  // namespace vv::core::resolution
