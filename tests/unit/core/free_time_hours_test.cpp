#include "core/free_time_hours.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <string>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

MeetingHabits every_day(std::vector<HourRange> ranges) {
    MeetingHabits habits;
    habits.hours.fill(std::move(ranges));
    return habits;
}

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

std::vector<Span> on(const char* zone, const MeetingHabits& habits, const char* date) {
    const Zone found = *Zone::find(zone);
    const Date day = *parse_date(date);
    return meeting_hours(habits, found,
                         {found.start_of(day), found.start_of(Date(std::chrono::local_days(day) + days(1)))});
}

TEST(MeetingHours, AreWallTimeWhateverTheClocksDo) {
    const auto nine_to_five = every_day({{hours(9), hours(17)}});
    EXPECT_THAT(on("Europe/Paris", nine_to_five, "2026-03-28"),
                ElementsAre(Span{at("2026-03-28T08:00:00Z"), at("2026-03-28T16:00:00Z")}));
    EXPECT_THAT(on("Europe/Paris", nine_to_five, "2026-03-29"),
                ElementsAre(Span{at("2026-03-29T07:00:00Z"), at("2026-03-29T15:00:00Z")}));
}

TEST(MeetingHours, WhatAJumpSkipsIsNone) {
    EXPECT_THAT(on("Europe/Paris", every_day({{hours(2), hours(3)}}), "2026-03-29"), ElementsAre());
    EXPECT_THAT(on("Europe/Paris", every_day({{hours(1), hours(4)}}), "2026-03-29"),
                ElementsAre(Span{at("2026-03-29T00:00:00Z"), at("2026-03-29T02:00:00Z")}));
    // Samoa left out 30 December 2011.
    const Zone apia = *Zone::find("Pacific/Apia");
    const auto spans =
        meeting_hours(every_day({{hours(9), hours(17)}}), apia,
                      {apia.start_of(*parse_date("2011-12-29")), apia.start_of(*parse_date("2012-01-01"))});
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(format_date(apia.date_of(spans[1].start)), "2011-12-31");
}

TEST(MeetingHours, WhatAFoldRepeatsCountsOnce) {
    EXPECT_THAT(on("Europe/Paris", every_day({{hours(2), hours(3)}}), "2026-10-25"),
                ElementsAre(Span{at("2026-10-25T00:00:00Z"), at("2026-10-25T01:00:00Z")}));
    EXPECT_THAT(on("Europe/Paris", every_day({{hours(1), hours(5)}}), "2026-10-25"),
                ElementsAre(Span{at("2026-10-24T23:00:00Z"), at("2026-10-25T01:00:00Z")},
                            Span{at("2026-10-25T02:00:00Z"), at("2026-10-25T04:00:00Z")}));
}

TEST(MeetingHours, JoinOverMidnightAndLeaveOutDaysKeptFree) {
    auto habits = every_day({{hours(0), hours(24)}});
    EXPECT_EQ(meeting_hours(habits, Zone(), {at("2026-12-01T00:00:00Z"), at("2026-12-08T00:00:00Z")}).size(),
              1U);
    habits.kept_free = {{*parse_date("2026-12-03"), *parse_date("2026-12-04")}};
    EXPECT_THAT(meeting_hours(habits, Zone(), {at("2026-12-01T00:00:00Z"), at("2026-12-08T00:00:00Z")}),
                ElementsAre(Span{at("2026-12-01T00:00:00Z"), at("2026-12-03T00:00:00Z")},
                            Span{at("2026-12-05T00:00:00Z"), at("2026-12-08T00:00:00Z")}));
}

TEST(TakenByPace, LeavesRestAndEndsFullWeeks) {
    const Zone paris = *Zone::find("Europe/Paris");
    const std::vector<Span> meetings = {
        {at("2026-12-01T12:00:00Z"), at("2026-12-01T13:00:00Z")},
        {at("2026-12-06T22:30:00Z"), at("2026-12-06T22:45:00Z")}};  // Sunday 23:30
    EXPECT_THAT(taken_by_pace({2, hours(24)}, meetings, paris),
                ElementsAre(Span{at("2026-11-30T12:00:00Z"), at("2026-12-02T13:00:00Z")},
                            Span{at("2026-12-05T22:30:00Z"), at("2026-12-07T22:45:00Z")},
                            Span{at("2026-11-29T23:00:00Z"), at("2026-12-06T23:00:00Z")}));
    EXPECT_EQ(taken_by_pace({3, hours(0)}, meetings, paris).size(), 2U);
}

