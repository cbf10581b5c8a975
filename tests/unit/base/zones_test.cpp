#include "base/zones.h"

#include <gtest/gtest.h>

namespace vv {
namespace {

TEST(ZoneByAnyName, KnowsIanaNamesWindowsNamesAndPrefixes) {
    EXPECT_EQ(zone_by_any_name("Europe/Paris", "")->name(), "Europe/Paris");
    EXPECT_EQ(zone_by_any_name("W. Europe Standard Time", "")->name(), "Europe/Berlin");
    EXPECT_EQ(zone_by_any_name("Eastern Standard Time", "CA")->name(), "America/Toronto");
    EXPECT_EQ(zone_by_any_name("Eastern Standard Time", "")->name(), "America/New_York");
    EXPECT_EQ(zone_by_any_name("/softwarestudio.org/Tzfile/Europe/Paris", "")->name(), "Europe/Paris");
    EXPECT_EQ(zone_by_any_name("/freeassociation.sourceforge.net/America/Argentina/Salta", "")->name(),
              "America/Argentina/Salta");
}

// A calendar of long ago has the old name, one of today the new: they are one zone.
TEST(ZoneByAnyName, KnowsZonesThatWereRenamedByEitherName) {
    const Instant winter = *parse_rfc3339("2026-12-01T12:00:00Z"),
                  summer = *parse_rfc3339("2026-07-01T12:00:00Z");
    for (const auto& [before, now] :
         {std::pair("Asia/Calcutta", "Asia/Kolkata"), std::pair("Europe/Kiev", "Europe/Kyiv"),
          std::pair("Asia/Saigon", "Asia/Ho_Chi_Minh"), std::pair("US/Eastern", "America/New_York"),
          std::pair("America/Godthab", "America/Nuuk"), std::pair("Asia/Rangoon", "Asia/Yangon")}) {
        const auto one = zone_by_any_name(before, ""), other = zone_by_any_name(now, "");
        ASSERT_TRUE(one) << before;
        ASSERT_TRUE(other) << now;
        for (const Instant at : {winter, summer}) EXPECT_EQ(one->to_local(at), other->to_local(at)) << before;
    }
}

TEST(ZoneByAnyName, IsNothingForOtherNames) {
    for (const char* name :
         {"", "Customized Time Zone", "/", "../../etc/passwd", "Europe", "(UTC+01:00) Amsterdam"})
        EXPECT_EQ(zone_by_any_name(name, "NL"), std::nullopt) << name;
}

TEST(ZoneShifts, BeginWithTheOneInForceAndHoldEachChangeOfTheSpan) {
    const auto zone = *Zone::find("Europe/Paris");
    const auto shifts =
        zone.shifts({*parse_rfc3339("2026-01-01T00:00:00Z"), *parse_rfc3339("2026-12-31T00:00:00Z")});
    ASSERT_EQ(shifts.size(), 3U);
    EXPECT_EQ(format_rfc3339(shifts[0].at), "2025-10-26T01:00:00Z");
    EXPECT_EQ(format_rfc3339(shifts[1].at), "2026-03-29T01:00:00Z");
    EXPECT_TRUE(shifts[1].daylight);
    EXPECT_EQ(shifts[1].before, std::chrono::hours(1));
    EXPECT_EQ(shifts[1].after, std::chrono::hours(2));
    EXPECT_EQ(Zone().shifts({from_millis(0), from_millis(1)}).size(), 1U);
}

}  // namespace
}  // namespace vv
