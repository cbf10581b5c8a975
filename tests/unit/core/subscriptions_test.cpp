#include "core/subscriptions.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *parse_rfc3339("2026-10-21T07:00:00Z");

std::chrono::minutes wait(std::chrono::minutes every, int failures, std::chrono::seconds asked = 0s) {
    return std::chrono::duration_cast<std::chrono::minutes>(next_check({kNow, every, failures, asked}) -
                                                            kNow);
}

TEST(NextCheck, ComesInItsRhythmAndNeverWithinAQuarterOfAnHour) {
    EXPECT_EQ(wait(6h, 0), 6h);
    EXPECT_EQ(wait(15min, 0), 15min);
    EXPECT_EQ(wait(1min, 0), 15min);
}

TEST(NextCheck, WaitsLongerAfterEachFailureUpToADay) {
    EXPECT_EQ(wait(6h, 1), 15min);
    EXPECT_EQ(wait(6h, 2), 30min);
    EXPECT_EQ(wait(6h, 5), 4h);
    EXPECT_EQ(wait(6h, 8), 24h);
    EXPECT_EQ(wait(6h, 1'000'000), 24h);
}

TEST(NextCheck, DoesWhatTheOtherServerAsksForUpToAWeek) {
    EXPECT_EQ(wait(1h, 0, 3h), 3h);
    EXPECT_EQ(wait(6h, 0, 3h), 6h);
    EXPECT_EQ(wait(6h, 1, 2h), 2h);
    EXPECT_EQ(wait(6h, 1, std::chrono::days(400)), std::chrono::days(7));
}

TEST(MaxAge, IsReadFromAmongOtherDirectives) {
    EXPECT_EQ(max_age("public, Max-Age=3600, must-revalidate"), 3600s);
    EXPECT_EQ(max_age("max-age=99999999999"), std::chrono::days(7));
    for (const char* none : {"", "no-cache", "max-age=", "max-age=-1", "max-age=ten", "s-maxage=5"})
        EXPECT_EQ(max_age(none), std::nullopt) << none;
}

TEST(RetryAfter, IsSecondsOrAMoment) {
    EXPECT_EQ(retry_after(" 120 ", kNow), 120s);
    EXPECT_EQ(retry_after("Wed, 21 Oct 2026 07:28:00 GMT", kNow), 28min);
    EXPECT_EQ(retry_after("Tue, 20 Oct 2026 07:28:00 GMT", kNow), 0s);
    for (const char* none :
         {"", "soon", "-5", "Wed, 31 Feb 2026 07:28:00 GMT", "Wed, 21 Okt 2026 07:28:00 GMT"})
        EXPECT_EQ(retry_after(none, kNow), std::nullopt) << none;
}

}  // namespace
}  // namespace vv::core
