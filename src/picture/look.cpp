#include "picture/look.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace vv::picture {
namespace {

constexpr std::size_t kWaves = 8;
// Below, a single grey with the noise of its compression: any two of those look alike. In grey levels.
constexpr double kFewestGreys = 2;

// wave + 1 half waves over the side.
double wave_at(std::size_t wave, std::size_t at) {
    const auto half_waves = static_cast<double>(wave + 1);
    return std::cos(std::numbers::pi * half_waves * (static_cast<double>(at) + 0.5) /
                    static_cast<double>(kLookSide));
}

using Waves = std::array<double, kWaves * kWaves>;

Waves waves_of(const Greys& greys) {
    std::array<double, kLookSide * kWaves> rows{};
    for (std::size_t y = 0; y < kLookSide; ++y)
        for (std::size_t wave = 0; wave < kWaves; ++wave)
            for (std::size_t x = 0; x < kLookSide; ++x)
                rows[y * kWaves + wave] += greys[y * kLookSide + x] * wave_at(wave, x);
    Waves waves{};
    for (std::size_t down = 0; down < kWaves; ++down)
        for (std::size_t across = 0; across < kWaves; ++across)
            for (std::size_t y = 0; y < kLookSide; ++y)
                waves[down * kWaves + across] += rows[y * kWaves + across] * wave_at(down, y);
    return waves;
}

double spread_of(const Greys& greys) {
    double sum = 0, squares = 0;
    for (const auto grey : greys) sum += grey, squares += static_cast<double>(grey) * grey;
    const auto count = static_cast<double>(greys.size());
    return std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
}

}  // namespace

Look look_of(const Greys& greys) {
    if (spread_of(greys) < kFewestGreys) return 0;
    const Waves waves = waves_of(greys);
    Waves sorted = waves;
    std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
    const double median = sorted[sorted.size() / 2];
    Look look = 0;
    for (const double wave : waves) look = look << 1 | (wave > median ? 1 : 0);
    return look;
}

}  // namespace vv::picture
