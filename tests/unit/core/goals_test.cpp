#include "core/goals.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

using std::chrono::days;

const Span kYear = Zone().year(2026);

TEST(Goals, AreExpectedEvenlyOverTheYear) {
    const YearGoal goal{73, {}, {}, {}};
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.start), 0);
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.start + days(100)), 20);
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.end + days(100)), 73);
}

TEST(Goals, ExpectNothingWhilePausedAndNoMoreAfterIt) {
    YearGoal goal{73, {}, {}, {}};
    pause(goal, kYear.start + days(100));
    pause(goal, kYear.start + days(120));  // it was already
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.start + days(130)), std::nullopt);
    resume(goal, kYear.start + days(165), kYear);
    resume(goal, kYear.start + days(200), kYear);
    EXPECT_EQ(goal.paused_for, days(65));
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.start + days(165)), 24.3);  // 100 of 300 days
    EXPECT_EQ(expected_by_now(goal, kYear, kYear.end - std::chrono::milliseconds(1)), 73);
}

RC_GTEST_PROP(Goals, NeverExpectMoreForAPause, ()) {
    YearGoal goal{*rc::gen::inRange(1, 500), {}, {}, {}};
    const YearGoal unpaused = goal;
    const auto day = [] { return days(*rc::gen::inRange(-20, 390)); };
    const Instant from = kYear.start + day();
    const Instant to = from + days(*rc::gen::inRange(0, 100));
    pause(goal, from);
    resume(goal, to, kYear);
    const Instant now = std::max(to, kYear.start + day());
    const auto expected = expected_by_now(goal, kYear, now);
    RC_ASSERT(expected.has_value());
    RC_ASSERT(*expected >= 0 && *expected <= goal.target);
    RC_ASSERT(*expected <= *expected_by_now(unpaused, kYear, now));
}

TEST(Outlooks, KeepWhatIsPlannedAndSayNothingOfAPausedPace) {
    EXPECT_EQ(outlook(10, 2, kYear, kYear.start + days(73), std::nullopt), (Outlook{2, 50}));
    EXPECT_EQ(outlook(0, 2, kYear, kYear.start + days(73), std::nullopt), (Outlook{2, 2}));
    YearGoal goal{50, {}, {}, {}};
    pause(goal, kYear.start + days(60));
    EXPECT_EQ(outlook(10, 2, kYear, kYear.start + days(73), goal), (Outlook{2, std::nullopt}));
}

}  // namespace
}  // namespace vv::core
