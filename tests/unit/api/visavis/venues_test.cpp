#include "store/venues.h"

#include "world/api.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;

class VenuesApi : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (!IsSkipped()) ann.emplace(signed_in("ann"));
    }
    std::optional<world::Visitor> ann;
};
VV_ON_EACH_DATABASE(VenuesApi);

TEST_P(VenuesApi, KeepsTheOwnersPlaces) {
    const world::Answer made = ann->post(
        "/venues", R"({"name":"Silver Lantern","kind":"cafe","address":"Spadina 17, Toronto","quiet":true})");
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.text("/from"), "owner");
    EXPECT_TRUE(made.at("/public").as_bool());
    EXPECT_TRUE(made.at("/quiet").as_bool());
    const std::string path = "/venues/" + made.text("/id");
    const world::Answer changed =
        ann->put(path, R"({"name":"At home","kind":"other","at":[43.7,-79.4],"public":false})");
    ASSERT_EQ(changed.status, 200);
    EXPECT_FALSE(changed.at("/public").as_bool());
    EXPECT_EQ(ann->get("/venues").text("/items/0/name"), "At home");
    world::Visitor bob = signed_in("bob");
    EXPECT_EQ(bob.get("/venues").at("/items").as_array().size(), 0U);
    EXPECT_EQ(bob.remove(path).code(), "venue.unknown");
    EXPECT_EQ(ann->remove(path).status, 204);
    EXPECT_EQ(ann->get("/venues").at("/items").as_array().size(), 0U);
}

TEST_P(VenuesApi, RefusesWhatIsNoPlace) {
    const auto code = [&](const char* body) { return ann->post("/venues", body).code(); };
    EXPECT_EQ(code(R"({"name":"X","kind":"casino","at":[1,1]})"), "body.field");
    EXPECT_EQ(code(R"({"name":"X","kind":"cafe","at":[91,1]})"), "body.field");
    EXPECT_EQ(code(R"({"name":"X","kind":"cafe"})"), "venue.where");
    EXPECT_EQ(code(R"({"kind":"cafe","at":[1,1]})"), "body.field");
}

TEST_P(VenuesApi, NamesFairPlaces) {
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        const store::venues::NewVenue luna{
            "n1", {"Luna", core::VenueKind::cafe, "", {43.7, -79.4}, core::venue_feature::is_public}};
        store::venues::write(tx, {"town", 1}, std::span(&luna, 1), ids, now);
        return Done{};
    }));
    const std::string bea = ann->post("/people", R"({"name":"Bea","city":"Toronto"})").text("/id");
    const world::Answer found = ann->post(
        "/fair-places", R"({"person":")" + bea + R"(","kind":"coffee","from":[43.71,-79.4],"by":"foot"})");
    ASSERT_EQ(found.status, 200);
    EXPECT_EQ(found.text("/with"), "Bea");
    EXPECT_TRUE(found.at("/first").as_bool());
    EXPECT_TRUE(found.at("/knows_theirs").as_bool());
    EXPECT_EQ(found.text("/places/0/name"), "Luna");
    EXPECT_EQ(found.text("/places/0/from"), "map");
    EXPECT_GT(found.at("/places/0/minutes").as_int64(), 0);
    EXPECT_EQ(found.at("/places/0/their_minutes").as_int64() % 5, 0);
    EXPECT_EQ(
        ann->post("/fair-places", R"({"from":[43.71,-79.4],"quiet":true})").at("/places").as_array().size(),
        0U);
}

TEST_P(VenuesApi, RefusesQuestionsThatMakeNoSense) {
    const auto code = [&](const char* body) { return ann->post("/fair-places", body).code(); };
    EXPECT_EQ(code(R"({"from":[91,0]})"), "body.field");
    EXPECT_EQ(code(R"({"from":[1,1],"by":"rocket"})"), "body.field");
    EXPECT_EQ(code(R"({"from":[1,1],"kind":"siege"})"), "body.field");
    EXPECT_EQ(code(R"({"person":"999","from":[1,1]})"), "person.unknown");
    EXPECT_EQ(code(R"({"city":"Nowhere at all"})"), "place.city");
    EXPECT_EQ(code("{}"), "place.home");
    EXPECT_EQ(visitor().post("/fair-places", "{}").status, 401);
}

}  // namespace
}  // namespace vv::api::visavis
