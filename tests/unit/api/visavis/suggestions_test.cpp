#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class SuggestionsApi : public world::ForEachApi {};
VV_ON_EACH_DATABASE(SuggestionsApi);

TEST_P(SuggestionsApi, MayBeAskedForByShelf) {
    world::Visitor ann = signed_in("ann");
    for (const char* name : {"Meiling Ouyang", "Jon Lee"})
        ASSERT_EQ(ann.post("/people", R"({"name":")" + std::string(name) + R"("})").status, 201);
    const auto all = ann.get("/suggestions");
    ASSERT_EQ(all.at("/items").as_array().size(), 2U);
    EXPECT_EQ(all.text("/items/0/shelf"), "first") << "nobody was met yet";
    EXPECT_EQ(ann.get("/suggestions?shelf=first").at("/items").as_array().size(), 2U);
    EXPECT_TRUE(ann.get("/suggestions?shelf=dormant").at("/items").as_array().empty());
    EXPECT_TRUE(ann.get("/suggestions?shelf=strong").at("/items").as_array().empty());
    EXPECT_EQ(ann.get("/suggestions?shelf=second").status, 400);
}

TEST_P(SuggestionsApi, TiesAreToldOnlyAfterAYes) {
    world::Visitor ben = signed_in("ben");
    EXPECT_FALSE(ben.get("/mutual-ties").at("/shown").as_bool()) << "off at first";
    EXPECT_EQ(ben.put("/mutual-ties", R"({"shown":"yes"})").code(), "body.field");
    EXPECT_EQ(visitor().put("/mutual-ties", R"({"shown":true})").status, 401);
    EXPECT_TRUE(ben.put("/mutual-ties", R"({"shown":true})").at("/shown").as_bool());
    EXPECT_TRUE(ben.get("/mutual-ties").at("/shown").as_bool());
    EXPECT_FALSE(signed_in("cem").get("/mutual-ties").at("/shown").as_bool());
    EXPECT_FALSE(ben.put("/mutual-ties", R"({"shown":false})").at("/shown").as_bool());
}

TEST_P(SuggestionsApi, WhoWasShownInVainRests) {
    world::Visitor ann = signed_in("ann");
    ASSERT_EQ(ann.post("/people", R"({"name":"Meiling Ouyang"})").status, 201);
    const std::string person = ann.get("/suggestions").text("/items/0/person/id");
    EXPECT_EQ(ann.post("/suggestions/shown", R"({"people":"all"})").status, 400);
    for (int day = 0; day < 3; ++day) {
        EXPECT_EQ(ann.get("/suggestions").at("/items").as_array().size(), 1U);
        EXPECT_EQ(ann.post("/suggestions/shown", R"({"people":[")" + person + R"("]})").status, 204);
        now += std::chrono::hours(24);
    }
    EXPECT_TRUE(ann.get("/suggestions").at("/items").as_array().empty());
}

}  // namespace
}  // namespace vv::api::visavis
