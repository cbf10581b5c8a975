#include "world/api.h"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class SubscriptionsApi : public world::ForEachApi {};
VV_ON_EACH_DATABASE(SubscriptionsApi);

TEST_P(SubscriptionsApi, AreAddedListedAndRemoved) {
    world::Visitor ann = signed_in("ann");
    const auto made = ann.post("/subscriptions", R"({"url": "webcal://example.org/team.ics", "name": "Team",
        "user": "ann", "password": "sesame-street", "every_minutes": 60})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(made.text("/url"), "https://example.org/team.ics");
    EXPECT_EQ(made.text("/user"), "ann");
    EXPECT_EQ(boost::json::serialize(made.body).find("sesame"), std::string::npos);
    const auto listed = ann.get("/subscriptions");
    ASSERT_EQ(listed.at("/items").as_array().size(), 1U);
    EXPECT_EQ(listed.text("/items/0/name"), "Team");
    EXPECT_EQ(boost::json::serialize(listed.body).find("sesame"), std::string::npos);
    EXPECT_EQ(ann.remove("/subscriptions/" + made.text("/id")).status, 204);
    EXPECT_TRUE(ann.get("/subscriptions").at("/items").as_array().empty());
}

TEST_P(SubscriptionsApi, AreTheirOwnersAlone) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    const std::string feed = R"({"url": "https://example.org/feed"})";
    const auto made = ann.post("/subscriptions", feed);
    EXPECT_TRUE(bob.get("/subscriptions").at("/items").as_array().empty());
    EXPECT_EQ(bob.remove("/subscriptions/" + made.text("/id")).code(), "subscription.unknown");
    EXPECT_EQ(bob.post("/subscriptions", feed).status, 201);
}

TEST_P(SubscriptionsApi, WhatCannotBeReadIsRefused) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.post("/subscriptions", R"({"url": "file:///etc/passwd"})").code(), "subscription.url");
    EXPECT_EQ(ann.post("/subscriptions", R"({"url": "https://a:b@example.org/"})").code(),
              "subscription.url");
    EXPECT_EQ(ann.post("/subscriptions", R"({"url": "https://example.org/", "every_minutes": 5})").code(),
              "body.field");
    EXPECT_EQ(ann.post("/subscriptions", R"({"url": "https://example.org/"})").status, 201);
    EXPECT_EQ(ann.post("/subscriptions", R"({"url": "https://example.org/"})").code(), "subscription.known");
}

}  // namespace
}  // namespace vv::api::visavis
