#include "core/visibility.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

TEST(Blocks, HideBothWays) {
    const Blocks around{{{10}, {20}}, {{30}}};
    EXPECT_TRUE(around.hides({10}));
    EXPECT_TRUE(around.hides({30}));
    EXPECT_FALSE(around.hides({40}));
}

TEST(Blocks, TellOnlyOfTheViewersOwn) {
    const Blocks around{{{10}}, {{30}}};
    EXPECT_TRUE(around.is_mine({10}));
    EXPECT_FALSE(around.is_mine({30}));
}

}  // namespace
}  // namespace vv::core
