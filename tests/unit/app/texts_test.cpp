#include "app/texts.h"

#include <gtest/gtest.h>

namespace vv::app {
namespace {

const Texts& kEnglish = Texts::of("en");
const Zone kToronto = *Zone::find("America/Toronto");
const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");

Span span(std::string_view start, std::string_view end) {
    return {*parse_rfc3339(start), *parse_rfc3339(end)};
}

TEST(SayWhen, NamesDayAndHoursAsPeopleDo) {
    EXPECT_EQ(say_when(kEnglish, span("2026-12-03T17:30:00Z", "2026-12-03T19:00:00Z"), kToronto, kNow),
              "Thursday 3 December, 12:30 to 14:00");
    EXPECT_EQ(say_hours(kEnglish, span("2026-12-03T17:30:00Z", "2026-12-03T19:00:00Z"), kToronto, kNow),
              "12:30 to 14:00");
}

TEST(SayWhen, NamesTheYearOnlyWhenItIsAnother) {
    EXPECT_EQ(say_when(kEnglish, span("2027-01-07T17:30:00Z", "2027-01-07T19:00:00Z"), kToronto, kNow),
              "Thursday 7 January 2027, 12:30 to 14:00");
    EXPECT_EQ(say_moment(kEnglish, *parse_rfc3339("2027-01-01T04:59:00Z"), kToronto, kNow),
              "Thursday 31 December, 23:59");
}

TEST(SayWhen, NamesBothDaysWhenThereAreTwo) {
    EXPECT_EQ(say_when(kEnglish, span("2026-12-03T14:00:00Z", "2026-12-05T21:00:00Z"), kToronto, kNow),
              "Thursday 3 December, 09:00, to Saturday 5 December, 16:00");
    EXPECT_EQ(say_hours(kEnglish, span("2026-12-03T14:00:00Z", "2026-12-05T21:00:00Z"), kToronto, kNow),
              "09:00 to Saturday 5 December, 16:00");
}

TEST(CityOf, IsTheZonesLastPart) {
    EXPECT_EQ(city_of(*Zone::find("America/New_York")), "New York");
    EXPECT_EQ(city_of(*Zone::find("America/Argentina/Buenos_Aires")), "Buenos Aires");
    EXPECT_EQ(city_of(Zone()), "UTC");
}

TEST(Texts, OfAnUnknownLanguageAreEnglish) {
    EXPECT_EQ(Texts::of("tlh").say("weekday.0"), "Sunday");
    EXPECT_EQ(Texts::of("en-CA").say("weekday.0"), "Sunday");
}

TEST(Texts, ReadOneALine) {
    const Texts texts("# a remark\n\na = 1\nb.c = x = {{y}} \n");
    EXPECT_EQ(texts.all().size(), 2U);
    EXPECT_EQ(texts.say("b.c", formats::Fields().set("y", "2")), "x = 2");
    EXPECT_EQ(texts.say("weekday.1"), "Monday");  // missing there
}

}  // namespace
}  // namespace vv::app
