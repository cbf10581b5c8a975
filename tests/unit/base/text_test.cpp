#include "base/text.h"

#include <gtest/gtest.h>
#include <random>

namespace vv {
namespace {

std::string utf8(char32_t point) {
    if (point < 0x80) return {static_cast<char>(point)};
    return {static_cast<char>(0xc0 | (point >> 6)), static_cast<char>(0x80 | (point & 0x3f))};
}

TEST(Fold, NamesLoseCaseAndMarks) {
    EXPECT_EQ(fold("  Zoë   O'Brien "), "zoe o'brien");
    EXPECT_EQ(fold("Jürgen Weiß"), "jurgen weiss");
    EXPECT_EQ(fold("Søren Ærø"), "soren aero");
    EXPECT_EQ(fold("İstanbul Şahin"), "istanbul sahin");
    EXPECT_EQ(fold("Zoe\xCC\x88"), "zoe");  // a mark of its own
    EXPECT_EQ(fold("Владимир"), "vladimir");
    EXPECT_EQ(fold(""), "");
}

// A sign that folds to itself sends a text the long way round: both ways lead to one form.
TEST(Fold, LatinLettersFoldAloneAsTheyDoTogether) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> length(1, 12), point(0x20, 0x24f), kind(0, 1);
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (int n = length(random); n > 0; --n) {
            const int one = kind(random) == 0 ? point(random) % 0x60 + 0x20 : point(random);
            if (one != 0x7f) text += utf8(static_cast<char32_t>(one));
        }
        const auto whole = fold("x" + text + "\xE2\x98\xBA");
        EXPECT_EQ(fold("x" + text + "x"), whole.substr(0, whole.size() - 3) + "x") << text;
    }
}

}  // namespace
}  // namespace vv
