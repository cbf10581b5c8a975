// core/resolution/block.h — which pairs are worth comparing at all.
//
// The union of many keys, exact ones (address, number, page, label) and ones by name (short forms brought to
// full names, initials, sounds, run-together addresses, employer beside a bare given name). A key that more
// than `max_block` identities share tells nothing and is passed over.
#pragma once

#include "core/resolution/profile.h"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace vv::core::resolution {

/// Gives pairs of indexes into background.profiles(), a < b, in order and each once, without holding them:
/// there are some twenty a profile. With `only` not empty, pairs with at least one flagged side
/// (only[i] != 0). How many there were. O(n log n + Σ block²).
std::size_t each_candidate(const Background& background, std::size_t max_block, const std::vector<char>& only,
                           const std::function<void(std::uint32_t, std::uint32_t)>& take);

/// The same of all profiles, as one list.
std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates(const Background& background,
                                                                std::size_t max_block);

}  // namespace vv::core::resolution
