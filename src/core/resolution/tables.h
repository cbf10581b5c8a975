// core/resolution/tables.h — hash tables without a piece of memory for each entry: an increment reads
// everybody, and what it reads and forgets again must cost little.
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace vv::core::resolution {

/// Places of entries by a hash; who asks compares. Grows by itself, and forgets nothing.
class Places {
public:
    /// The place of an entry with this hash that `is_it`, else 0; places count from 1.
    template <class IsIt>
    [[nodiscard]] std::uint32_t find(std::uint64_t hash, const IsIt& is_it) const {
        if (slots_.empty()) return 0;
        for (auto at = hash & mask();; at = (at + 1) & mask()) {
            const auto& slot = slots_[at];
            if (slot.place == 0) return 0;
            if (slot.hash == static_cast<std::uint32_t>(hash >> 32) && is_it(slot.place)) return slot.place;
        }
    }

    /// `hash` and `place` of an entry that is not there yet; `hash_of` tells that of any place that is.
    template <class HashOf>
    void add(std::uint64_t hash, std::uint32_t place, const HashOf& hash_of) {
        if (2 * (used_ + 1) > slots_.size()) grow(hash_of);
        put(hash, place);
        ++used_;
    }

    template <class HashOf>
    void reserve(std::size_t entries, const HashOf& hash_of) {
        while (slots_.size() < 2 * entries) grow(hash_of);
    }

private:
    struct Slot {
        std::uint32_t hash = 0, place = 0;
    };

    [[nodiscard]] std::uint64_t mask() const { return slots_.size() - 1; }
    void put(std::uint64_t hash, std::uint32_t place) {
        auto at = hash & mask();
        while (slots_[at].place != 0) at = (at + 1) & mask();
        slots_[at] = {static_cast<std::uint32_t>(hash >> 32), place};
    }
    template <class HashOf>
    void grow(const HashOf& hash_of) {
        constexpr std::size_t kFewest = 1024;
        std::vector<Slot> before(slots_.empty() ? kFewest : 2 * slots_.size());
        before.swap(slots_);
        for (const auto& slot : before)
            if (slot.place != 0) put(hash_of(slot.place), slot.place);
    }

    std::vector<Slot> slots_;  // a power of two of them
    std::size_t used_ = 0;
};

inline std::uint64_t spread_bits(std::uint64_t x) {  // splitmix64's finaliser
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// Numbers that have been seen.
class NumberSet {
public:
    explicit NumberSet(std::size_t expected = 0) {
        numbers_.reserve(expected);
        places_.reserve(expected, [](std::uint32_t) { return 0; });
    }
    [[nodiscard]] bool contains(std::uint64_t number) const {
        const auto is = [&](std::uint32_t place) { return numbers_[place - 1] == number; };
        return places_.find(spread_bits(number), is) != 0;
    }
    /// Whether it is the first time.
    bool insert(std::uint64_t number) {
        if (contains(number)) return false;
        numbers_.push_back(number);
        places_.add(spread_bits(number), static_cast<std::uint32_t>(numbers_.size()),
                    [&](std::uint32_t place) { return spread_bits(numbers_[place - 1]); });
        return true;
    }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }
    [[nodiscard]] bool empty() const { return numbers_.empty(); }

private:
    Places places_;
    std::vector<std::uint64_t> numbers_;
};

/// To each word a list of words, held in one piece: most words have none.
class WordLists {
public:
    using Pair = std::pair<std::uint32_t, std::uint32_t>;  // a word, and one of its list

    WordLists() = default;
    /// Words are below `words`; each list is in the order of `pairs`. O(words + pairs).
    WordLists(std::span<const Pair> pairs, std::size_t words) : ends_(words + 1, 0), all_(pairs.size()) {
        for (const auto& [word, entry] : pairs) ++ends_[word + 1];
        std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
        auto next = ends_;
        for (const auto& [word, entry] : pairs) all_[next[word]++] = entry;
    }

    [[nodiscard]] std::size_t entries() const { return all_.size(); }
    [[nodiscard]] std::size_t words() const { return ends_.empty() ? 0 : ends_.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::uint32_t word) const {
        return {all_.data() + ends_[word], ends_[word + 1] - ends_[word]};
    }
    [[nodiscard]] std::span<std::uint32_t> operator[](std::uint32_t word) {
        return {all_.data() + ends_[word], ends_[word + 1] - ends_[word]};
    }

private:
    std::vector<std::uint32_t> ends_;  // of the list before each word's
    std::vector<std::uint32_t> all_;
};

}  // namespace vv::core::resolution
