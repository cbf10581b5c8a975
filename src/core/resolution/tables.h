// core/resolution/tables.h — hash tables without a piece of memory for each entry: an increment reads
// everybody, and what it reads and forgets again must cost little.
#pragma once

#include <cstdint>
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
    /// Whether it is the first time.
    bool insert(std::uint64_t number) {
        const auto hash = spread_bits(number);
        const auto is = [&](std::uint32_t place) { return numbers_[place - 1] == number; };
        if (places_.find(hash, is) != 0) return false;
        numbers_.push_back(number);
        places_.add(hash, static_cast<std::uint32_t>(numbers_.size()),
                    [&](std::uint32_t place) { return spread_bits(numbers_[place - 1]); });
        return true;
    }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

private:
    Places places_;
    std::vector<std::uint64_t> numbers_;
};

}  // namespace vv::core::resolution
