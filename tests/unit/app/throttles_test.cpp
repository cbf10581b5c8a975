#include "app/throttles.h"

#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::app {
namespace {

const Instant kNoon = from_millis(1'700'000'000'000);

class CountTry : public world::ForEachDatabase {
protected:
    Result<Done> count(const std::string& subject, Instant now) {
        return db().write_now(
            [&](store::Tx& tx) { return count_try(tx, Throttle::sign_in_account, subject, now); });
    }
};
VV_ON_EACH_DATABASE(CountTry);

TEST_P(CountTry, RefusesTheEleventhAndSaysWhenToComeBackEvenAfterARestart) {
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(count("ann", kNoon));
    reopen();
    const auto refused = count("ann", kNoon);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::too_many);
    EXPECT_EQ(refused.error().retry_after, std::chrono::seconds(60));
    EXPECT_TRUE(count("bob", kNoon)) << "somebody else is not concerned";
    EXPECT_TRUE(count("ann", kNoon + std::chrono::seconds(60)));
    EXPECT_FALSE(count("ann", kNoon + std::chrono::seconds(61)));
}

TEST_P(CountTry, IsUndoneByAGoodTry) {
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(count("ann", kNoon));
    ASSERT_TRUE(db().write_now([](store::Tx& tx) -> Result<Done> {
        forgive_try(tx, Throttle::sign_in_account, "ann", kNoon);
        return Done{};
    }));
    EXPECT_TRUE(count("ann", kNoon));
    EXPECT_FALSE(count("ann", kNoon));
}

TEST_P(CountTry, TakesTheAddressesOfOneNetworkTogether) {
    const auto from = [&](const std::string& address) {
        return db().write_now(
            [&](store::Tx& tx) { return count_try(tx, Throttle::sign_in_address, address, kNoon); });
    };
    for (int i = 0; i < 30; ++i) EXPECT_TRUE(from("2001:db8::" + std::to_string(i)));
    EXPECT_FALSE(from("2001:db8::ffff"));
    EXPECT_TRUE(from("2001:db8:0:1::1"));
}

}  // namespace
}  // namespace vv::app
