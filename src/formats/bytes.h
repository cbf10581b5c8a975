// formats/bytes.h — bytes as a parser meets them: a stream of pieces, read once from front to back.
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace vv::formats {

class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// The next piece, valid until the next call; empty at the end. An error ends the stream.
    virtual Result<std::string_view> next() = 0;
};

/// Bytes held elsewhere, as one stream in pieces of at most `piece` bytes.
class ViewStream final : public ByteStream {
public:
    explicit ViewStream(std::string_view bytes, std::size_t piece = 65'536) : rest_(bytes), piece_(piece) {}

    Result<std::string_view> next() override {
        const auto head = rest_.substr(0, piece_);
        rest_.remove_prefix(head.size());
        return head;
    }

private:
    std::string_view rest_;
    std::size_t piece_;
};

/// A piece that was read ahead, and then the rest of its stream.
class Resumed final : public ByteStream {
public:
    Resumed(std::string_view head, ByteStream& rest) : head_(head), rest_(rest) {}

    Result<std::string_view> next() override {
        if (!head_.empty()) return std::exchange(head_, {});
        return rest_.next();
    }

private:
    std::string_view head_;
    ByteStream& rest_;
};

}  // namespace vv::formats