TEST(WholeDays, BelongToTheZoneOneIsIn) {
    const std::vector<DayRange> one = {{*parse_date("2026-12-24"), *parse_date("2026-12-25")}};
    EXPECT_THAT(whole_days(one, *Zone::find("Asia/Tokyo")),
                ElementsAre(Span{at("2026-12-23T15:00:00Z"), at("2026-12-25T15:00:00Z")}));
    EXPECT_THAT(whole_days(one, *Zone::find("America/New_York")),
                ElementsAre(Span{at("2026-12-24T05:00:00Z"), at("2026-12-26T05:00:00Z")}));
}

TEST(Tidy, SortsJoinsAndRefuses) {
    EXPECT_THAT(
        tidy(every_day({{hours(13), hours(17)}, {hours(9), hours(13)}, {hours(19), hours(20)}}))->hours[3],
        ElementsAre(HourRange{hours(9), hours(17)}, HourRange{hours(19), hours(20)}));
    EXPECT_EQ(tidy(every_day({{hours(9), hours(25)}})).error().code, "free_time.hours");
    EXPECT_EQ(tidy(every_day({{hours(9), hours(9)}})).error().code, "free_time.hours");
    MeetingHabits habits = usual_habits();
    EXPECT_TRUE(tidy(habits).ok());
    habits.pace.a_week = 51;
    EXPECT_EQ(tidy(habits).error().code, "free_time.a_week");
    habits = usual_habits();
    habits.pace.rest = hours(24 * 15);
    EXPECT_EQ(tidy(habits).error().code, "free_time.rest");
    habits = usual_habits();
    habits.kept_free = {{*parse_date("2026-12-25"), *parse_date("2026-12-24")}};
    EXPECT_EQ(tidy(habits).error().code, "free_time.days");
}

// ---- every shift of every zone, 2000 to 2040 ----

std::vector<Zone> all_zones() {
    const std::filesystem::path root = "/usr/share/zoneinfo";
    std::vector<Zone> zones;
    std::set<std::string> seen;  // zones of one clock are looked at once
    for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
        const std::string name = file.path().lexically_relative(root).string();
        if (name.starts_with("posix/") || name.starts_with("right/") || !file.is_regular_file()) continue;
        const auto zone = Zone::find(name);
        if (!zone) continue;
        std::string clock;
        for (const ZoneShift& shift : zone->shifts({at("1999-12-01T00:00:00Z"), at("2041-01-01T00:00:00Z")}))
            clock += std::to_string(millis(shift.at)) + "+" + std::to_string(shift.after.count()) + " ";
        if (seen.insert(clock).second) zones.push_back(*zone);
    }
    return zones;
}

bool holds(const std::vector<Span>& spans, Instant t) {
    return std::ranges::any_of(spans, [t](const Span& s) { return s.start <= t && t < s.end; });
}

bool holds(const MeetingHabits& habits, WallTime wall) {
    const auto day = std::chrono::floor<days>(wall);
    return std::ranges::any_of(
        habits.hours[std::chrono::weekday(day).iso_encoding() - 1],
        [&](const HourRange& r) { return day + r.start <= wall && wall < day + r.end; });
}

// An instant is within the hours if its wall time is, and it is the first that shows this wall time.
void look_around(const Zone& zone, Instant shift, const MeetingHabits& habits) {
    const Span around{shift - hours(30), shift + hours(30)};
    const auto spans = meeting_hours(habits, zone, around);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        ASSERT_LT(spans[i].start, spans[i].end);
        if (i > 0) {
            ASSERT_LT(spans[i - 1].end, spans[i].start);
        }
    }
    for (Instant t = std::chrono::ceil<minutes>(around.start); t < around.end; t += minutes(15)) {
        const WallTime wall = zone.to_local(t);
        const bool is_first = zone.to_utc(wall) == t;
        ASSERT_EQ(holds(spans, t), is_first && holds(habits, wall))
            << zone.name() << ' ' << format_rfc3339(t);
    }
}

TEST(MeetingHours, AreRightAtEveryShiftOfEveryZoneFrom2000To2040) {
    auto habits = every_day({{hours(9), hours(17)}});
    habits.hours[6] = {{hours(0), minutes(150)}, {hours(3), hours(24)}};  // most shifts are on Sundays
    habits.hours[5] = {{minutes(90), minutes(150)}, {hours(22), hours(24)}};
    habits.hours[4] = {{hours(0), hours(24)}};
    const std::vector<Zone> zones = all_zones();
    ASSERT_GT(zones.size(), 150U);
    int shifts = 0;
    for (const Zone& zone : zones)
        for (const ZoneShift& shift : zone.shifts({at("2000-01-01T00:00:00Z"), at("2041-01-01T00:00:00Z")})) {
            if (shift.at < at("1999-12-31T00:00:00Z") || shift.before == shift.after) continue;
            ++shifts;
            look_around(zone, shift.at, habits);
            if (HasFatalFailure()) return;
        }
    EXPECT_GT(shifts, 4'000);
}

}  // namespace
}  // namespace vv::core
