// formats/json_escapes.h — JSON whose lone surrogates are mended.
//
// Exports cut texts in the middle of an emoji and leave one half of its escape behind ("\ud83d"), which no
// parser takes (RFC 8259, section 8.2); the half becomes U+FFFD, and the rest of the file is read.
#pragma once

#include "formats/bytes.h"

#include <string>

namespace vv::formats {

/// Passes everything else as it is, and copies no piece in which nothing is mended but where an escape is cut
/// by its end. O(n).
class WholeEscapes final : public ByteStream {
public:
    explicit WholeEscapes(ByteStream& source) : source_(source) {}
    Result<std::string_view> next() override;

private:
    std::string_view take(std::string_view piece, bool last);

    ByteStream& source_;
    std::string carried_;  // an escape that the next piece ends
    std::string joined_;
};

}  // namespace vv::formats
