// formats/hash.h — a 64-bit hash that is the same on every machine and in every version: natural keys of
// contacts.
//
// FNV-1a with a final mix; for telling records apart, not against an adversary.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::formats {

class Hash64 {
public:
    /// Adds a field and its end, so that ("ab", "c") differs from ("a", "bc").
    Hash64& add(std::string_view field) {
        for (const char c : field) mix(static_cast<unsigned char>(c));
        mix(0x1ff);
        return *this;
    }
    Hash64& add(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8) mix(static_cast<std::uint64_t>(number >> shift) & 0xff);
        return *this;
    }
    [[nodiscard]] std::uint64_t value() const {
        std::uint64_t h = state_;
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccdULL;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53ULL;
        return h ^ (h >> 33);
    }

private:
    void mix(std::uint64_t byte) { state_ = (state_ ^ byte) * 0x100000001b3ULL; }
    std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

inline std::uint64_t passing_hash(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t both = (a + 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL ^ b;
    return both ^ (both >> 32);
}
/// Of two texts, the same within one run of the program only and several times quicker: for what was seen
/// while an archive is read.
inline std::uint64_t passing_hash(std::string_view a, std::string_view b) {
    const std::hash<std::string_view> of;
    return passing_hash(of(a), of(b));
}

/// Hashes that were seen. A look-up is one look into memory, where the standard's set takes three:
/// that counts at every record of an archive.
class HashSet64 {
public:
    /// Whether it was not there before.
    bool insert(std::uint64_t hash) {
        if (hash == 0) return !std::exchange(has_zero_, true);
        if (2 * (size_ + 1) > slots_.size()) grow();
        std::uint64_t& slot = find(hash);
        if (slot == hash) return false;
        slot = hash;
        ++size_;
        return true;
    }

private:
    // The hash's slot, or the free one where it belongs. Hashes are mixed already: any of their bits do.
    std::uint64_t& find(std::uint64_t hash) {
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }
    void grow() {
        const auto before =
            std::exchange(slots_, std::vector<std::uint64_t>(slots_.empty() ? 1024 : 2 * slots_.size()));
        for (const std::uint64_t hash : before)
            if (hash != 0) find(hash) = hash;
    }

    std::vector<std::uint64_t> slots_;  // 0: free; a power of two of them, at most half of them taken
    std::size_t size_ = 0;
    bool has_zero_ = false;
};

/// Names that were seen under keys. A key's first name lies beside it, so that a look-up is one look into
/// memory; further ones are rare.
class NamesSeen {
public:
    struct Slot {
        std::uint64_t key = 0;   // 0: free
        std::uint64_t name = 0;  // 0: none yet
    };

    /// What insert() wants. Memory is slow: what is done meanwhile costs nothing.
    [[nodiscard]] Slot fetch(std::string_view key, std::string_view name) const {
        const std::hash<std::string_view> of;
        const Slot wanted{std::max<std::uint64_t>(of(key), 1),
                          name.empty() ? 0 : std::max<std::uint64_t>(of(name), 1)};
        if (!slots_.empty()) __builtin_prefetch(&slots_[wanted.key & (slots_.size() - 1)], 1);
        return wanted;
    }
    /// Whether the name was not there before under this key; no name is new only where the key is.
    bool insert(const Slot& wanted) {
        if (2 * (size_ + 1) > slots_.size()) grow();
        Slot& slot = find(wanted.key);
        if (slot.key == 0) {
            slot = wanted;
            ++size_;
            return true;
        }
        if (wanted.name == 0 || wanted.name == slot.name) return false;
        if (slot.name == 0) {
            slot.name = wanted.name;
            return true;
        }
        return others_.insert(passing_hash(wanted.key, wanted.name));
    }

private:
    Slot& find(std::uint64_t key) {
        std::size_t at = key & (slots_.size() - 1);
        while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }
    void grow() {
        const auto before =
            std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 1024 : 2 * slots_.size()));
        for (const Slot& slot : before)
            if (slot.key != 0) find(slot.key) = slot;
    }

    std::vector<Slot> slots_;  // a power of two of them, at most half of them taken
    std::size_t size_ = 0;
    HashSet64 others_;
};

}  // namespace vv::formats
