#include "store/throttles.h"

#include "store/server_values.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

const Instant kNoon = from_millis(1'700'000'000'000);

class Throttles : public world::ForEachDatabase {};
VV_ON_EACH_DATABASE(Throttles);

TEST_P(Throttles, OutliveARestart) {
    ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
        EXPECT_EQ(throttles::hold(tx, "k", {5, kNoon}).tokens, 5);
        throttles::save(tx, "k", {3.25, kNoon + std::chrono::seconds(1)});
        return Done{};
    }));
    reopen();
    ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
        const core::Bucket found = throttles::hold(tx, "k", {5, kNoon});
        EXPECT_EQ(found.tokens, 3.25);
        EXPECT_EQ(found.updated_at, kNoon + std::chrono::seconds(1));
        throttles::remove_idle(tx, kNoon + std::chrono::seconds(2));
        EXPECT_EQ(throttles::hold(tx, "k", {5, kNoon}).tokens, 5);
        return Done{};
    }));
}

TEST_P(Throttles, KeepTheServersValueThatWasThereFirst) {
    ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
        EXPECT_FALSE(server_values::find(tx, "key"));
        EXPECT_EQ(server_values::find_or_add(tx, "key", "one"), "one");
        EXPECT_EQ(server_values::find_or_add(tx, "key", "two"), "one");
        EXPECT_EQ(server_values::find(tx, "key"), "one");
        return Done{};
    }));
}

}  // namespace
}  // namespace vv::store
