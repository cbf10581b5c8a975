#include "base/months.h"

#include <gtest/gtest.h>

namespace vv {
namespace {

TEST(MonthOf, KnowsTheNamesOfManyLanguages) {
    for (const char* name :
         {"Mar", "march", "März", "mars", "marzo", "março", "maart", "mrt", "MÄRZ", "mar."})
        EXPECT_EQ(month_of(name), 3U) << name;
    for (const char* name : {"Dec", "Dez", "déc.", "dic", "diciembre", "dezembro", "grudnia"})
        EXPECT_EQ(month_of(name), 12U) << name;
    EXPECT_EQ(month_of("Mai"), 5U);
    EXPECT_EQ(month_of("mei"), 5U);
    EXPECT_EQ(month_of("juil."), 7U);
    EXPECT_EQ(month_of("août"), 8U);
    EXPECT_EQ(month_of("ago"), 8U);
    EXPECT_EQ(month_of("set"), 9U);
    EXPECT_EQ(month_of("Okt"), 10U);
}

TEST(MonthOf, IsNothingForOtherWords) {
    for (const char* name : {"", "of", "de", "Monday", "m", "Sept 4"})
        EXPECT_EQ(month_of(name), std::nullopt) << name;
    EXPECT_EQ(month_of("Sept"), 9U);
}

}  // namespace
}  // namespace vv
