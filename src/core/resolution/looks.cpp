#include "core/resolution/looks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace vv::core::resolution {
namespace {

constexpr int kMostDiffering = 6;
// Of seven parts six differing bits leave one as it is.
constexpr std::size_t kParts = kMostDiffering + 1;
constexpr int kBits = 9;

std::size_t part_of(std::uint64_t look, std::size_t part) {
    constexpr std::uint64_t kMask = (1U << kBits) - 1;
    return part << kBits | ((look >> (part * kBits)) & kMask);
}

struct Picture {
    std::uint64_t look = 0;
    const std::string* hash = nullptr;
};

}  // namespace

Looks::Looks(const std::unordered_map<std::string, std::uint64_t>& looks) {
    std::vector<Picture> pictures;
    for (const auto& [hash, look] : looks) pictures.push_back({look, &hash});
    std::ranges::sort(pictures, [](const Picture& a, const Picture& b) { return *a.hash < *b.hash; });
    std::vector<std::vector<const Picture*>> leaders(kParts << kBits);
    for (const auto& picture : pictures) {
        const Picture* leader = nullptr;
        for (std::size_t part = 0; part < kParts && leader == nullptr; ++part)
            for (const auto* one : leaders[part_of(picture.look, part)])
                if (std::popcount(one->look ^ picture.look) <= kMostDiffering) {
                    leader = one;
                    break;
                }
        if (leader != nullptr)
            stands_for_.emplace(*picture.hash, *leader->hash);
        else
            for (std::size_t part = 0; part < kParts; ++part)
                leaders[part_of(picture.look, part)].push_back(&picture);
    }
}

std::string_view Looks::like(std::string_view hash) const {
    const auto found = stands_for_.find(std::string(hash));
    return found == stands_for_.end() ? hash : std::string_view(found->second);
}

}  // namespace vv::core::resolution
