// formats/html_text.h — the plain text of the short pieces of HTML that exports hold: posts, comments, names.
#pragma once

#include <string>
#include <string_view>

namespace vv::formats {

/// Character references read ("&amp;", "&#39;", "&#x1F600;"); names that are not known stay as they are.
std::string unescape_html(std::string_view text);

/// The text without its tags, references read, a line for each paragraph and each <br>, no more than one
/// empty line in a row. For a reader's eyes and for searching, not for showing as HTML.
std::string html_to_text(std::string_view html);

}  // namespace vv::formats
