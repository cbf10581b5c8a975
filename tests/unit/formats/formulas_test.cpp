#include "formats/formulas.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

TEST(Formulas, AreWrittenAsTextAndReadAgain) {
    for (const char* text : {"=HYPERLINK(\"https://example.org\",\"Ann\")", "@SUM(A1)", "+cmd|' /C calc'!A0",
                             "-1+A1", "\t=1", "\r=1", "'=1", "''@x"}) {
        EXPECT_EQ(as_text_cell(text), "'" + std::string(text));
        EXPECT_EQ(text_of_cell(as_text_cell(text)), text);
    }
    for (const char* text : {"", "Ann = Lee", "+1 (416) 555-0134", "+14165550134 ::: +33 1 44 55 66 77",
                             "--0504", "'s-Hertogenbosch", "'", "''", "'t Hooft", "'1"}) {
        EXPECT_EQ(as_text_cell(text), text) << "says no formula";
        EXPECT_EQ(text_of_cell(text), text);
    }
}

}  // namespace
}  // namespace vv::formats
