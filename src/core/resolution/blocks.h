// core/resolution/blocks.h — who shares a key with whom, in as little memory as that can be told in.
//
// A hundred thousand profiles have some millions of entries: they would outweigh the profiles.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vv::core::resolution {

/// Entries of one key. A `weak` entry is paired with a `lone` one only: it is there to be found by names that
/// lack a part.
enum class Role : std::uint8_t { any, lone, weak };

struct Entry {
    std::uint64_t key = 0;      // well mixed
    std::uint32_t profile = 0;  // below 2^29
    Role role = Role::any;
};

/// Entries as they come, in drawers by the first bits of their key: eight bytes each, and never a second time
/// as a whole, as a growing or sorted list of all would be. Of a key 44 bits are kept: among as many as there
/// are, hardly two are alike that are not the same.
class Drawers {
public:
    Drawers() : drawers_(std::size_t{1} << kBits) {}

    void add(const Entry& entry) {
        const auto rest = (entry.key >> (32 - kBits)) & 0xffffffff;
        drawers_[entry.key >> (64 - kBits)].push_back(rest << 32 | std::uint64_t{entry.profile} << 2 |
                                                      static_cast<std::uint64_t>(entry.role));
    }

private:
    friend class Blocks;
    static constexpr unsigned kBits = 12;

    std::vector<std::vector<std::uint64_t>> drawers_;
};

/// The blocks of all keys, by profile.
class Blocks {
public:
    /// Passes over blocks of more than `max_block` entries. With `only` not empty, a pair has at least one
    /// flagged side. O(n log n), a drawer at a time.
    Blocks(Drawers drawers, std::size_t profiles, std::size_t max_block, const std::vector<char>& only);

    /// Those after the profile that share a block with it, in order and each once; until the next call.
    [[nodiscard]] std::span<const std::uint32_t> partners_of(std::uint32_t profile);

private:
    // One of a block, in four bytes: profile, role, and whether the block ends with it.
    struct Member {
        std::uint32_t profile : 29;
        std::uint32_t role : 2;
        std::uint32_t is_last : 1;
    };

    void keep(std::vector<std::uint64_t>& drawer, std::size_t max_block);
    [[nodiscard]] bool is_pair(const Member& a, const Member& b) const;

    const std::vector<char>& only_;
    std::vector<Member> members_;        // block after block
    std::vector<std::uint32_t> starts_;  // by profile: where its places begin
    std::vector<std::uint32_t> places_;  // among the members, but for the last of a block
    std::vector<std::uint32_t> marks_;   // by profile: the last whose partner it is, from 1
    std::vector<std::uint32_t> partners_;
};

}  // namespace vv::core::resolution
