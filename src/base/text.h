// base/text.h — Unicode text: validation, decoding, folding. ICU stops here.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv {

bool is_utf8(std::string_view bytes);
/// The same text with every invalid sequence replaced by U+FFFD.
std::string scrub_utf8(std::string_view bytes);
/// Decodes from a named charset ("UTF-16LE", "windows-1252"); `invalid` when ICU knows no such charset.
Result<std::string> to_utf8(std::string_view bytes, std::string_view charset);
/// Strips a byte-order mark and decodes UTF-16 by its mark, UTF-8 as it is, and anything that is neither as
/// windows-1252, which never fails.
std::string decode_text(std::string_view bytes);

/// For comparing: NFKC, case folded, marks stripped ("Élodie ß" → "elodie ss"), Latin letters transliterated
/// from other scripts where ICU can ("Дмитрий" → "dmitrij", "朱" → "zhu"). White space is folded to single
/// blanks.
std::string fold(std::string_view utf8);
/// The words of what fold() gave: split at everything that is neither letter nor digit.
std::vector<std::string_view> words_of_folded(std::string_view folded);
/// Those of text that is not folded yet.
std::vector<std::string> folded_words(std::string_view utf8);

/// Lower case by Unicode's rules of no language in particular ("JOSÉ" → "josé"); accents stay.
std::string lower(std::string_view utf8);

/// Lower case of ASCII letters only, for e-mail domains, header names and the like.
std::string ascii_lower(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);

/// Cuts at a code point's edge so that at most `bytes` remain.
std::string_view truncate_utf8(std::string_view utf8, std::size_t bytes);

}  // namespace vv
