// core/resolution/acquaintance.h — when the owner came to know two identities, and what that says.
//
// Whoever one meets is added here in the same weeks as there, more often than chance has it. How often, and
// how near two strangers' days lie, is told by the owner's own ties.
#pragma once

#include "core/resolution/profile.h"

#include <array>
#include <cstdint>
#include <vector>

namespace vv::core::resolution {

/// How far apart two ties were declared: two weeks, three months, a year, more.
enum class Apart : std::uint8_t { unknown, weeks, months, year, years };
inline constexpr std::size_t kAparts = 5;

class Acquaintances {
public:
    /// O(n), and a sample of each two networks' ties.
    explicit Acquaintances(const std::vector<Profile>& profiles);

    /// Unknown where one side has no date, and within one network, whose members came by other ways.
    [[nodiscard]] static Apart apart(const Profile& a, const Profile& b);
    [[nodiscard]] double bits(const Profile& a, const Profile& b) const;

    /// Pairs of which the names say something, in bits of the odds that they are one human.
    struct Sighting {
        Apart apart = Apart::unknown;
        double surprise = 0, odds = 0;
    };
    [[nodiscard]] Sighting sighting(const Profile& a, const Profile& b, double odds) const;
    /// Learns how often one human's ties lie so; few pairs move it little.
    void fit(const std::vector<Sighting>& seen);

private:
    static constexpr std::size_t kNetworks = 16;
    [[nodiscard]] double surprise(const Profile& a, const Profile& b, Apart apart) const;

    std::array<double, kAparts> m_;
    std::array<std::array<std::array<float, kAparts>, kNetworks>, kNetworks> surprises_{};  // -log2 of u
};

const char* to_string(Apart apart);

}  // namespace vv::core::resolution
