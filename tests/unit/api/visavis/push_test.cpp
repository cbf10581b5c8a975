#include "base/crypto.h"
#include "base/p256.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class Push : public world::ForEachApi {
protected:
    static std::string device(const std::string& endpoint, const std::string& more = {}) {
        return R"({"name":"Telephone","endpoint":")" + endpoint + R"(","p256dh":")" +
               base64url(make_p256().key) + R"(","auth":")" + random_token(16) +
               R"(","shows":"kind","reminders":true,"notices":true)" + more + "}";
    }
    static std::size_t count(world::Visitor& visitor) {
        return visitor.get("/push/devices").at("/items").as_array().size();
    }
};
VV_ON_EACH_DATABASE(Push);

TEST_P(Push, TheServerHasOneKeyForAll) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    const std::string key = ann.get("/push/key").text("/key");
    EXPECT_TRUE(is_p256_key(*from_base64url(key)));
    EXPECT_EQ(bob.get("/push/key").text("/key"), key);
    EXPECT_EQ(visitor().get("/push/key").status, 401);
}

TEST_P(Push, ABrowserIsAddedListedChangedTriedAndRemoved) {
    world::Visitor ann = signed_in("ann");
    const auto made = ann.post("/push/devices", device("https://push.example/1"));
    ASSERT_EQ(made.status, 201) << made.code();
    const std::string path = "/push/devices/" + made.text("/id");
    EXPECT_EQ(made.at("/told_at"), nullptr);
    EXPECT_EQ(ann.post("/push/devices", device("https://push.example/1")).status, 201);
    ASSERT_EQ(count(ann), 1U) << "the same endpoint is the same browser";
    const std::string id = ann.get("/push/devices").text("/items/0/id");
    const std::string here = "/push/devices/" + id;
    const auto changed = ann.put(here, R"({"shows":"words","reminders":true,"notices":false})");
    EXPECT_EQ(changed.text("/shows"), "words");
    EXPECT_EQ(ann.get("/push/devices").at("/items/0/notices"), false);
    EXPECT_EQ(ann.post(here + "/try", "").status, 204);
    EXPECT_EQ(ann.post(path + "/try", "").status, 404) << "that one was replaced";
    EXPECT_EQ(ann.remove(here).status, 204);
    EXPECT_EQ(ann.remove(here).code(), "push.unknown");
    EXPECT_EQ(count(ann), 0U);
}

TEST_P(Push, ABrowserThatSubscribesAnewKeepsItsWishes) {
    world::Visitor ann = signed_in("ann");
    const std::string id = ann.post("/push/devices", device("https://push.example/1")).text("/id");
    ann.put("/push/devices/" + id, R"({"shows":"words","reminders":false,"notices":true})");
    const auto anew = ann.post("/push/devices",
                               device("https://push.example/2", R"(,"replaces":"https://push.example/1")"));
    EXPECT_EQ(anew.text("/shows"), "words");
    EXPECT_EQ(anew.at("/reminders"), false);
    EXPECT_EQ(count(ann), 1U);
}

TEST_P(Push, BelongsToOneAccountAndToItsSession) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    const std::string id = ann.post("/push/devices", device("https://push.example/1")).text("/id");
    EXPECT_EQ(bob.remove("/push/devices/" + id).status, 404);
    EXPECT_EQ(bob.post("/push/devices/" + id + "/try", "").status, 404);
    EXPECT_EQ(count(bob), 0U);
    // Bob signs in where Ann was: she is told there no more.
    EXPECT_EQ(bob.post("/push/devices", device("https://push.example/1")).status, 201);
    EXPECT_EQ(count(ann), 0U);
    world::Visitor elsewhere = signed_in("bob");
    EXPECT_EQ(count(elsewhere), 1U);
    EXPECT_EQ(bob.remove("/session").status, 204);
    EXPECT_EQ(count(elsewhere), 0U) << "who is signed out is told nothing";
}

TEST_P(Push, WhatCantBeABrowserIsRefused) {
    world::Visitor ann = signed_in("ann");
    for (const char* url : {"http://push.example/1", "https://", "https:///x", "https://a@push.example/1",
                            "ftp://push.example/1", "https://push.example/#x", "https://push.example/a b"})
        EXPECT_EQ(ann.post("/push/devices", device(url)).text("/error/field"), "endpoint") << url;
    EXPECT_EQ(ann.post("/push/devices", device("https://push.example/" + std::string(1'000, 'x'))).status,
              400);
    const std::string keyless =
        R"({"name":"x","endpoint":"https://push.example/1","p256dh":"AAAA","auth":"AAAA","shows":"kind",)"
        R"("reminders":true,"notices":true})";
    EXPECT_EQ(ann.post("/push/devices", keyless).text("/error/field"), "p256dh");
    EXPECT_EQ(ann.post("/push/devices", device("https://push.example/1", R"(,"shows":"all")")).status / 100,
              4);
}

TEST_P(Push, TenBrowsersAreTheMost) {
    world::Visitor ann = signed_in("ann");
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(ann.post("/push/devices", device("https://push.example/" + std::to_string(i))).status, 201);
    EXPECT_EQ(ann.post("/push/devices", device("https://push.example/10")).code(), "push.too_many");
    EXPECT_EQ(ann.post("/push/devices", device("https://push.example/9")).status, 201)
        << "it is there already";
}

}  // namespace
}  // namespace vv::api::visavis
