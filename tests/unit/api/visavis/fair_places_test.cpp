// A fair place by estimate, and by a router of the test's own: an OSRM that tells, hangs or talks nonsense.
#include "api/http/travel_desk.h"
#include "net/server.h"
#include "notify/travel_router.h"
#include "store/venues.h"
#include "world/api.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <charconv>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>

namespace vv::api::visavis {
namespace {

using namespace std::chrono_literals;

struct Osrm {
    std::mutex mutex;
    enum Mood { tells, hangs, babbles, refuses };
    Mood mood = tells;
    std::vector<std::string> asked;
};
Osrm osrm;

std::vector<LatLng> places_of(const std::string& path) {
    std::vector<LatLng> places;
    const char* at = path.c_str() + path.rfind('/') + 1;
    const char* const end = path.c_str() + path.size();
    while (at < end) {
        LatLng place;
        at = std::from_chars(at, end, place.lng).ptr + 1;
        at = std::from_chars(at, end, place.lat).ptr + 1;
        places.push_back(place);
    }
    return places;
}

bool is_on_island(LatLng at) {
    return at.lat > 43.74 && at.lat < 43.7499 && at.lng > -79.42;
}

// Everything is ten minutes away, but for the island: an hour over the water.
std::string table_for(const std::string& path) {
    const auto places = places_of(path);
    std::string rows;
    for (const LatLng& from : places) {
        rows += rows.empty() ? "[" : ",[";
        for (const LatLng& to : places) {
            const bool is_over_water = is_on_island(from) != is_on_island(to);
            rows += (&to == places.data() ? "" : ",") + std::string(from == to      ? "0"
                                                                    : is_over_water ? "3600"
                                                                                    : "600");
        }
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
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 2s);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    if (mood == Osrm::babbles) co_return net::Response(200, "text/html", "<h1>It works</h1>");
    if (mood == Osrm::refuses) co_return net::Response(400, "application/json", R"({"code":"TooBig"})");
    co_return net::Response(200, "application/json", table_for(request.path));
}

class FairPlacesByRouter : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
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
        notify::TravelRouter at;
        at.url = server_->url();
        at.client.allow_private = true;
        at.client.timeout = 300ms;
        desk_.emplace(core::TravelMode::car,
                      [at](std::vector<LatLng> places) { return notify::ask_router(at, std::move(places)); });
        ann.emplace(signed_in("ann"));
        bea = ann->post("/people", R"({"name":"Bea","city":"Toronto"})").text("/id");
        map();
    }
    void TearDown() override {
        context.reset();
        desk_.reset();
        if (server_) server_->drain(3s);
    }
    // "Island" is the fairest as the crow flies; the way there is over the water.
    void map() {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            const auto cafe = [](const char* name, LatLng at) {
                return store::venues::NewVenue{
                    name, {name, core::VenueKind::cafe, "", at, core::venue_feature::is_public}};
            };
            const std::vector venues{cafe("Island", {43.7421, -79.3987}), cafe("Hill", {43.7623, -79.4218}),
                                     cafe("South", {43.6912, -79.4013})};
            store::venues::write(tx, {"town", 1}, venues, ids, now);
            return Done{};
        }));
    }
    void use_router() { context->travel = &*desk_; }
    world::Answer seek(const std::string& more = "") {
        return ann->post("/fair-places", R"({"person":")" + bea +
                                             R"(","kind":"coffee","from":[43.7138,-79.4021])" + more + "}");
    }
    static std::vector<std::string> asked() {
        const std::lock_guard lock(osrm.mutex);
        return osrm.asked;
    }
    std::optional<world::Visitor> ann;
    std::string bea;

private:
    world::TempFolder folder_;
    net::Router router_;
    std::unique_ptr<net::Server> server_;
    std::optional<TravelDesk> desk_;
};
VV_ON_EACH_DATABASE(FairPlacesByRouter);

TEST_P(FairPlacesByRouter, AreChosenByItsWays) {
    const world::Answer estimated = seek(R"(,"by":"car","their_way":"car")");
    EXPECT_EQ(estimated.text("/ways"), "estimate");
    EXPECT_EQ(estimated.text("/places/0/name"), "Island");
    use_router();
    const world::Answer found = seek();
    EXPECT_EQ(found.text("/ways"), "router");
    EXPECT_EQ(found.text("/by"), "car") << "as the router goes, without a word on it";
    EXPECT_EQ(found.text("/places/0/name"), "Hill");
    EXPECT_EQ(found.at("/places/0/minutes").as_int64(), 10);
    EXPECT_EQ(found.at("/places/0/their_minutes").as_int64() % 5, 0);
    EXPECT_EQ(found.text("/places/2/name"), "Island");
    EXPECT_EQ(seek(R"(,"limit":1)").at("/places").as_array().size(), 1U);
}

// The middles of cells of a kilometre, and of ten for where the other one lives: neither where the caller
// stands nor a place is told.
TEST_P(FairPlacesByRouter, TellItCellsOnly) {
    use_router();
    seek();
    ASSERT_EQ(asked().size(), 1U);
    const auto places = places_of(asked().front());
    EXPECT_EQ(places.size(), 5U);
    for (const LatLng& place : places)
        for (const double x : {place.lat, place.lng}) {
            const double thousandths = std::abs(x) * 1'000;
            EXPECT_NEAR(std::fmod(thousandths + 0.01, 5), 0.01, 0.005) << x << " is in the middle of a cell";
        }
    EXPECT_EQ(std::ranges::count(places, LatLng{43.75, -79.45}), 1) << "Bea's cell";
}

TEST_P(FairPlacesByRouter, AskOnceADayAboutTheSameCells) {
    use_router();
    const std::string first = seek().response.body;
    EXPECT_EQ(seek().response.body, first);
    world::Visitor cem = signed_in("cem");
    const std::string beatrix = cem.post("/people", R"({"name":"Beatrix","city":"Toronto"})").text("/id");
    cem.post("/fair-places", R"({"person":")" + beatrix + R"(","kind":"coffee","from":[43.7141,-79.4029]})");
    EXPECT_EQ(asked().size(), 1U) << "whoever asks, from the same cell";
    now += 25h;
    EXPECT_EQ(seek().text("/ways"), "router");
    EXPECT_EQ(asked().size(), 2U);
}

TEST_P(FairPlacesByRouter, AreEstimatedForWaysThatItDoesNotKnow) {
    use_router();
    const world::Answer found = seek(R"(,"by":"transit","their_way":"transit")");
    EXPECT_EQ(found.text("/ways"), "estimate");
    EXPECT_EQ(found.text("/by"), "transit");
    EXPECT_EQ(found.text("/places/0/name"), "Island");
    EXPECT_TRUE(asked().empty());
}

TEST_P(FairPlacesByRouter, AreEstimatedWhileItHangsBabblesOrRefuses) {
    const std::string estimated = seek(R"(,"by":"car","their_way":"car")").response.body;
    use_router();
    std::size_t times = 0;
    for (const auto mood : {Osrm::hangs, Osrm::babbles, Osrm::refuses}) {
        osrm.mood = mood;
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(seek().response.body, estimated);
        EXPECT_LT(std::chrono::steady_clock::now() - start, 2s) << "it is waited for, but not long";
        EXPECT_EQ(asked().size(), ++times);
        EXPECT_EQ(seek().response.body, estimated);
        EXPECT_EQ(asked().size(), times) << "it is left alone for a while";
        now += 1min;
    }
    osrm.mood = Osrm::tells;
    EXPECT_EQ(seek().text("/ways"), "router");
}

}  // namespace
}  // namespace vv::api::visavis
