#include "core/trips.h"

#include "core/trips/random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <map>

namespace vv::core {
namespace {

const LatLng kHotel{38.7139, -9.1394};  // Lisbon

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

// 3 to 5 May, nine to seven in local time.
Trip to_lisbon() {
    Trip trip;
    trip.zone = *Zone::find("Europe/Lisbon");
    for (const char* day : {"2027-05-03", "2027-05-04", "2027-05-05"})
        trip.days.push_back(
            {{at((std::string(day) + "T08:00:00Z").c_str()), at((std::string(day) + "T18:00:00Z").c_str())},
             kHotel,
             kHotel,
             4});
    return trip;
}

TripCandidate somebody(std::int64_t id, double worth) {
    TripCandidate c;
    c.person = {id};
    c.worth = worth;
    c.at = {38.72, -9.15};
    c.windows = {{{at("2027-05-03T00:00:00Z"), at("2027-05-06T00:00:00Z")}, Meal::none}};
    return c;
}

Trip with_many(int people, std::uint64_t seed) {
    trips::Random random(seed);
    Trip trip = to_lisbon();
    for (int i = 1; i <= people; ++i) {
        TripCandidate c = somebody(i, 1 + random.below(50) / 10.0);
        c.at = {38.70 + random.unit() / 10, -9.20 + random.unit() / 8};
        c.duration = Minutes(30 + 15 * random.below(5));
        c.windows.clear();
        for (int w = 1 + random.below(4); w > 0; --w) {
            const Instant from = trip.days[static_cast<std::size_t>(random.below(3))].when.start +
                                 Minutes(random.below(480) + random.below(3));
            c.windows.push_back({{from, from + Minutes(60 + random.below(180))},
                                 random.below(4) == 0 ? Meal::lunch : Meal::none});
        }
        trip.candidates.push_back(c);
    }
    return trip;
}

const TripCandidate& candidate(const Trip& trip, PersonId person) {
    return *std::ranges::find(trip.candidates, person, &TripCandidate::person);
}

// Everything that a plan promises, from the trip's own words.
void expect_sound(const Trip& trip, const TripPlan& plan) {
    std::map<std::pair<std::size_t, Meal>, int> meals;
    std::map<std::size_t, int> in_day;
    std::set<PersonId> met;
    for (std::size_t i = 0; i < plan.meetings.size(); ++i) {
        const TripMeeting& m = plan.meetings[i];
        const TripCandidate& c = candidate(trip, m.person);
        EXPECT_TRUE(met.insert(m.person).second);
        const TripDay& day = trip.days[m.day];
        const bool is_first = i == 0 || plan.meetings[i - 1].day != m.day;
        const Instant before = is_first ? day.when.start : plan.meetings[i - 1].when.end;
        const LatLng from = is_first ? day.begins : plan.meetings[i - 1].at;
        const double way = from == m.at ? 0 : travel_minutes(trip.mode, distance_km(from, m.at));
        EXPECT_GE(static_cast<double>((m.when.start - before) / std::chrono::milliseconds(1)), way * 60'000);
        if (!is_first) {
            EXPECT_GE(m.when.start - before, trip.rest);
        }
        EXPECT_LE(m.when.end, day.when.end);
        EXPECT_LE(++in_day[m.day], day.most);
        if (m.meal != Meal::none) {
            EXPECT_EQ(++meals[std::pair(m.day, m.meal)], 1);
        }
        if (m.is_fixed) {
            EXPECT_EQ(m.when, *c.fixed);
            continue;
        }
        EXPECT_EQ(m.when.end - m.when.start, c.duration);
        EXPECT_TRUE(std::ranges::any_of(c.windows, [&](const TripWindow& w) {
            return w.meal == m.meal && w.free.start <= m.when.start && m.when.end <= w.free.end;
        }));
        if (m.meal == Meal::lunch) {
            const auto local = trip.zone.to_local(m.when.start);
            const auto minutes = local - std::chrono::floor<std::chrono::days>(local);
            EXPECT_GE(minutes, trip.lunch.from);
            EXPECT_LE(minutes + (m.when.end - m.when.start), trip.lunch.until);
        }
    }
    EXPECT_GE(plan.bound, plan.worth);
}

trips::Effort some() {
    return {500, {}, 1};
}

TEST(Trips, PlansADayAroundWhatSuits) {
    Trip trip = to_lisbon();
    trip.candidates = {somebody(1, 5), somebody(2, 3)};
    trip.candidates[0].windows = {{{at("2027-05-04T12:00:00Z"), at("2027-05-04T13:00:00Z")}, Meal::none}};
    trip.candidates[0].at = {38.70, -9.13};
    const auto plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->meetings.size(), 2U);
    EXPECT_TRUE(plan->is_best());
    EXPECT_DOUBLE_EQ(plan->worth, 8);
    EXPECT_EQ(plan->meetings[1].person.value, 1);
    EXPECT_EQ(plan->meetings[1].when.start, at("2027-05-04T12:00:00Z"));
    EXPECT_GT(plan->meetings[1].travel.count(), 0);
    expect_sound(trip, *plan);
}

TEST(Trips, LunchIsAtLunchTimeAndOncePerDay) {
    Trip trip = to_lisbon();
    for (int i = 1; i <= 5; ++i) {
        trip.candidates.push_back(somebody(i, i));
        trip.candidates.back().windows[0].meal = Meal::lunch;
    }
    const auto plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->meetings.size(), 3U);
    EXPECT_DOUBLE_EQ(plan->worth, 5 + 4 + 3);
    EXPECT_EQ(plan->left_out, (std::vector<PersonId>{{1}, {2}}));
    expect_sound(trip, *plan);
}

TEST(Trips, EveryPlanIsSound) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Trip trip = with_many(5 + static_cast<int>(seed), seed);
        const auto plan = plan_trip(trip, some(), 5);
        ASSERT_TRUE(plan);
        expect_sound(trip, *plan);
        EXPECT_EQ(plan->meetings.size() + plan->left_out.size(), trip.candidates.size());
    }
}

