#include "core/communities.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

TEST(CommunityName, IsOneLineOfText) {
    EXPECT_EQ(*check_community_name("  Book club "), "Book club");
    EXPECT_EQ(*check_community_name("Клуб друзей"), "Клуб друзей");
    EXPECT_TRUE(check_community_name(std::string(80, 'x')).ok());
    for (const std::string& bad :
         {std::string(), std::string("   "), std::string(81, 'x'), std::string("two\nlines"),
          std::string("see https://evil.example"), std::string("\xff"),
          std::string("\xe2\x80\xae"
                      "olleh")})
        EXPECT_FALSE(check_community_name(bad).ok()) << bad;
}

}  // namespace
}  // namespace vv::core
