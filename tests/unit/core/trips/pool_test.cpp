#include "core/trips/pool.h"

#include <gtest/gtest.h>
#include <numeric>

namespace vv::core::trips {
namespace {

// Six people at one place, an hour each; a day has room for two.
Problem six_people(int days) {
    Problem problem;
    problem.travel = [](int, int) { return 0; };
    for (int day = 0; day < days; ++day) problem.days.push_back({0, 0, 0, 120});
    for (int i = 0; i < 6; ++i) problem.visits.push_back({0, 1 << i, 60, {{0, 60}}, i, 0, false});
    return problem;
}

State plan(const Ground& ground, const std::vector<std::vector<int>>& days) {
    State state = nothing_planned(ground);
    for (int day = 0; day < static_cast<int>(days.size()); ++day)
        for (int place = 1; const int node : days[static_cast<std::size_t>(day)])
            put_in(ground, state, node, day, place++);
    return state;
}

TEST(TripPool, PutsGoodDaysOfPoorPlansTogether) {
    for (const int days : {2, 3}) {
        const Ground ground = lay_out(six_people(days));
        DayPool pool(ground);
        pool.add(plan(ground, {{5, 4}, {0, 1}}));
        pool.add(plan(ground, {{3, 2}, {0}}));
        pool.add(plan(ground, {{5, 3}, {1}}));
        const State start = plan(ground, {{5, 4}, {0, 1}});
        const State better = pool.recombine(start);
        EXPECT_EQ(better.gain, days == 2 ? 32 + 16 + 8 + 4 : 63);
        EXPECT_EQ(better.gain, [&] {
            Worth sum = 0;
            for (int node = 0; node < ground.nodes; ++node)
                if (better.day_of[static_cast<std::size_t>(node)] >= 0)
                    sum += ground.gain[static_cast<std::size_t>(node)];
            return sum;
        }());
    }
}

TEST(TripPool, LeavesAPlanThatNothingImproves) {
    const Ground ground = lay_out(six_people(2));
    DayPool pool(ground);
    const State best = plan(ground, {{5, 4}, {3, 2}});
    EXPECT_EQ(pool.recombine(best).gain, best.gain);  // nothing is known
    pool.add(plan(ground, {{0, 1}, {2}}));
    pool.add(best);
    EXPECT_EQ(pool.recombine(best).gain, best.gain);
}

}  // namespace
}  // namespace vv::core::trips
