// formats/text_stream.h — whatever encoding a text file came in, its bytes as UTF-8, piece by piece.
//
// A byte-order mark is dropped. UTF-16 is told by its mark or by its zero bytes. Else the file is UTF-8 until
// its first bytes above ASCII say otherwise: then it is windows-1252. Pieces may be cut anywhere, inside a
// code point too.
#pragma once

#include "formats/bytes.h"

#include <string>

namespace vv::formats {

enum class EightBit {
    decode,  // UTF-8 or windows-1252 by what is found; broken UTF-8 becomes U+FFFD, pieces end between code
             // points
    keep,    // bytes pass as they are: vCard names a charset per property, folding cuts code points
};

/// At most 64 KiB of its own beside the source's piece.
class TextStream final : public ByteStream {
public:
    explicit TextStream(ByteStream& source, EightBit eight_bit = EightBit::decode)
        : source_(source), eight_bit_(eight_bit) {}
    Result<std::string_view> next() override;

private:
    enum class Encoding { unknown, ascii_so_far, utf8, windows1252, utf16le, utf16be };

    Result<std::string_view> read_mark();
    std::string_view decode(std::string_view piece, bool last);
    std::string_view decode_eight_bit(std::string_view piece, bool last);
    std::string_view decode_utf16(std::string_view piece, bool last);

    ByteStream& source_;
    EightBit eight_bit_;
    Encoding encoding_ = Encoding::unknown;
    std::string carried_;  // the first bytes of a code point that the next piece ends
    std::string joined_;   // carried_ and a piece
    std::string decoded_;
};

}  // namespace vv::formats
