// core/resolution/readings.h — how names in Han and Hangul signs are read by those who bear them.
//
// A transliteration reads sign by sign: 김 becomes Gim, whose bearers write Kim, and 裕子 becomes Yuzi, whose
// bearer is Yuko, or Hiroko. A table of usual names knows better.
#pragma once

#include "core/resolution/names.h"

#include <string_view>
#include <vector>

namespace vv::core::resolution {

struct SignReadings {
    std::vector<NameForm> forms;  // the likeliest first
    bool instead = false;         // of the transliteration; else beside it, as the signs may be Chinese
};
/// Nothing when the text is in other signs or none of its names is in the table.
SignReadings read_signs(std::string_view written, Source source);

}  // namespace vv::core::resolution