TEST(Trips, HealsAroundADeclineAndKeepsWhatIsConfirmed) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Trip trip = with_many(seed % 2 ? 12 : 35, seed);
        auto plan = plan_trip(trip, some(), 5);
        ASSERT_TRUE(plan);
        ASSERT_GE(plan->meetings.size(), 3U);
        const TripMeeting declined = plan->meetings[1];
        for (const TripMeeting& m : plan->meetings)
            if (m.person != declined.person) {
                ASSERT_TRUE(keep(trip, m));
            }
        ASSERT_TRUE(let_go(trip, declined.person));
        const auto healed = plan_trip(trip, some(), 5);
        ASSERT_TRUE(healed);
        expect_sound(trip, *healed);
        EXPECT_TRUE(healed->clashing.empty());
        for (const TripMeeting& m : plan->meetings) {
            const auto same = std::ranges::find(healed->meetings, m.person, &TripMeeting::person);
            if (m.person == declined.person) {
                EXPECT_EQ(same, healed->meetings.end());
            } else {
                ASSERT_NE(same, healed->meetings.end());
                EXPECT_EQ(same->when, m.when);
                EXPECT_EQ(same->meal, m.meal);
            }
        }
    }
}

TEST(Trips, FixedTimesAreKeptToTheMinuteAndClashesNamed) {
    Trip trip = to_lisbon();
    trip.candidates = {somebody(1, 0), somebody(2, 900), somebody(3, 1)};
    trip.candidates[0].fixed = Span{at("2027-05-03T10:03:00Z"), at("2027-05-03T11:02:00Z")};
    trip.candidates[1].fixed = Span{at("2027-05-03T10:30:00Z"), at("2027-05-03T11:30:00Z")};
    const auto plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->clashing, std::vector<PersonId>{{1}});  // of two that clash, the one worth less
    trip.candidates[1].fixed = Span{at("2027-05-03T11:20:00Z"), at("2027-05-03T11:30:00Z")};
    const auto both = plan_trip(trip, some());
    ASSERT_TRUE(both);
    EXPECT_TRUE(both->clashing.empty());
    EXPECT_EQ(both->meetings.size(), 3U);
    expect_sound(trip, *both);
}

