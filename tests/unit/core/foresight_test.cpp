#include "core/foresight.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <set>

namespace vv::core {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kNoon = 1'385'985'600;  // a Monday, 12:00 UTC

/// Days of two classes of `half` each: within a class people meet their neighbours on a ring often, and
/// others of the class now and then; across, hardly ever.
Circle school(std::uint32_t half, int days, std::uint32_t seed = 1) {
    Circle circle;
    circle.people = 2UL * half;
    for (std::uint32_t p = 0; p < 2 * half; ++p) circle.groups.push_back(p / half);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> any(0, 1);
    for (std::uint32_t a = 0; a < 2 * half; ++a)
        for (std::uint32_t b = a + 1; b < 2 * half; ++b) {
            const bool same = a / half == b / half;
            const bool near = same && (b - a == 1 || b - a == half - 1);
            for (int day = 0; day < days; ++day) {
                if (any(random) > (near ? 0.8 : same ? 0.2 : 0.02)) continue;
                const auto start = static_cast<std::int64_t>(any(random) * 600) * 20;
                const int length = near ? 12 : 2;
                for (int i = 0; i < length; ++i)
                    circle.sightings.push_back({kNoon + day * kDay + start + i * 20, a, b});
            }
        }
    return circle;
}

TEST(Walks, AreTheSumOfAllLengths) {
    Web ties(4);  // a path of three and one alone
    ties.add(0, 1, 1);
    ties.add(1, 2, 2);
    const Web one = steps(ties);
    Web sum(4);
    Web power = one;
    for (int length = 1; length < 200; ++length) {
        for (std::size_t a = 0; a < 4; ++a)
            for (std::size_t b = 0; b < 4; ++b) sum.row(a)[b] += std::pow(0.8, length) * power.at(a, b);
        power = then(power, one);
    }
    const Web all = all_walks(one, 0.8);
    for (std::size_t a = 0; a < 4; ++a)
        for (std::size_t b = 0; b < 4; ++b) EXPECT_NEAR(all.at(a, b), sum.at(a, b), 1e-9) << a << " " << b;
    EXPECT_GT(all.at(0, 2), 0) << "over the one between";
    EXPECT_EQ(all.at(0, 3), 0);
}

TEST(CircleHistory, NumbersEachPairOnce) {
    Circle circle;
    circle.people = 7;
    const CircleHistory history(circle, 0);
    std::set<std::size_t> numbers;
    for (std::size_t a = 0; a < 7; ++a)
        for (std::size_t b = a + 1; b < 7; ++b) {
            numbers.insert(history.pair_index(a, b));
            EXPECT_EQ(history.pair_index(a, b), history.pair_index(b, a));
        }
    EXPECT_EQ(numbers.size(), history.pairs());
    EXPECT_EQ(*numbers.rbegin() + 1, history.pairs());
}

TEST(CircleHistory, SplitsDaysWhereTheyBeginAndLeavesOutEmptyOnes) {
    Circle circle;
    circle.people = 3;
    circle.sightings = {{kNoon, 0, 1}, {kNoon, 1, 0}, {kNoon + 13 * 3'600, 1, 2}, {kNoon + 3 * kDay, 0, 2},
                        {kNoon, 2, 2}, {kNoon, 0, 9}};
    const CircleHistory at_four(circle, 4L * 3'600);
    ASSERT_EQ(at_four.days(), 2U);
    EXPECT_EQ(at_four.sightings(0), (std::vector<float>{1, 0, 1})) << "once each, and nobody who isn't there";
    EXPECT_EQ(at_four.met_on(1), (std::vector<std::uint8_t>{0, 1, 0}));
    EXPECT_EQ(at_four.met_before(2), (std::vector<std::uint8_t>{1, 1, 1}));
    EXPECT_EQ(CircleHistory(circle, 0).days(), 3U) << "one in the morning is another day from midnight";
}

TEST(QuietTime, IsFarFromEverySighting) {
    EXPECT_EQ(quiet_time({{kNoon, 0, 1}, {kNoon + 3'600, 0, 1}}), 1 * 3'600);
    EXPECT_EQ(quiet_time({{kNoon + 12L * 3'600, 0, 1}, {kNoon - 13L * 3'600, 0, 1}}), 12 * 3'600);
}

TEST(Foresight, TellsNeighboursFromClassmatesFromTheOtherClass) {
    const auto foresight = foresee(school(20, 4), 0);
    const CircleHistory history(school(20, 4), 0);
    const auto mean = [&](auto belongs) {
        double sum = 0;
        double count = 0;
        for (std::size_t a = 0; a < 40; ++a)
            for (std::size_t b = a + 1; b < 40; ++b)
                if (belongs(a, b)) {
                    sum += chance(foresight.log_odds[history.pair_index(a, b)]);
                    ++count;
                }
        return sum / count;
    };
    const double near = mean([](auto a, auto b) { return a / 20 == b / 20 && b - a == 1; });
    const double same = mean([](auto a, auto b) { return a / 20 == b / 20 && b - a > 1 && b - a < 19; });
    const double other = mean([](auto a, auto b) { return a / 20 != b / 20; });
    EXPECT_GT(near, 0.5);
    EXPECT_NEAR(same, 0.2, 0.07);
    EXPECT_NEAR(other, 0.02, 0.02);
}

TEST(Foresight, IsTheSumOfTermsThatCanBeShown) {
    const auto foresight = foresee(school(15, 3), 0);
    ASSERT_EQ(foresight.terms.size(), foresight_terms().size());
    for (std::size_t pair = 0; pair < foresight.log_odds.size(); ++pair) {
        double sum = foresight.model.base();
        for (std::size_t t = 0; t < kForesightTerms; ++t)
            sum += foresight.model.weight(t, foresight.terms[t][pair]);
        ASSERT_NEAR(sum, foresight.log_odds[pair], 1e-6);
    }
}

TEST(Foresight, MakesDoWithLittle) {
    for (const int days : {0, 1, 2}) {
        Circle circle = school(12, days);
        circle.groups.clear();
        const auto foresight = foresee(circle, 0);
        ASSERT_EQ(foresight.log_odds.size(), 24U * 23 / 2);
        for (const double odds : foresight.log_odds) ASSERT_TRUE(std::isfinite(odds));
        const CircleHistory history(circle, 0);
        if (days == 0) continue;
        EXPECT_GT(foresight.log_odds[history.pair_index(3, 4)],
                  foresight.log_odds[history.pair_index(3, 15)]);
    }
    for (const std::size_t people : {0, 1, 2}) {
        Circle circle;
        circle.people = people;
        if (people > 1) circle.sightings = {{kNoon, 0, 1}};
        EXPECT_EQ(foresee(circle, 0).log_odds.size(), people < 2 ? 0 : people - 1);
    }
}

RC_GTEST_PROP(Foresight, DependsNeitherOnTheOrderOfSightingsNorOnPlaces, ()) {
    const auto seed = *rc::gen::inRange<std::uint32_t>(1, 1'000);
    const Circle circle = school(3, 3, seed);
    Circle turned = circle;  // everybody's place is counted from the end, and sightings are shuffled
    std::shuffle(turned.sightings.begin(), turned.sightings.end(), std::mt19937(seed));
    const auto last = static_cast<std::uint32_t>(circle.people - 1);
    for (auto& s : turned.sightings) s = {s.at, last - s.a, last - s.b};
    std::reverse(turned.groups.begin(), turned.groups.end());
    const CircleHistory history(circle, 0);
    const auto one = foresee(circle, 0);
    const auto two = foresee(turned, 0);
    for (std::size_t a = 0; a < circle.people; ++a)
        for (std::size_t b = a + 1; b < circle.people; ++b)
            RC_ASSERT(std::abs(one.log_odds[history.pair_index(a, b)] -
                               two.log_odds[history.pair_index(last - a, last - b)]) < 1e-3);
}

RC_GTEST_PROP(Foresight, SeesNothingOfTheFuture, ()) {
    const auto seed = *rc::gen::inRange<std::uint32_t>(1, 1'000);
    Circle circle = school(6, 4, seed);
    const auto before = CircleHistory(circle, 0).terms_after(2);
    std::erase_if(circle.sightings, [](const Sighting& s) { return s.at > kNoon + 2 * kDay - kDay / 2; });
    RC_ASSERT(CircleHistory(circle, 0).terms_after(2) == before);
}

}  // namespace
}  // namespace vv::core
