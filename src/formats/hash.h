// formats/hash.h — a 64-bit hash that is the same on every machine and in every version: natural keys of
// contacts.
//
// FNV-1a with a final mix; for telling records apart, not against an adversary.
#pragma once

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

/// Of two texts, the same within one run of the program only and several times quicker: for what was seen
/// while an archive is read.
inline std::uint64_t passing_hash(std::string_view a, std::string_view b) {
    const std::hash<std::string_view> of;
    const std::uint64_t both = (of(a) + 0x9e3779b97f4a7c15ULL) * 0xff51afd7ed558ccdULL ^ of(b);
    return both ^ (both >> 32);
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

}  // namespace vv::formats
