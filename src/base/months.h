// base/months.h — the names of months in the languages that exports are written in. ICU's calendar names stop
// here.
#pragma once

#include <optional>
#include <string_view>

namespace vv {

/// 1 to 12 for a month's name or abbreviation in any of some thirty languages, whatever its case, accents and
/// final dot ("Mar", "märz", "déc.", "MARÇO"). Nothing when no language has it, or when two mean different
/// months by it.
std::optional<unsigned> month_of(std::string_view name);

}  // namespace vv
