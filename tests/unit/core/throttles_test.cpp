#include "core/throttles.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace vv::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Limit kFiveInTenMinutes{5, minutes(10)};
const Instant kNoon = from_millis(1'700'000'000'000);

TEST(Take, AllowsTheCapacityAtOnceAndThenTellsWhen) {
    std::optional<Bucket> bucket;
    for (int i = 0; i < 5; ++i) {
        const Taken taken = take(bucket, kFiveInTenMinutes, kNoon);
        EXPECT_TRUE(taken.allowed);
        bucket = taken.bucket;
    }
    const Taken refused = take(bucket, kFiveInTenMinutes, kNoon);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.retry_after, seconds(120));
    EXPECT_TRUE(take(refused.bucket, kFiveInTenMinutes, kNoon + refused.retry_after).allowed);
}

TEST(Take, FillsNoFurtherThanTheCapacity) {
    Bucket bucket = take(std::nullopt, kFiveInTenMinutes, kNoon).bucket;
    bucket = take(bucket, kFiveInTenMinutes, kNoon + std::chrono::hours(1000)).bucket;
    EXPECT_DOUBLE_EQ(bucket.tokens, 4);
}

TEST(Take, IsNotFooledByAClockThatGoesBack) {
    Bucket bucket{0, kNoon};
    const Taken back = take(bucket, kFiveInTenMinutes, kNoon - std::chrono::hours(24));
    EXPECT_FALSE(back.allowed);
    EXPECT_EQ(back.bucket.updated_at, kNoon) << "or the same day could be refilled twice";
}

TEST(GiveBack, NeverOverfills) {
    EXPECT_DOUBLE_EQ(give_back({4.5, kNoon}, kFiveInTenMinutes).tokens, 5);
    EXPECT_DOUBLE_EQ(give_back({1, kNoon}, kFiveInTenMinutes).tokens, 2);
}

TEST(NetworkOf, JoinsTheAddressesOfOneSubscriber) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
    EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
    EXPECT_EQ(network_of("unknown"), "unknown");
}

TEST(Take, NeverAllowsMoreThanCapacityPlusRefillInAnyOrderOfTries) {
    EXPECT_TRUE(rc::check([](std::vector<std::uint16_t> waits) {
        std::optional<Bucket> bucket;
        Instant now = kNoon;
        double allowed = 0;
        for (const auto wait : waits) {
            now += milliseconds(wait);
            const Taken taken = take(bucket, kFiveInTenMinutes, now);
            bucket = taken.bucket;
            allowed += taken.allowed ? 1 : 0;
            RC_ASSERT(taken.bucket.tokens >= 0);
        }
        const double refilled = static_cast<double>((now - kNoon).count()) * 5 / 600'000;
        RC_ASSERT(allowed <= 5 + refilled + 1e-6);
    }));
}

}  // namespace
}  // namespace vv::core
