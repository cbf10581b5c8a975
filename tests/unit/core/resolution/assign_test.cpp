#include "core/resolution/assign.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core::resolution {
namespace {

double sum(const std::vector<Candidate>& chosen) {
    double bits = 0;
    for (const auto& c : chosen) bits += c.bits;
    return bits;
}

// Every way to take candidates so that no side is taken twice.
double best(const std::vector<Candidate>& candidates, std::size_t at, unsigned left, unsigned right) {
    if (at == candidates.size()) return 0;
    const auto& c = candidates[at];
    double most = best(candidates, at + 1, left, right);
    if ((left >> c.left & 1) == 0 && (right >> c.right & 1) == 0)
        most = std::max(most, c.bits + best(candidates, at + 1, left | 1U << c.left, right | 1U << c.right));
    return most;
}

TEST(Assign, GivesUpTheBestPairForTwoThatTogetherWeighMore) {
    const auto chosen = assign({{0, 0, 10}, {0, 1, 9}, {1, 0, 9}});
    ASSERT_EQ(chosen.size(), 2U);
    EXPECT_EQ(chosen[0].right, 1U);
    EXPECT_EQ(chosen[1].right, 0U);
}

TEST(Assign, LeavesAloneWhatSpeaksAgainst) {
    EXPECT_TRUE(assign({{0, 0, -1}, {1, 1, 0}}).empty());
}

RC_GTEST_PROP(Assign, WeighsAsMuchAsTheBestOfAllWays, ()) {
    const auto raw = *rc::gen::resize(
        10, rc::gen::container<std::vector<std::tuple<unsigned, unsigned, int>>>(rc::gen::tuple(
                rc::gen::inRange(0U, 5U), rc::gen::inRange(0U, 5U), rc::gen::inRange(-3, 20))));
    std::vector<Candidate> candidates;
    for (const auto& [left, right, bits] : raw)
        if (std::none_of(candidates.begin(), candidates.end(),
                         [l = left, r = right](const Candidate& c) { return c.left == l && c.right == r; }))
            candidates.push_back({left, right, static_cast<double>(bits)});
    const auto chosen = assign(candidates);
    for (std::size_t i = 1; i < chosen.size(); ++i) RC_ASSERT(chosen[i - 1].left != chosen[i].left);
    RC_ASSERT(sum(chosen) == best(candidates, 0, 0, 0));
}

}  // namespace
}  // namespace vv::core::resolution
