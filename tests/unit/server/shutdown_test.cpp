#include "server/shutdown.h"

#include <gtest/gtest.h>

namespace vv::server {
namespace {

using std::chrono::milliseconds;

TEST(StoppingDeathTest, EndsTheProcessWhenATransactionWillNot) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_EXIT(
        {
            const StopDeadline deadline(milliseconds(20));
            std::this_thread::sleep_for(std::chrono::minutes(1));
            std::exit(3);
        },
        testing::ExitedWithCode(0), "");
}

TEST(StoppingDeathTest, InTimeIsLeftAlone) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_EXIT(
        {
            { const StopDeadline deadline(milliseconds(500)); }
            std::this_thread::sleep_for(milliseconds(800));
            std::exit(3);
        },
        testing::ExitedWithCode(3), "");
}

}  // namespace
}  // namespace vv::server
