// core/ask/bits.h — a bit for each account: who has a trait, who is free, who agreed to broker.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace vv::core::ask {

class Bits {
public:
    explicit Bits(std::size_t size = 0) : size_(size), words_((size + 63) / 64) {}

    /// Those of `words`, the lowest bit first; what stands behind `size` is dropped.
    Bits(std::size_t size, std::vector<std::uint64_t> words) : size_(size), words_(std::move(words)) {
        words_.resize((size + 63) / 64);
        if (size % 64 != 0) words_.back() &= (std::uint64_t{1} << size % 64) - 1;
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool test(std::size_t i) const { return (words_[i >> 6] >> (i & 63) & 1) != 0; }
    void set(std::size_t i) { words_[i >> 6] |= std::uint64_t{1} << (i & 63); }
    void reset(std::size_t i) { words_[i >> 6] &= ~(std::uint64_t{1} << (i & 63)); }
    /// New ones are unset.
    void resize(std::size_t size) {
        size_ = size;
        words_.resize((size + 63) / 64);
    }

    /// With another of the same size.
    Bits& operator&=(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    Bits& operator|=(const Bits& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }

    [[nodiscard]] std::size_t count() const {
        std::size_t sum = 0;
        for (const auto word : words_) sum += static_cast<std::size_t>(std::popcount(word));
        return sum;
    }
    /// Calls `take(i)` for each that is set, rising.
    template <class Take>
    void each(const Take& take) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            for (std::uint64_t word = words_[w]; word != 0; word &= word - 1)
                take(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }

    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }
    bool operator==(const Bits&) const = default;

private:
    std::size_t size_;
    std::vector<std::uint64_t> words_;
};

}  // namespace vv::core::ask
