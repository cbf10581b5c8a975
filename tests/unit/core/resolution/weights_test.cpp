#include "core/resolution/weights.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace vv::core::resolution {
namespace {

// Pairs of two fields with levels 1 (agrees) and 2 (differs); strangers agree one time in fifty.
std::vector<Cell> pairs(int matches, int strangers, double m) {
    std::mt19937 random(7);
    const auto happens = [&](double share) { return std::uniform_real_distribution<>(0, 1)(random) < share; };
    const auto cell = [&](double share) {
        return happens(share) ? Cell{1, static_cast<float>(-std::log2(0.02))}
                              : Cell{2, static_cast<float>(-std::log2(0.98))};
    };
    std::vector<Cell> cells;
    for (int i = 0; i < matches + strangers; ++i)
        for (int f = 0; f < 3; ++f) cells.push_back(cell(i < matches ? m : 0.02));
    return cells;
}

Weights fitted(int matches, int strangers, double m) {
    Weights weights(std::vector(3, std::vector<double>{0, 0.6, 0.4}), 20);
    Fitting fitting;
    fitting.share = 0.3;
    fitting.possible = matches + strangers;
    fitting.rounds = 60;
    weights.fit(pairs(matches, strangers, m), {}, fitting);
    return weights;
}

TEST(Weights, AreLearntFromManyPairs) {
    const auto weights = fitted(3'000, 17'000, 0.9);
    EXPECT_NEAR(weights.m(0, 1), 0.9, 0.02);
    EXPECT_NEAR(weights.share(), 0.15, 0.01);
}

TEST(Weights, StayNearTheirPriorsWithFew) {
    const auto weights = fitted(3, 17, 0.9);
    EXPECT_NEAR(weights.m(0, 1), 0.6, 0.1);
}

TEST(Weights, SayNothingOfAFieldThatASideLacks) {
    const Weights weights({{0, 0.9, 0.1}}, 1);
    EXPECT_EQ(weights.bits(std::vector<Cell>{{0, 5}}), 0);
    EXPECT_NEAR(weights.bits(std::vector<Cell>{{1, 5}}), 5 + std::log2(0.9), 1e-9);
}

}  // namespace
}  // namespace vv::core::resolution
