#include "core/reminders_reasons.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");
const Zone kLisbonTime = *Zone::find("Europe/Lisbon");
const LatLng kLisbon{38.72, -9.14};
const LatLng kSintra{38.80, -9.38};  // 23 km away
const LatLng kPorto{41.15, -8.61};

Instant day(std::string_view date) {
    return kLisbonTime.start_of(*parse_date(date));
}
TieTrip ann_in_lisbon(std::string_view from = "2026-12-03", std::string_view until = "2026-12-07") {
    return {{8}, {31}, "Lisbon", kLisbon, {day(from), day(until)}};
}
Known ann() {
    Known who;
    who.id = {7};
    who.name = "Ann Lee";
    who.trust = 0.5;
    who.created_at = kNow - days(900);
    who.last_met = kNow - days(200);
    return who;
}
Whereabouts at_home(LatLng where = kLisbon) {
    Whereabouts own;
    own.home_name = "Lisbon";
    own.home = where;
    return own;
}
void go(Whereabouts& own, LatLng where, std::string_view from, std::string_view until, std::int64_t id = 41) {
    TripFrame frame;
    frame.at = where;
    frame.zone = kLisbonTime;
    frame.when = {day(from), day(until)};
    own.trips.push_back({{id}, frame});
}
std::optional<Reminder> of(const TieTrip& trip, const Whereabouts& own, Instant now = kNow) {
    return trip_overlap(trip, ann(), own, now, kLisbonTime);
}

TEST(TripReminder, SaysWhereAndWhenAndWhy) {
    const auto made = of(ann_in_lisbon(), at_home(kSintra));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->text, "Ann Lee will be in Lisbon from Thursday 3 December to Sunday 6 December.");
    ASSERT_EQ(made->why.size(), 2U);
    EXPECT_EQ(made->why[0], "You live in Lisbon.");
    EXPECT_EQ(made->kind, ReminderKind::trip);
    EXPECT_EQ(made->person, PersonId{7});
    EXPECT_EQ(made->until, day("2026-12-07"));
    EXPECT_FALSE(made->trip->own);
    EXPECT_DOUBLE_EQ(made->weight, 0.65);
    const auto there = of(ann_in_lisbon(), at_home(), day("2026-12-04"));
    EXPECT_EQ(there->text, "Ann Lee is in Lisbon until Sunday 6 December.");
    EXPECT_EQ(there->about, made->about) << "the same reason";
}

TEST(TripReminder, OnATripOfOnesOwn) {
    Whereabouts own = at_home(kPorto);
    EXPECT_FALSE(of(ann_in_lisbon(), own)) << "far from home";
    go(own, kSintra, "2026-12-06", "2026-12-12");
    const auto made = of(ann_in_lisbon(), own);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->why[0], "You will be there too, from Sunday 6 December to Friday 11 December.");
    EXPECT_EQ(made->trip->own, TripId{41});
    EXPECT_EQ(made->until, day("2026-12-07"));
    EXPECT_FALSE(of(ann_in_lisbon("2026-12-12", "2026-12-14"), own)) << "the one leaves as the other comes";
}

TEST(TripReminder, NotWhileOneIsAwayOneself) {
    Whereabouts own = at_home();
    go(own, kPorto, "2026-12-01", "2026-12-07");
    EXPECT_FALSE(of(ann_in_lisbon(), own));
    const auto last_day = of(ann_in_lisbon("2026-12-03", "2026-12-08"), own);
    ASSERT_TRUE(last_day);
    EXPECT_EQ(last_day->due, day("2026-12-07") - kTripAhead);
}

TEST(TripReminder, ComesWithinSixWeeksAndUntilItIsOver) {
    const TieTrip trip = ann_in_lisbon();
    EXPECT_FALSE(of(trip, at_home(), trip.when.start - kTripAhead - 1ms));
    EXPECT_TRUE(of(trip, at_home(), trip.when.start - kTripAhead));
    EXPECT_TRUE(of(trip, at_home(), trip.when.end - 1ms));
    EXPECT_FALSE(of(trip, at_home(), trip.when.end));
    EXPECT_NE(of(trip, at_home())->about, of(ann_in_lisbon("2026-12-04"), at_home())->about)
        << "moved, it is another reason";
}

TEST(TripReminder, NotOfWhomOneMeetsAnywayNorWithoutAHome) {
    Known asked = ann();
    asked.is_being_asked = true;
    EXPECT_FALSE(trip_overlap(ann_in_lisbon(), asked, at_home(), kNow, kLisbonTime));
    EXPECT_FALSE(of(ann_in_lisbon(), {}));
}

}  // namespace
}  // namespace vv::core
