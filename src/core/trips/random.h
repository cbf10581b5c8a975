// core/trips/random.h — numbers by chance that are the same on every machine for the same seed.
#pragma once

#include <cstdint>

namespace vv::core::trips {

/// splitmix64. The standard library's distributions differ from one implementation to the next.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 … end − 1.
    int below(int end) { return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(end) >> 32); }
    /// (0, 1].
    double unit() { return static_cast<double>((next() >> 11) + 1) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

}  // namespace vv::core::trips
