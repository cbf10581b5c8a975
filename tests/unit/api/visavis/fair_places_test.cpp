// A fair place by estimate, and by a router of the test's own: an OSRM that tells, hangs or talks nonsense.
#include "api/http/travel_desk.h"
#include "notify/travel_router.h"
#include "store/venues.h"
#include "world/api.h"
#include "world/osrm.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using namespace std::chrono_literals;
using world::Osrm;

bool is_on_island(LatLng at) {
    return at.lat > 43.74 && at.lat < 43.7499 && at.lng > -79.42;
}

// Everything is ten minutes away, but for the island: an hour over the water.
int seconds(LatLng from, LatLng to) {
    return is_on_island(from) != is_on_island(to) ? 3'600 : 600;
}

class FairPlacesByRouter : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        osrm.start();
        notify::TravelRouter at;
        at.url = osrm.url();
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
    Osrm osrm{seconds};
    void use_router() { context->travel = &*desk_; }
    world::Answer seek(const std::string& more = "") {
        return ann->post("/fair-places", R"({"person":")" + bea +
                                             R"(","kind":"coffee","from":[43.7138,-79.4021])" + more + "}");
    }
    std::optional<world::Visitor> ann;
    std::string bea;

private:
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
    ASSERT_EQ(osrm.asked().size(), 1U);
    const auto places = Osrm::places_of(osrm.asked().front());
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
    EXPECT_EQ(osrm.asked().size(), 1U) << "whoever asks, from the same cell";
    now += 25h;
    EXPECT_EQ(seek().text("/ways"), "router");
    EXPECT_EQ(osrm.asked().size(), 2U);
}

TEST_P(FairPlacesByRouter, AreEstimatedForWaysThatItDoesNotKnow) {
    use_router();
    const world::Answer found = seek(R"(,"by":"transit","their_way":"transit")");
    EXPECT_EQ(found.text("/ways"), "estimate");
    EXPECT_EQ(found.text("/by"), "transit");
    EXPECT_EQ(found.text("/places/0/name"), "Island");
    EXPECT_TRUE(osrm.asked().empty());
}

TEST_P(FairPlacesByRouter, AreEstimatedWhileItHangsBabblesOrRefuses) {
    const std::string estimated = seek(R"(,"by":"car","their_way":"car")").response.body;
    use_router();
    std::size_t times = 0;
    for (const auto mood : {Osrm::hangs, Osrm::babbles, Osrm::refuses}) {
        osrm.set_mood(mood);
        EXPECT_EQ(seek().response.body, estimated) << "it is waited for, but not until it tells";
        EXPECT_EQ(osrm.asked().size(), ++times);
        EXPECT_EQ(seek().response.body, estimated);
        EXPECT_EQ(osrm.asked().size(), times) << "it is left alone for a while";
        now += 1min;
    }
    osrm.set_mood(Osrm::tells);
    EXPECT_EQ(seek().text("/ways"), "router");
}

}  // namespace
}  // namespace vv::api::visavis
