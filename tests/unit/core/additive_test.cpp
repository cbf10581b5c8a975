#include "core/additive.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

constexpr std::array<AdditiveTerm, 2> kTwo{{{"x", 0.5}, {"noise", 0}}};

/// Cases whose log-odds are −1 + 2·min(x, 1): a curve with a bend, and a term that tells nothing.
AdditiveCases bent(std::size_t count) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> any(0, 2);
    AdditiveCases cases;
    cases.terms.resize(2);
    for (std::size_t i = 0; i < count; ++i) {
        const float x = any(random);
        cases.terms[0].push_back(x);
        cases.terms[1].push_back(any(random));
        cases.came.push_back(any(random) / 2 < chance(-1 + 2 * std::min(x, 1.0F)) ? 1 : 0);
    }
    return cases;
}

TEST(AdditiveModel, FindsABendAndLeavesNoiseAlone) {
    const auto model = AdditiveModel::learn(kTwo, bent(40'000));
    EXPECT_NEAR(model.weight(0, 1) - model.weight(0, 0.2), 1.6, 0.3);
    EXPECT_NEAR(model.weight(0, 1.8) - model.weight(0, 1.2), 0, 0.15);
    EXPECT_NEAR(model.weight(1, 1.8) - model.weight(1, 0.2), 0, 0.15);
}

TEST(AdditiveModel, GivesChancesThatComeTrue) {
    const auto cases = bent(20'000);
    const auto model = AdditiveModel::learn(kTwo, cases);
    double expected = 0;
    double came = 0;
    for (std::size_t i = 0; i < cases.came.size(); ++i) {
        if (cases.terms[0][i] > 0.5F) continue;
        expected += chance(model.log_odds(std::array{cases.terms[0][i], cases.terms[1][i]}));
        came += cases.came[i];
    }
    EXPECT_NEAR(expected / came, 1, 0.05);
}

TEST(AdditiveModel, KeepsToTheGuessWithLittleToLearnFrom) {
    const auto none = AdditiveModel::learn(kTwo, {{{}, {}}, {}});
    EXPECT_DOUBLE_EQ(none.weight(0, 3) - none.weight(0, 1), 1);
    EXPECT_DOUBLE_EQ(none.weight(1, 3), 0);
    const auto few = AdditiveModel::learn(kTwo, {{{0, 1, 2, 3}, {1, 1, 1, 1}}, {0, 0, 0, 0}});
    EXPECT_GT(few.weight(0, 2.5), few.weight(0, 0.5));
    EXPECT_TRUE(std::isfinite(few.log_odds(std::array{1e9F, -1e9F})));
    EXPECT_EQ(few.weight(1, 5), few.weight(1, -5)) << "a term that never differs has one weight";
}

RC_GTEST_PROP(AdditiveModel, IsTheSumOfItsWeights, (std::vector<std::uint8_t> seeds)) {
    AdditiveCases cases;
    cases.terms.resize(2);
    for (const std::uint8_t seed : seeds) {
        cases.terms[0].push_back(static_cast<float>(seed % 16));
        cases.terms[1].push_back(static_cast<float>(seed / 16));
        cases.came.push_back(seed % 3 == 0 ? 1 : 0);
    }
    const auto model = AdditiveModel::learn(kTwo, cases);
    const std::array<float, 2> asked{static_cast<float>(*rc::gen::inRange(-20, 40)),
                                     static_cast<float>(*rc::gen::inRange(-20, 40))};
    const double all = model.log_odds(asked);
    RC_ASSERT(std::isfinite(all));
    RC_ASSERT(std::abs(all - model.base() - model.weight(0, asked[0]) - model.weight(1, asked[1])) < 1e-9);
    double average = 0;
    for (const float x : cases.terms[0]) average += model.weight(0, x);
    if (!seeds.empty()) RC_ASSERT(std::abs(average / static_cast<double>(seeds.size())) < 1e-5);
}

}  // namespace
}  // namespace vv::core
