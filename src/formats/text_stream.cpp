#include "formats/text_stream.h"

#include "base/text.h"

#include <algorithm>

namespace vv::formats {
namespace {

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// How many bytes at the end begin a code point that the piece does not finish (0 to 3).
std::size_t unfinished(std::string_view piece) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, piece.size()); ++back) {
        const auto byte = static_cast<unsigned char>(piece[piece.size() - back]);
        if ((byte & 0xc0) == 0x80) continue;
        const std::size_t wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        return wanted > back ? back : 0;
    }
    return 0;
}

// Text in windows-1252 hardly ever holds the bytes of a code point in UTF-8; a damaged file in UTF-8 holds
// many.
bool looks_like_utf8(std::string_view piece) {
    std::size_t points = 0;
    std::size_t strays = 0;
    for (std::size_t i = 0; i < piece.size();) {
        const auto byte = static_cast<unsigned char>(piece[i]);
        const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        const bool whole = length > 1 && is_utf8(piece.substr(i, length)) && i + length <= piece.size();
        points += whole ? 1 : 0;
        strays += byte >= 0x80 && !whole ? 1 : 0;
        i += whole ? length : 1;
    }
    return points * 4 >= strays;
}

std::string decoded(std::string_view bytes, std::string_view charset) {
    auto text = to_utf8(bytes, charset);
    VV_ASSERT(text.ok());  // ICU has the charsets named here
    return *std::move(text);
}

}  // namespace

Result<std::string_view> TextStream::next() {
    while (true) {
        TRY(std::string_view piece, encoding_ == Encoding::unknown ? read_mark() : source_.next());
        const bool last = piece.empty();
        if (!carried_.empty()) {
            joined_ = carried_;
            joined_ += piece;
            carried_.clear();
            piece = joined_;
        }
        if (last && piece.empty()) return std::string_view{};
        if (const auto text = decode(piece, last); !text.empty() || last) return text;
    }
}

// The first pieces up to four bytes, without the mark.
Result<std::string_view> TextStream::read_mark() {
    std::string_view head;
    while (true) {
        TRY(const std::string_view piece, source_.next());
        if (piece.empty()) break;
        if (carried_.empty() && piece.size() >= 4) {
            head = piece;
            break;
        }
        carried_ += piece;
        if (carried_.size() >= 4) break;
    }
    if (head.empty()) {
        joined_ = std::exchange(carried_, {});
        head = joined_;
    }
    encoding_ = Encoding::ascii_so_far;
    if (head.starts_with("\xef\xbb\xbf")) {
        head.remove_prefix(3);
        encoding_ = Encoding::utf8;
    } else if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) {
        encoding_ = head[0] == '\xff' ? Encoding::utf16le : Encoding::utf16be;
        head.remove_prefix(2);
    } else if (head.size() >= 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0) {
        encoding_ = Encoding::utf16le;
    } else if (head.size() >= 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0) {
        encoding_ = Encoding::utf16be;
    }
    return head;
}

std::string_view TextStream::decode(std::string_view piece, bool last) {
    if (encoding_ == Encoding::utf16le || encoding_ == Encoding::utf16be) return decode_utf16(piece, last);
    if (eight_bit_ == EightBit::keep) return piece;
    return decode_eight_bit(piece, last);
}

std::string_view TextStream::decode_eight_bit(std::string_view piece, bool last) {
    if (encoding_ != Encoding::windows1252) {
        if (is_ascii(piece)) return piece;
        if (!last) {
            const auto tail = unfinished(piece);
            carried_ = piece.substr(piece.size() - tail);
            piece.remove_suffix(tail);
        }
        if (encoding_ == Encoding::ascii_so_far && !is_ascii(piece))
            encoding_ = looks_like_utf8(piece) ? Encoding::utf8 : Encoding::windows1252;
        if (is_utf8(piece)) return piece;
        if (encoding_ == Encoding::utf8) return decoded_ = scrub_utf8(piece);
        decoded_ = std::string(piece) + std::exchange(carried_, {});
        return decoded_ = decoded(decoded_, "windows-1252");
    }
    return decoded_ = decoded(piece, "windows-1252");
}

std::string_view TextStream::decode_utf16(std::string_view piece, bool last) {
    if (!last) {
        std::size_t keep = piece.size() % 2;
        const std::size_t whole = piece.size() - keep;
        const std::size_t high_byte = encoding_ == Encoding::utf16le ? whole - 1 : whole - 2;
        // A high surrogate waits for its other half.
        if (whole >= 2 && (static_cast<unsigned char>(piece[high_byte]) & 0xfc) == 0xd8) keep += 2;
        carried_ = piece.substr(piece.size() - keep);
        piece.remove_suffix(keep);
    }
    return decoded_ = decoded(piece, encoding_ == Encoding::utf16le ? "UTF-16LE" : "UTF-16BE");
}

}  // namespace vv::formats
