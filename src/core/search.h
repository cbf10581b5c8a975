// core/search.h — what a search looks for: words by their beginnings, and names that were typed with a slip.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

/// The words of `vocabulary`, blanks between them, of which `typed` may be a misspelling, whole or as far as
/// it goes: one slip (a letter added, lost, changed or swapped) in four letters and more, two from eight on.
/// With the everyday forms of a name and the names that it is short for. Closest first, at most `limit`,
/// `typed` itself left out. All are folded (base/text.h). O(|vocabulary|).
std::vector<std::string> near_names(std::string_view vocabulary, std::string_view typed,
                                    std::size_t limit = 24);

/// What a name is put in order by: folded, with numbers and signs behind all letters.
std::string order_of(std::string_view name);

}  // namespace vv::core
