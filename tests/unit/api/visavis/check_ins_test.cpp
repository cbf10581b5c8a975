#include "app/check_ins.h"

#include "app/links.h"
#include "world/api.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;

const char* const kAll = R"("circles":{"relations":["acquaintance"]})";

class CheckInsApi : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
        const core::AccountId a = id_of(*ann), b = id_of(*bob);
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            app::link_person(tx, a, b, now, ids);
            app::link_person(tx, b, a, now, ids);
            return Done{};
        }));
    }
    core::AccountId id_of(world::Visitor& one) { return {std::stoll(one.get("/account").text("/id"))}; }
    static std::string with_circles(std::string body) { return "{" + std::move(body) + "," + kAll + "}"; }
    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(CheckInsApi);

TEST_P(CheckInsApi, ShowAndForget) {
    const world::Answer here = ann->put(
        "/check-ins/mine", with_circles(R"("at":[43.65,-79.38],"place":"Luna","exact":true,"minutes":30)"));
    ASSERT_EQ(here.status, 200);
    EXPECT_EQ(here.text("/mine/place"), "Luna");
    EXPECT_EQ(here.text("/mine/shown_to/0/handle"), "bob");
    EXPECT_EQ(bob->get("/check-ins").text("/others/0/who/handle"), "ann");
    EXPECT_EQ(ann->remove("/check-ins/mine").status, 204);
    EXPECT_EQ(bob->get("/check-ins").at("/others").as_array().size(), 0U);
    now += std::chrono::hours(2);
    EXPECT_TRUE(ann->get("/check-ins").at("/mine").is_null());
}

TEST_P(CheckInsApi, TellWhoIsNearBothWays) {
    for (world::Visitor* one : {&*ann, &*bob}) {
        EXPECT_TRUE(one->get("/nearby").at("/circles").is_null());
        ASSERT_EQ(one->put("/nearby", std::string("{") + kAll + "}").status, 200);
        ASSERT_EQ(one->patch("/account", R"({"home":{"name":"Toronto","at":[43.65,-79.38]}})").status, 200);
    }
    ASSERT_EQ(ann->put("/check-ins/mine", with_circles(R"("at":[43.66,-79.37])")).status, 200);
    EXPECT_EQ(ann->get("/check-ins").text("/notes/0/who/handle"), "bob");
    const world::Answer seen = bob->get("/check-ins");
    EXPECT_TRUE(seen.at("/notes/0/checked_in").as_bool());
    EXPECT_EQ(bob->post("/nearby/ann/seen").status, 204);
    EXPECT_EQ(bob->get("/check-ins").at("/notes").as_array().size(), 0U);
    ASSERT_EQ(bob->put("/nearby", R"({"circles":null})").status, 200);
    EXPECT_EQ(ann->get("/check-ins").at("/notes").as_array().size(), 0U);
}

TEST_P(CheckInsApi, LetsFreeTimesOverlap) {
    const auto window = [](const char* start, const char* end) {
        return with_circles(R"("at":[43.65,-79.38],"kind":"walk","start":")" + std::string(start) +
                            R"(","end":")" + end + "\"");
    };
    ASSERT_EQ(ann->post("/free-to-meet", window("2026-11-21T17:00:00Z", "2026-11-21T20:00:00Z")).status, 201);
    const world::Answer both =
        bob->post("/free-to-meet", window("2026-11-21T18:00:00Z", "2026-11-21T21:00:00Z"));
    ASSERT_EQ(both.status, 201);
    EXPECT_EQ(both.text("/mine/0/overlaps/0/who/handle"), "ann");
    EXPECT_EQ(both.text("/mine/0/overlaps/0/start"), "2026-11-21T18:00:00Z");
    EXPECT_EQ(both.text("/shown/0/kind"), "walk");
    EXPECT_EQ(ann->remove("/free-to-meet/" + both.text("/mine/0/id")).code(), "free_to_meet.unknown");
    EXPECT_EQ(bob->remove("/free-to-meet/" + both.text("/mine/0/id")).status, 204);
    EXPECT_EQ(ann->get("/free-to-meet").at("/mine/0/overlaps").as_array().size(), 0U);
}

TEST_P(CheckInsApi, RefusesWhatMakesNoSense) {
    const auto code = [&](const std::string& body) { return ann->put("/check-ins/mine", body).code(); };
    EXPECT_EQ(code(with_circles(R"("place":"x")")), "body.field");
    EXPECT_EQ(code(with_circles(R"("at":[91,0])")), "body.field");
    EXPECT_EQ(code(with_circles(R"("at":[1,1],"minutes":9999)")), "check_in.minutes");
    EXPECT_EQ(code(R"({"at":[1,1]})"), "circles.empty");
    EXPECT_EQ(code(R"({"at":[1,1],"circles":{"relations":["king"]}})"), "body.field");
    EXPECT_EQ(code(R"({"at":[1,1],"circles":{"relations":["friend"]}})"), "circles.nobody");
    EXPECT_EQ(
        ann->post("/free-to-meet",
                  with_circles(R"("at":[1,1],"start":"2026-11-21T17:00:00Z","end":"2026-11-21T16:00:00Z")"))
            .code(),
        "free_to_meet.when");
    EXPECT_EQ(visitor().get("/check-ins").status, 401);
}

TEST_P(CheckInsApi, CannotBeMovedAboutWithoutEnd) {
    int refused = 0;
    for (int i = 0; i < 20 && refused == 0; ++i)
        refused = ann->put("/check-ins/mine", with_circles(R"("at":[43.65,-79.38])")).status == 429 ? i : 0;
    EXPECT_EQ(refused, 12);
}

}  // namespace
}  // namespace vv::api::visavis
