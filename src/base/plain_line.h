// base/plain_line.h — text that stays on its line, whoever wrote it.
//
// Names and titles come from strangers' files and stand in terminals, mails and pages: what leaves the line,
// steers a terminal, turns the direction of writing around or is painted over the lines above has no place in
// them.
#pragma once

#include <string>
#include <string_view>

namespace vv {

/// Marks that may stand on one letter. Hebrew, Vietnamese, Thai and Tibetan have up to four or five.
constexpr int kMostMarks = 6;

/// Whether it holds no control characters, no separators of lines or paragraphs, no overrides of the
/// direction in which it is written, and no letter with more than kMostMarks marks.
bool is_plain_line(std::string_view utf8);
/// The same made so: a blank for what breaks a line or controls a terminal, nothing for overrides and for
/// marks beyond the limit.
std::string plain_line(std::string_view utf8);

/// Whether there is anything to see: not blanks, byte-order marks, joiners, fillers and marks alone.
bool is_visible(std::string_view utf8);

/// Whether it holds something that readers of mail make a link of.
bool has_web_address(std::string_view text);

}  // namespace vv
