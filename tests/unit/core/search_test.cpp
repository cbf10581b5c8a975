#include "core/search.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::core {
namespace {

bool finds(std::string_view vocabulary, std::string_view typed, std::string_view name) {
    const auto found = near_names(vocabulary, typed);
    return std::find(found.begin(), found.end(), name) != found.end();
}

TEST(NearNames, AreOneSlipAwayInShortWordsAndTwoInLongOnes) {
    const std::string_view names = "smith smythe oldershaw twelvetrees xiuying lee";
    EXPECT_TRUE(finds(names, "smiht", "smith"));
    EXPECT_TRUE(finds(names, "smit", "smith"));
    EXPECT_TRUE(finds(names, "simth", "smith"));
    EXPECT_TRUE(finds(names, "xuying", "xiuying"));
    EXPECT_TRUE(finds(names, "kldershaw", "oldershaw")) << "the first letter can be wrong as well";
    EXPECT_TRUE(finds(names, "twelvtreas", "twelvetrees"));
    EXPECT_FALSE(finds(names, "smaeth", "smythe")) << "two slips are too many for six letters";
    EXPECT_FALSE(finds(names, "lea", "lee")) << "three letters are too few to guess from";
}

TEST(NearNames, AreFoundWhileTheyAreBeingTyped) {
    EXPECT_TRUE(finds("oldershaw", "odlers", "oldershaw"));
    EXPECT_FALSE(finds("oldershaw", "shaw", "oldershaw"));
}

TEST(NearNames, ComeClosestFirstAndWithoutTheWordItself) {
    EXPECT_EQ(near_names("oldershaws oldershaw", "oldershaw"), (std::vector<std::string>{"oldershaws"}));
    EXPECT_EQ(near_names("zhangweier zhangwei", "zhangwie").front(), "zhangwei");
}

TEST(NearNames, HoldTheEverydayFormsOfAName) {
    EXPECT_TRUE(finds("", "bob", "robert"));
    EXPECT_TRUE(finds("", "robert", "bob"));
}

TEST(NearNames, OfNothingAreNone) {
    EXPECT_TRUE(near_names("", "").empty());
    EXPECT_TRUE(near_names("  smith ", std::string(200, 'x')).empty());
}

}  // namespace
}  // namespace vv::core
