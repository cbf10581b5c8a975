// formats/formulas.h — cells that a spreadsheet must not take for formulas.
//
// A name like "=HYPERLINK(…)" comes out of a stranger's file and would be computed by whoever opens the
// table. Such a cell is written with an apostrophe before it, which spreadsheets take for "this is text", and
// read again without it. Numbers keep their sign: "+1 416 555 0134" computes nothing.
#pragma once

#include <string>
#include <string_view>

namespace vv::formats {

/// The cell as it is written: an apostrophe before what would be a formula, and before what looks like a cell
/// that was written so.
std::string as_text_cell(std::string_view text);
/// The text of a cell that as_text_cell() wrote.
std::string_view text_of_cell(std::string_view cell);

}  // namespace vv::formats
