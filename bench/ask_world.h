// bench/ask_world.h — an invented network of accounts: heavy-tailed, with communities and geography.
#pragma once

#include "core/ask/graph.h"

#include <cstdint>
#include <vector>

namespace vv::bench {

/// SplitMix64: the same numbers for the same seed everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    std::uint32_t below(std::uint32_t n) {
        return static_cast<std::uint32_t>((next() >> 32) * std::uint64_t{n} >> 32);
    }

private:
    std::uint64_t state_;
};

/// Accounts stand in cities and communities; how many ties each has follows a power law up to 8,000. Half of
/// the ties stay in the community, three tenths in the city. Trust is 0.02 + 0.93·u⁴ for a uniform u, the two
/// directions nearly agree. Seven in ten agreed to broker, one in 2,000 has blocked somebody near.
struct World {
    core::ask::Node accounts = 0;
    std::vector<std::uint16_t> city;  // of each account
    std::vector<std::uint32_t> community;
    std::vector<core::ask::Tie> ties;  // no pair twice
    core::ask::Bits brokers;
    std::vector<core::ask::SetBlock> blocks;
};

World invent_world(core::ask::Node accounts, std::uint64_t ties, std::uint64_t seed);

}  // namespace vv::bench
