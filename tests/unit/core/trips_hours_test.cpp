#include "core/trips_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::core {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

TripFrame lyon() {
    TripFrame frame;
    frame.place = "Lyon";
    frame.at = frame.stay_at = {45.75, 4.85};
    frame.zone = *Zone::find("Europe/Paris");
    frame.when = {at("2027-05-03T10:00:00Z"), at("2027-05-05T20:00:00Z")};  // Monday to Wednesday
    return frame;
}

TEST(TripDays, AreAsLongAsThereIsToDo) {
    const TripFrame frame = lyon();
    const std::vector<Span> free{{at("2027-05-03T12:00:00Z"), at("2027-05-03T16:00:00Z")},
                                 {at("2027-05-05T08:00:00Z"), at("2027-05-05T19:00:00Z")}};
    const auto days = days_of(frame, free, {});
    ASSERT_EQ(days.size(), 2U);  // nothing on Tuesday
    EXPECT_EQ(days[0].when, (Span{at("2027-05-03T10:00:00Z"), at("2027-05-03T19:00:00Z")}));
    EXPECT_EQ(days[1].when, (Span{at("2027-05-05T05:00:00Z"), at("2027-05-05T20:00:00Z")}));
    // What is fixed has a day whatever the hours.
    const std::vector<Span> fixed{{at("2027-05-04T05:00:00Z"), at("2027-05-04T06:00:00Z")}};
    EXPECT_EQ(days_of(frame, free, fixed).size(), 3U);
}

TEST(TripDays, BeginAtMidnightOfTheTripsOwnZoneWhateverTheClocksDo) {
    TripFrame frame = lyon();
    frame.when = {at("2026-10-24T00:00:00Z"), at("2026-10-26T23:00:00Z")};  // clocks go back on the 25th
    const std::vector<Span> always{frame.when};
    const auto days = days_of(frame, always, {});
    ASSERT_EQ(days.size(), 3U);
    EXPECT_EQ(days[1].when, (Span{at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")}));
}

TEST(TripWindows, AreMealsAtMealTimes) {
    const Span day{at("2027-05-03T08:00:00Z"), at("2027-05-03T20:00:00Z")};  // 10:00 to 22:00
    std::string said;
    for (const TripWindow& window : windows_of({day}, lyon().zone, day)) {
        const char* meal = window.meal == Meal::none ? "" : window.meal == Meal::lunch ? "lunch " : "dinner ";
        said += meal + format_rfc3339(window.free.start).substr(11, 5) + "-" +
                format_rfc3339(window.free.end).substr(11, 5) + " ";
    }
    EXPECT_EQ(said, "08:00-09:30 12:30-16:00 lunch 09:30-12:30 dinner 16:00-20:00 ");
}

TEST(UsualHours, AreOfTheTie) {
    const Zone zone = lyon().zone;
    const Span saturday{at("2027-05-07T22:00:00Z"), at("2027-05-08T22:00:00Z")};
    const Span monday{at("2027-05-02T22:00:00Z"), at("2027-05-03T22:00:00Z")};
    EXPECT_THAT(usual_hours(Relation::colleague, true, zone, saturday), IsEmpty());
    EXPECT_THAT(usual_hours(Relation::colleague, true, zone, monday),
                ElementsAre(Span{at("2027-05-03T07:00:00Z"), at("2027-05-03T20:00:00Z")}));
    // Never met: by daylight.
    EXPECT_THAT(usual_hours(Relation::colleague, false, zone, monday),
                ElementsAre(Span{at("2027-05-03T07:00:00Z"), at("2027-05-03T16:00:00Z")}));
    EXPECT_THAT(usual_hours(Relation::friend_, true, zone, monday),
                ElementsAre(Span{at("2027-05-03T09:30:00Z"), at("2027-05-03T12:30:00Z")},
                            Span{at("2027-05-03T15:00:00Z"), at("2027-05-03T20:00:00Z")}));
}

TEST(Pace, KeepsTheBestMeetingsOfAWeek) {
    const TripFrame frame = lyon();
    const std::vector<Span> always{frame.when};
    auto days = days_of(frame, always, {});
    std::vector<TripMeeting> meetings(4);
    for (std::size_t i = 0; i < meetings.size(); ++i) {
        meetings[i].day = i == 0 ? 0 : i == 3 ? 2 : 1;
        meetings[i].when = {days[meetings[i].day].when.start, days[meetings[i].day].when.start + hours(1)};
    }
    const std::vector<double> worths{1, 5, 2, 9};
    auto same = days;
    EXPECT_FALSE(keep_pace(same, meetings, worths, {}, 4, frame.zone));
    ASSERT_TRUE(keep_pace(days, meetings, worths, {}, 2, frame.zone));
    EXPECT_EQ(days[0].most, 0);
    EXPECT_EQ(days[1].most, 1);
    EXPECT_EQ(days[2].most, 1);
    // One of the week is elsewhere already, and what is fixed counts before what is worth more.
    const std::vector<Span> before{{at("2027-05-07T10:00:00Z"), at("2027-05-07T11:00:00Z")}};
    meetings[0].is_fixed = true;
    ASSERT_TRUE(keep_pace(same, meetings, worths, before, 2, frame.zone));
    EXPECT_EQ(same[0].most, 1);
    EXPECT_EQ(same[1].most, 0);
    EXPECT_EQ(same[2].most, 0);
}

TEST(Pace, BoundsWhatAPlanIsWorth) {
    const TripFrame frame = lyon();
    const std::vector<Span> always{frame.when};
    Trip trip;
    trip.zone = frame.zone;
    trip.days = days_of(frame, always, {});
    for (const double worth : {1.0, 5.0, 2.0, 0.7, 9.0}) {
        TripCandidate candidate;
        candidate.worth = worth;
        if (worth < 9) candidate.windows = {{frame.when, Meal::none}};
        trip.candidates.push_back(candidate);
    }
    EXPECT_DOUBLE_EQ(most_at_pace(trip, {}, 2), 7) << "nobody counts who has no time";
    EXPECT_DOUBLE_EQ(most_at_pace(trip, {}, 20), 8.7);
    trip.candidates[3].fixed = Span{at("2027-05-04T10:00:00Z"), at("2027-05-04T11:00:00Z")};
    EXPECT_DOUBLE_EQ(most_at_pace(trip, {}, 2), 5.7) << "what is fixed takes its place";
    const std::vector<Span> before{{at("2027-05-07T10:00:00Z"), at("2027-05-07T11:00:00Z")}};
    EXPECT_DOUBLE_EQ(most_at_pace(trip, before, 2), 0.7);
    EXPECT_DOUBLE_EQ(most_at_pace(trip, before, 1), 0.7) << "and happens anyway";
}

TEST(Pace, RestsForDays) {
    const TripFrame frame = lyon();
    const std::vector<Span> always{frame.when};
    auto days = days_of(frame, always, {});
    keep_rest(days, hours(2));
    EXPECT_EQ(days[1].most, 4);
    keep_rest(days, hours(40));
    EXPECT_EQ(days[0].most, 1);
    EXPECT_EQ(days[1].most, 0);
    EXPECT_EQ(days[2].most, 1);
}

}  // namespace
}  // namespace vv::core
