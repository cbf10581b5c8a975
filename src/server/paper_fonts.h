// server/paper_fonts.h — the page's fonts for paper: a part of the program (tools/embed_fonts.py puts them
// there).
#pragma once

#include <string_view>
#include <vector>

namespace vv::server {

/// TrueType; from the generated table, which is empty in a program built without the page.
std::vector<std::string_view> embedded_fonts();

/// Sheets of this process are set in them from here on. Before anything is drawn.
void offer_paper_fonts();

}  // namespace vv::server
