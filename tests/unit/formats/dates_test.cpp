#include "formats/dates.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

std::string day(std::string_view text) {
    const auto found = parse_day(text);
    return found ? format_date(*found) : "";
}

TEST(ParseDay, ReadsTheWaysExportsWriteADay) {
    for (const char* text :
         {"14 Mar 2025", "14 März 2025", "14. März 2025", "14 de mar. de 2025", "14 mars 2025",
          "Mar 14, 2025", "March 14 2025", "2025-03-14", "2025/03/14", "2025年3月14日", "3/14/25",
          "3/14/2025", "14.03.2025", "14-3-2025", "14/3/2025", "14 mrt. 2025"})
        EXPECT_EQ(day(text), "2025-03-14") << text;
    EXPECT_EQ(day("5/6/2008"), "2008-05-06");
    EXPECT_EQ(day("5.6.2008"), "2008-06-05");
    EXPECT_EQ(day("1/1/70"), "1970-01-01");
    EXPECT_EQ(day("29 Feb 2024"), "2024-02-29");
}

TEST(ParseDay, IsNothingForWhatIsNoDay) {
    for (const char* text : {"", "29 Feb 2023", "31 Apr 2024", "0/0/00", "13/13/2024", "yesterday",
                             "Mar 2025", "99999999999 3 4", "14 Foo 2025", "----", "1604"})
        EXPECT_EQ(day(text), "") << text;
    EXPECT_EQ(day("14 Mar 2025" + std::string(100, ' ')), "");
}

std::string time(std::string_view text) {
    const auto found = parse_day_and_time(text);
    return found ? format_rfc3339(Instant(found->time_since_epoch())) : "";
}

TEST(ParseDayAndTime, ReadsBothClocks) {
    EXPECT_EQ(time("3/14/25, 2:37 PM"), "2025-03-14T14:37:00Z");
    EXPECT_EQ(time("3/14/25, 12:05\u202f"
                   "AM"),
              "2025-03-14T00:05:00Z");
    EXPECT_EQ(time("3/14/25, 12:05 p. m."), "2025-03-14T12:05:00Z");
    EXPECT_EQ(time("14.03.25, 14:37"), "2025-03-14T14:37:00Z");
    EXPECT_EQ(time("2023-06-11 15:33:58 UTC"), "2023-06-11T15:33:58Z");
    EXPECT_EQ(time("2023/03/01 19:52:23 UTC"), "2023-03-01T19:52:23Z");
    for (const char* text : {"", "3/14/25", "3/14/25, 25:00", "3/14/25, 13:00 PM", "2:37 PM", ":"})
        EXPECT_EQ(time(text), "") << text;
}

TEST(ParseUtcStamp, TakesOneFormOnly) {
    EXPECT_EQ(format_rfc3339(*parse_utc_stamp("2023-06-11 15:33:58 UTC")), "2023-06-11T15:33:58Z");
    EXPECT_EQ(format_rfc3339(*parse_utc_stamp("2023-06-11 15:33:58")), "2023-06-11T15:33:58Z");
    for (const char* text : {"", "2023-06-11", "2023-06-31 15:33:58", "2023-06-11 24:33:58",
                             "2023-06-11 15:33:58 CET", "2023-06-11T15:33:58", "2023-06-11 15:33:5"})
        EXPECT_FALSE(parse_utc_stamp(text)) << text;
}

TEST(ParseAnniversary, KnowsDaysWithoutAYear) {
    const auto september = parse_anniversary("Sep 16");
    ASSERT_TRUE(september);
    EXPECT_EQ(september->year, 0);
    EXPECT_EQ(september->month, 9U);
    EXPECT_EQ(september->day, 16U);
    EXPECT_EQ(parse_anniversary("16. Mai")->month, 5U);
    EXPECT_EQ(parse_anniversary("4/15/1935")->year, 1935);
    EXPECT_EQ(parse_anniversary("29 Feb")->day, 29U);
    for (const char* text : {"", "Sep", "31 Apr", "12 12", "0/0/00"})
        EXPECT_FALSE(parse_anniversary(text)) << text;
}

}  // namespace
}  // namespace vv::formats
