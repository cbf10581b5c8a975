#include "core/resolution/blocks.h"

#include <algorithm>
#include <numeric>

namespace vv::core::resolution {

Blocks::Blocks(Drawers drawers, std::size_t profiles, std::size_t max_block, const std::vector<char>& only)
    : only_(only), starts_(profiles + 1, 0), marks_(profiles, 0) {
    for (auto& drawer : drawers.drawers_) {
        keep(drawer, max_block);
        std::vector<std::uint64_t>().swap(drawer);
    }
    for (const auto& member : members_)
        if (member.is_last == 0) ++starts_[member.profile + 1];
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    places_.resize(starts_.back());
    auto next = starts_;
    for (std::uint32_t i = 0; i < members_.size(); ++i)
        if (members_[i].is_last == 0) places_[next[members_[i].profile]++] = i;
}

void Blocks::keep(std::vector<std::uint64_t>& drawer, std::size_t max_block) {
    std::ranges::sort(drawer);
    const auto repeated = std::ranges::unique(drawer);
    drawer.erase(repeated.begin(), repeated.end());
    for (std::size_t from = 0, to = 0; from < drawer.size(); from = to) {
        while (to < drawer.size() && drawer[to] >> 32 == drawer[from] >> 32) ++to;
        if (to - from < 2 || to - from > max_block) continue;
        for (auto i = from; i < to; ++i)
            members_.push_back({static_cast<std::uint32_t>(drawer[i] >> 2) & 0x1fffffff,
                                static_cast<std::uint32_t>(drawer[i] & 3), i + 1 == to ? 1U : 0U});
    }
}

bool Blocks::is_pair(const Member& a, const Member& b) const {
    constexpr auto kWeak = static_cast<std::uint32_t>(Role::weak);
    const bool found = a.role != kWeak || b.role != kWeak;
    return a.profile != b.profile && found &&
           (only_.empty() || only_[a.profile] != 0 || only_[b.profile] != 0);
}

// A pair is mostly found by several keys: its partner's mark tells that it was found before.
std::span<const std::uint32_t> Blocks::partners_of(std::uint32_t profile) {
    partners_.clear();
    for (auto place = starts_[profile]; place < starts_[profile + 1]; ++place) {
        const auto& own = members_[places_[place]];
        for (auto other = places_[place]; members_[other].is_last == 0;) {
            const auto& partner = members_[++other];
            if (marks_[partner.profile] == profile + 1 || !is_pair(own, partner)) continue;
            marks_[partner.profile] = profile + 1;
            partners_.push_back(partner.profile);
        }
    }
    std::ranges::sort(partners_);
    return partners_;
}

}  // namespace vv::core::resolution
