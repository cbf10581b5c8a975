#include "world/api.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;

class TripsApi : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        for (const char* name : {"Bea", "Cem", "Dov"})
            ASSERT_EQ(
                ann->post("/people", R"({"name":")" + std::string(name) + R"(","city":"Boston"})").status,
                201);
    }
    world::Answer create() {
        return ann->post("/trips",
                         R"({"city":"Boston","start":"2026-12-08T14:00:00Z","end":"2026-12-11T03:00:00Z"})");
    }
    std::optional<world::Visitor> ann;
};
VV_ON_EACH_DATABASE(TripsApi);

TEST_P(TripsApi, PlanChangeProposeAndForget) {
    const world::Answer made = create();
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.text("/place"), "Boston");
    EXPECT_EQ(made.text("/zone"), "America/New_York");
    ASSERT_EQ(made.at("/people").as_array().size(), 3U);
    EXPECT_EQ(made.text("/people/0/state"), "planned");
    const std::string trip = "/trips/" + made.text("/id");
    EXPECT_EQ(ann->get("/trips").at("/items/0/planned").as_int64(), 3);
    EXPECT_EQ(ann->patch(trip, R"({"most_a_day":1,"stay":"Harbour Inn"})").text("/stay"), "Harbour Inn");
    EXPECT_EQ(ann->patch(trip, R"({"most_a_day":0})").code(), "trip.most_a_day");
    EXPECT_EQ(ann->post(trip + "/plan").status, 200);

    const std::string person = made.text("/people/0/person/id");
    const world::Answer moved =
        ann->put(trip + "/people/" + person, R"({"start":"2026-12-09T15:00:00Z","place":"Silver Lantern"})");
    ASSERT_EQ(moved.status, 200);
    const std::string ask = R"({"person":")" + person + R"(","message":"See you there?"})";
    EXPECT_EQ(ann->post(trip + "/proposals/preview", ask).status, 200);
    const world::Answer wave = ann->post(trip + "/proposals", R"({"asks":[)" + ask + "," + ask + "]}");
    ASSERT_EQ(wave.status, 200);
    EXPECT_EQ(wave.at("/sent").as_array().size(), 1U);
    EXPECT_NE(wave.text("/sent/0/invitation_link"), "");
    EXPECT_EQ(wave.text("/held/0/code"), "trip.hour_taken");
    const world::Answer meeting = ann->get("/meetings/" + wave.text("/sent/0/meeting"));
    EXPECT_TRUE(meeting.at("/tells_decline").as_bool());
    EXPECT_EQ(meeting.text("/places/0/name"), "Silver Lantern");
    EXPECT_EQ(ann->remove(trip).status, 204);
    EXPECT_EQ(ann->get(trip).status, 404);
}

TEST_P(TripsApi, RefusesWhatMakesNoSense) {
    const auto code = [&](const std::string& body) { return ann->post("/trips", body).code(); };
    EXPECT_EQ(code(R"({"city":"Boston","start":"2026-12-08T14:00:00Z","end":"2026-12-08T13:00:00Z"})"),
              "trip.reversed");
    EXPECT_EQ(code(R"({"city":"Boston","start":"2026-12-08T14:00:00Z","end":"2027-12-08T13:00:00Z"})"),
              "trip.too_long");
    EXPECT_EQ(code(R"({"at":[95,0],"start":"2026-12-08T14:00:00Z","end":"2026-12-09T13:00:00Z"})"),
              "body.field");
    EXPECT_EQ(ann->post("/trips", R"({"start":"2026-12-08T14:00:00Z"})").status, 400);
    EXPECT_EQ(ann->get("/trips/17").code(), "trip.unknown");
    EXPECT_EQ(visitor().get("/trips").status, 401);
}

TEST_P(TripsApi, AreNobodyElses) {
    const std::string trip = "/trips/" + create().text("/id");
    world::Visitor bob = signed_in("bob");
    EXPECT_EQ(bob.get(trip).code(), "trip.unknown");
    EXPECT_EQ(bob.remove(trip).code(), "trip.unknown");
    EXPECT_EQ(bob.post(trip + "/plan").code(), "trip.unknown");
    EXPECT_EQ(bob.put(trip + "/shares/ann").code(), "trip.unknown");
    EXPECT_EQ(ann->put(trip + "/shares/bob").code(), "trip.not_linked");
    EXPECT_EQ(ann->remove(trip + "/shares/bob").status, 204);
}

}  // namespace
}  // namespace vv::api::visavis
