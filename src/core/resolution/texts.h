// core/resolution/texts.h — texts that are kept once and for good, a hundred thousand people's words of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::core::resolution {

/// Numbered from 0. A text stands where it is while there are more added.
class Texts {
public:
    [[nodiscard]] std::string_view operator[](std::size_t number) const {
        const char* const at = texts_[number];
        std::uint32_t size = 0;
        std::memcpy(&size, at, sizeof size);
        return {at + sizeof size, size};
    }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    void reserve(std::size_t texts) { texts_.reserve(texts); }

    void add(std::string_view text) {
        const auto size = static_cast<std::uint32_t>(text.size());
        char* const at = room_for(sizeof size + text.size());
        std::memcpy(at, &size, sizeof size);
        std::copy(text.begin(), text.end(), at + sizeof size);
        texts_.push_back(at);
    }

private:
    char* room_for(std::size_t bytes) {
        constexpr std::size_t kPiece = std::size_t{64} << 10;
        if (bytes > left_) {
            const auto room = std::max(kPiece, bytes);
            next_ = pieces_.emplace_back(new char[room]).get();
            left_ = room;
        }
        left_ -= bytes;
        return std::exchange(next_, next_ + bytes);
    }

    std::vector<std::unique_ptr<char[]>> pieces_;
    char* next_ = nullptr;  // of the last piece, what is free
    std::size_t left_ = 0;
    std::vector<const char*> texts_;  // each after its length
};

}  // namespace vv::core::resolution
