#include "base/plain_line.h"

#include <gtest/gtest.h>

namespace vv {
namespace {

TEST(PlainLines, HoldNothingThatLeavesTheirLineOrTurnsItAround) {
    for (const char* plain :
         {"", "Mei-Ling Wu", "Élodie d’Aubigné", "朱美玲", "محمد", "👩‍🚀 – “so”", " a  b "}) {
        EXPECT_TRUE(is_plain_line(plain)) << plain;
        EXPECT_EQ(plain_line(plain), plain);
    }
    EXPECT_EQ(plain_line("Ann\r\nBcc: bob@example.org"), "Ann Bcc: bob@example.org");
    EXPECT_EQ(plain_line("Ann\x1b[2J\x7f"), "Ann [2J");
    EXPECT_EQ(plain_line("Ann\xc2\x9b"
                         "31m"),
              "Ann 31m")
        << "a terminal's control of one character";
    EXPECT_EQ(plain_line("one\u2028two\u2029three"), "one two three");
    EXPECT_EQ(plain_line("\u202egro.live\u202c \u2066x\u2069"), "gro.live x");
    EXPECT_EQ(plain_line(std::string("a\0b", 3)), "a b");
    EXPECT_EQ(plain_line("\r\n"), "");
    EXPECT_FALSE(is_plain_line("\xc2\x85"));
    EXPECT_TRUE(is_plain_line("\xe2\x80")) << "cut short, which is another's matter";
}

}  // namespace
}  // namespace vv
