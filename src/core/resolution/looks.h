// core/resolution/looks.h — which pictures are one picture, in whatever size and format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vv::core::resolution {

class Looks {
public:
    /// By a picture's hash, what it shows. Those that differ in six bits of 64 at most are one picture: the
    /// same in another size, format or quality differs in four or fewer, two pictures in some thirty.
    /// Near O(n): a look is compared with those that share a seventh of its bits.
    explicit Looks(const std::unordered_map<std::string, std::uint64_t>& looks);

    /// The hash that stands for all of this one's look; itself when it is alone or not known.
    [[nodiscard]] std::string_view like(std::string_view hash) const;

private:
    std::unordered_map<std::string, std::string> stands_for_;  // without those that stand for themselves
};

}  // namespace vv::core::resolution
