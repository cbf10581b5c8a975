// A trip planned by estimates, then by a router of the test's own: an OSRM that tells, hangs or talks
// nonsense.
#include "jobs/trip_ways.h"

#include "app/people.h"
#include "app/trips.h"
#include "app/trips_ways.h"
#include "net/server.h"
#include "store/trip_ways.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>
#include <mutex>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;
using world::as;
using world::kAnn;
using world::kNow;

struct Osrm {
    std::mutex mutex;
    enum Mood { tells, hangs, babbles, refuses };
    Mood mood = tells;
    std::vector<std::string> asked;
};
Osrm osrm;

/// 47 minutes from anywhere to anywhere else.
std::string table_for(const std::string& path) {
    const auto places = static_cast<std::size_t>(std::count(path.begin(), path.end(), ';')) + 1;
    std::string rows;
    for (std::size_t i = 0; i < places; ++i) {
        rows += i == 0 ? "[" : ",[";
        for (std::size_t j = 0; j < places; ++j)
            rows += (j == 0 ? "" : ",") + std::string(i == j ? "0" : "2820");
        rows += "]";
    }
    return R"({"code":"Ok","durations":[)" + rows + "]}";
}

boost::asio::awaitable<net::Response> answer(net::Request request) {
    Osrm::Mood mood = Osrm::tells;
    {
        const std::lock_guard lock(osrm.mutex);
        osrm.asked.push_back(request.path);
        mood = osrm.mood;
    }
    if (mood == Osrm::hangs) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 1s);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    if (mood == Osrm::babbles) co_return net::Response(200, "text/html", "<h1>It works</h1>");
    if (mood == Osrm::refuses) co_return net::Response(400, "application/json", R"({"code":"TooBig"})");
    co_return net::Response(200, "application/json", table_for(request.path));
}

class TripWays : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        osrm.mood = Osrm::tells;
        osrm.asked.clear();
        router_.set_fallback(answer);
        net::ServerOptions options;
        options.listen = "127.0.0.1:0";
        options.threads = 1;
        options.upload_folder = folder_.path();
        auto made = net::Server::create(options, router_);
        ASSERT_TRUE(made) << made.error().detail;
        server_ = *std::move(made);
        server_->start();
        osrm_at.url = server_->url();
        osrm_at.client.allow_private = true;
        osrm_at.client.timeout = 200ms;
    }
    void TearDown() override {
        if (server_) server_->drain(2s);
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
    std::size_t times_asked() {
        const std::lock_guard lock(osrm.mutex);
        return osrm.asked.size();
    }

    notify::TravelRouter osrm_at;
    Instant now = kNow;
    IdSource ids;

private:
    world::TempFolder folder_;
    net::Router router_;
    std::unique_ptr<net::Server> server_;
};
VV_ON_EACH_DATABASE(TripWays);

TEST_P(TripWays, AreARoutersOnceItHasTold) {
    const core::TripId trip = go_to_boston();
    const core::Minutes estimate = way(trip);
    EXPECT_NE(estimate, 47min);
    EXPECT_TRUE(ask());
    EXPECT_EQ(way(trip), 47min);
    ASSERT_EQ(times_asked(), 1U);
    EXPECT_TRUE(osrm.asked[0].starts_with("/table/v1/driving/")) << osrm.asked[0];
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
        osrm.mood = mood;
        EXPECT_FALSE(ask());
        EXPECT_EQ(times_asked(), ++asked);
        EXPECT_FALSE(ask());
        EXPECT_EQ(times_asked(), asked) << "it is left alone for a while";
        EXPECT_EQ(way(trip), estimate);
        now += 10min;
    }
    osrm.mood = Osrm::tells;
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