TEST(Trips, MealsKeepLocalHoursWhenClocksChange) {
    Trip trip;
    trip.zone = *Zone::find("Europe/Lisbon");
    // On 28 March 2027 clocks go forward at one in the morning.
    trip.days = {{{at("2027-03-27T08:00:00Z"), at("2027-03-27T20:00:00Z")}, kHotel, kHotel, 4},
                 {{at("2027-03-28T07:00:00Z"), at("2027-03-28T19:00:00Z")}, kHotel, kHotel, 4}};
    for (int i = 1; i <= 2; ++i) {
        trip.candidates.push_back(somebody(i, 1));
        trip.candidates.back().at = kHotel;
        trip.candidates.back().windows = {
            {{at("2027-03-27T00:00:00Z"), at("2027-03-29T00:00:00Z")}, Meal::lunch}};
    }
    const auto plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->meetings.size(), 2U);
    EXPECT_EQ(plan->meetings[0].when.start, at("2027-03-27T11:30:00Z"));
    EXPECT_EQ(plan->meetings[1].when.start, at("2027-03-28T10:30:00Z"));
}

TEST(Trips, ARoutersTimesAreUsedWhenGiven) {
    Trip trip = to_lisbon();
    trip.candidates = {somebody(1, 1)};
    trip.travel = [](LatLng, LatLng) { return Minutes(301); };
    auto plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->meetings.empty());  // there and back takes the whole day
    trip.travel = [](LatLng, LatLng) { return Minutes(121); };
    plan = plan_trip(trip, some());
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->meetings.size(), 1U);
    EXPECT_EQ(plan->meetings[0].travel, Minutes(121));
    EXPECT_EQ(plan->meetings[0].when.start, at("2027-05-03T10:05:00Z"));
}

TEST(Trips, RefusesWhatMakesNoSense) {
    const auto code_of = [](auto change) {
        Trip trip = to_lisbon();
        trip.candidates = {somebody(1, 1), somebody(2, 1)};
        change(trip);
        const auto plan = plan_trip(trip, some());
        return plan ? std::string("accepted") : plan.error().code;
    };
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(code_of([](Trip&) {}), "accepted");
    EXPECT_EQ(code_of([](Trip& t) { std::swap(t.days[0].when.start, t.days[0].when.end); }),
              "trip.day_reversed");
    EXPECT_EQ(code_of([](Trip& t) { std::swap(t.days[0], t.days[2]); }), "trip.days_overlap");
    EXPECT_EQ(code_of([](Trip& t) { t.days[2].when.end += std::chrono::days(500); }), "trip.too_long");
    EXPECT_EQ(code_of([&](Trip& t) { t.days[1].ends.lat = kNaN; }), "trip.nowhere");
    EXPECT_EQ(code_of([](Trip& t) { t.candidates[1].at = {91, 0}; }), "trip.nowhere");
    EXPECT_EQ(code_of([&](Trip& t) { t.candidates[1].worth = kNaN; }), "trip.worth_out_of_range");
    EXPECT_EQ(code_of([](Trip& t) { t.candidates[1].worth = -1; }), "trip.worth_out_of_range");
    EXPECT_EQ(code_of([](Trip& t) { t.candidates[1].duration = Minutes(-5); }), "trip.duration_out_of_range");
    EXPECT_EQ(code_of([](Trip& t) {
                  std::swap(t.candidates[0].windows[0].free.start, t.candidates[0].windows[0].free.end);
              }),
              "trip.window_reversed");
    EXPECT_EQ(code_of([](Trip& t) { t.candidates[1].person = t.candidates[0].person; }), "trip.person_twice");
    EXPECT_EQ(code_of([](Trip& t) { t.rest = Minutes(-1); }), "trip.rest_out_of_range");
    EXPECT_EQ(code_of([](Trip& t) { t.days.clear(); }), "accepted");
    EXPECT_EQ(code_of([](Trip& t) { t.days[0].most = -3; }), "accepted");
}

TEST(Trips, StrangersCannotAnswer) {
    Trip trip = to_lisbon();
    EXPECT_EQ(let_go(trip, {9}).error().fault, Fault::not_found);
    EXPECT_EQ(keep(trip, {{9}, {}, 0, {}, Meal::none, Minutes(0), false}).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace vv::core
