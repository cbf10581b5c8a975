// A trip planned by estimates, then by a router of the test's own: an OSRM that tells, hangs or talks
// nonsense.
#include "jobs/trip_ways.h"

#include "app/people.h"
#include "app/trips.h"
#include "app/trips_ways.h"
#include "store/trip_ways.h"
#include "world/databases.h"
#include "world/meetings.h"
#include "world/osrm.h"

#include <gtest/gtest.h>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;
using world::as;
using world::kAnn;
using world::kNow;
using world::Osrm;

class TripWays : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        osrm.start();
        osrm_at.url = osrm.url();
        osrm_at.client.allow_private = true;
        osrm_at.client.timeout = 200ms;
    }

    /// Ann sleeps some way out of Boston, where she knows one person.
    core::TripId go_to_boston() {
        return *db().write_now([&](store::Tx& tx) -> Result<core::TripId> {
            CHECK(app::add_people(tx, as(kAnn), {{"Wei Zhou", "Boston", "", core::Relation::friend_}}, &ids));
            app::TripWanted wanted;
            wanted.city = "Boston";
            wanted.start = *parse_rfc3339("2026-12-08T14:00:00Z");
            wanted.end = *parse_rfc3339("2026-12-11T03:00:00Z");
            wanted.stay_at = LatLng{42.30, -71.20};
            TRY(const app::TripView view, app::create_trip(tx, as(kAnn), wanted, &ids));
            return view.trip.id;
        });
    }
    core::Minutes way(core::TripId trip) {
        const auto view =
            db().read_now([&](store::Tx& tx) { return app::find_trip(tx, as(kAnn, now), trip); });
        EXPECT_TRUE(view);
        for (const auto& one : view->people)
            if (one.part.when) return one.part.travel;
        ADD_FAILURE() << "nobody is planned";
        return {};
    }
    bool ask() {
        const auto asked = ask_for_ways(db(), osrm_at, now);
        EXPECT_TRUE(asked) << asked.error().detail;
        return asked && *asked;
    }
    std::size_t times_asked() { return osrm.asked().size(); }

    /// 47 minutes from anywhere to anywhere else.
    Osrm osrm{[](LatLng, LatLng) { return 2'820; }};
    notify::TravelRouter osrm_at;
    Instant now = kNow;
    IdSource ids;
};
VV_ON_EACH_DATABASE(TripWays);

TEST_P(TripWays, AreARoutersOnceItHasTold) {
    const core::TripId trip = go_to_boston();
    const core::Minutes estimate = way(trip);
    EXPECT_NE(estimate, 47min);
    EXPECT_TRUE(ask());
    EXPECT_EQ(way(trip), 47min);
    ASSERT_EQ(times_asked(), 1U);
    EXPECT_TRUE(osrm.asked()[0].starts_with("/table/v1/driving/")) << osrm.asked()[0];
    EXPECT_FALSE(ask()) << "it is known now";
    EXPECT_EQ(times_asked(), 1U);
}

TEST_P(TripWays, StayWhenTheTripIsPlannedAgain) {
    const core::TripId trip = go_to_boston();
    EXPECT_TRUE(ask());
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::replan_trip(tx, as(kAnn), trip); }));
    EXPECT_EQ(way(trip), 47min);
    EXPECT_FALSE(ask());
    app::TripChange change{trip, {}, {}, {}, LatLng{42.40, -71.00}, {}, {}};
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::change_trip(tx, as(kAnn), change); }));
    EXPECT_TRUE(ask()) << "another place to sleep is another way";
    EXPECT_EQ(way(trip), 47min);
}

TEST_P(TripWays, AreEstimatedWhileTheRouterHangsBabblesOrRefuses) {
    const core::TripId trip = go_to_boston();
    const core::Minutes estimate = way(trip);
    std::size_t asked = 0;
    for (const auto mood : {Osrm::hangs, Osrm::babbles, Osrm::refuses}) {
        osrm.set_mood(mood);
        EXPECT_FALSE(ask());
        EXPECT_EQ(times_asked(), ++asked);
        EXPECT_FALSE(ask());
        EXPECT_EQ(times_asked(), asked) << "it is left alone for a while";
        EXPECT_EQ(way(trip), estimate);
        now += 10min;
    }
    osrm.set_mood(Osrm::tells);
    EXPECT_TRUE(ask());
    EXPECT_EQ(way(trip), 47min);
}

TEST_P(TripWays, OfATripThatIsGoneAreNobodysBusiness) {
    const core::TripId trip = go_to_boston();
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::remove_trip(tx, as(kAnn), trip); }));
    EXPECT_FALSE(ask());
    EXPECT_EQ(times_asked(), 0U);
    EXPECT_TRUE(db().write_now([&](store::Tx& tx) { return app::take_ways(tx, kAnn, trip, {}, now); }));
}

TEST_P(TripWays, OfATripThatIsOverAreNotAskedFor) {
    go_to_boston();
    now = *parse_rfc3339("2027-01-01T00:00:00Z");
    EXPECT_FALSE(ask());
    EXPECT_EQ(times_asked(), 0U);
}

}  // namespace
}  // namespace vv::jobs
