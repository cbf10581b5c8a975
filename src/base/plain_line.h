// base/plain_line.h — text that stays on its line, whoever wrote it.
//
// Names and titles come from strangers' files and stand in terminals, mails and pages: what leaves the line,
// steers a terminal or turns the direction of writing around has no place in them.
#pragma once

#include <string>
#include <string_view>

namespace vv {

/// Whether it holds no control characters, no separators of lines or paragraphs, and no overrides of the
/// direction in which it is written.
bool is_plain_line(std::string_view utf8);
/// The same made so: a blank for what breaks a line or controls a terminal, nothing for overrides.
std::string plain_line(std::string_view utf8);

/// Whether it holds something that readers of mail make a link of.
bool has_web_address(std::string_view text);

}  // namespace vv
