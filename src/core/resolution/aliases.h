// core/resolution/aliases.h — names that the owner's own people go by beside their full ones.
//
// No list has every name that people take: Haoran, who is Howard abroad. But some of them are seen under
// both: a page says haoran-chen where the card says Howard. What several families show is true of others who
// are seen under one of the two only.
#pragma once

#include "core/resolution/profile.h"

#include <utility>
#include <vector>

namespace vv::core::resolution {

/// Pairs of given names, the smaller word first, that are one human's again and again: in two families and
/// more, and in every twentieth at least of the families that bear the rarer of the two. Names that are alike
/// or known to be short forms are left out. Sorted. O(n log n).
std::vector<std::pair<Word, Word>> aliases(const Background& background);

}  // namespace vv::core::resolution
