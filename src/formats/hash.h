// formats/hash.h — a 64-bit hash that is the same on every machine and in every version: natural keys of
// contacts.
//
// FNV-1a with a final mix; for telling records apart, not against an adversary.
#pragma once

#include <cstdint>
#include <string_view>

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

}  // namespace vv::formats
