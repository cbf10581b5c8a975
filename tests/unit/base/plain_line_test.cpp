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

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(PlainLines, PileUpNoMarksOverTheLinesAbove) {
    const std::string acute = "\u0301";
    for (const std::string& plain : {std::string("Phu\u031b\u01a1\u0301ng"), std::string("1\ufe0f\u20e3"),
                                     "e" + repeated(acute, kMostMarks), repeated("e" + acute, 100)}) {
        EXPECT_TRUE(is_plain_line(plain)) << plain;
        EXPECT_EQ(plain_line(plain), plain);
    }
    EXPECT_FALSE(is_plain_line("e" + repeated(acute, kMostMarks + 1)));
    EXPECT_EQ(plain_line("Z" + repeated(acute, 5'000) + "oe"), "Z" + repeated(acute, kMostMarks) + "oe");
    EXPECT_EQ(plain_line("Z" + repeated(acute + "\u200d", 9) + "oe"),
              "Z" + repeated(acute + "\u200d", kMostMarks) + "\u200d\u200d\u200doe")
        << "joiners in between change nothing";
}

TEST(WebAddress, IsWhatMailProgramsMakeALinkOf) {
    for (const char* link :
         {"https://evil.example", "see www.evil.example", "evil.com/x", "Log in: EVIL.co.uk/Login now",
          "evil.xyz?id=1", "evil.org#a", "evil.com:8080", "evil.xn--p1ai/x", "(bücher.de/x)"})
        EXPECT_TRUE(has_web_address(link)) << link;
    for (const char* text : {"somebody at Booking.com", "Node.js/React", "Ph.D./M.D.", "e.g./i.e.",
                             "Acme Inc./Ltd.", "3.5/5", "12.30/13.00", "evil.com / x", "a.m./p.m.", "and/or",
                             ".com/x", "Booking.com: who?", "/x", "", "a.b/", "U.S./Canada"})
        EXPECT_FALSE(has_web_address(text)) << text;
}

TEST(Visible, IsWhatShowsInAList) {
    for (const char* seen : {"a", "朱", " .", "👩‍🚀", "\u0301e"})
        EXPECT_TRUE(is_visible(seen)) << seen;
    for (const char* unseen : {"", " ", "\ufeff", "\u200b\u200d", "\u00a0\u3000", "\u3164", "\u115f",
                               "\u2800", "\u0301\u0301", "\u00ad", "\xe2\x80"})
        EXPECT_FALSE(is_visible(unseen)) << unseen;
}

}  // namespace
}  // namespace vv
