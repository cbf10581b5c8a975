#include "base/crypto.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class Devices : public world::ForEachApi {
protected:
    static std::string device(const std::string& key, const std::string& name = "Telephone") {
        return R"({"name":")" + name + R"(","public_key":")" + key + "\"}";
    }
    static std::string new_key() { return base64url(make_ed25519().key); }
};
VV_ON_EACH_DATABASE(Devices);

TEST_P(Devices, AreRegisteredListedAndRevoked) {
    world::Visitor ann = signed_in("ann");
    const std::string key = new_key();
    const auto made = ann.post("/devices", device(key, " My phone "));
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.text("/name"), "My phone");
    EXPECT_EQ(made.text("/public_key"), key);
    EXPECT_EQ(made.at("/seen_at"), nullptr);
    EXPECT_EQ(ann.post("/devices", device(key)).text("/id"), made.text("/id"))
        << "the same key is the same device";
    ASSERT_EQ(ann.get("/devices").at("/items").as_array().size(), 1U);
    EXPECT_EQ(ann.remove("/devices/" + made.text("/id")).status, 204);
    EXPECT_EQ(ann.remove("/devices/" + made.text("/id")).status, 404);
    EXPECT_TRUE(ann.get("/devices").at("/items").as_array().empty());
    EXPECT_EQ(ann.post("/devices", device(key)).code(), "device.key_taken") << "a revoked key stays revoked";
}

TEST_P(Devices, BelongToOneAccount) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    const std::string key = new_key();
    const std::string id = ann.post("/devices", device(key)).text("/id");
    EXPECT_EQ(bob.post("/devices", device(key)).status, 409);
    EXPECT_EQ(bob.remove("/devices/" + id).status, 404);
    EXPECT_TRUE(bob.get("/devices").at("/items").as_array().empty());
    EXPECT_EQ(visitor().get("/devices").status, 401);
}

TEST_P(Devices, NeedARealKeyAndAName) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.post("/devices", device("AAAA")).text("/error/field"), "public_key");
    EXPECT_EQ(ann.post("/devices", device(std::string(43, 'A'))).text("/error/field"), "public_key");
    EXPECT_EQ(ann.post("/devices", device(new_key(), "")).text("/error/field"), "name");
}

TEST_P(Devices, AreTwentyAtMost) {
    world::Visitor ann = signed_in("ann");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(ann.post("/devices", device(new_key())).status, 201);
    EXPECT_EQ(ann.post("/devices", device(new_key())).code(), "device.too_many");
}

}  // namespace
}  // namespace vv::api::visavis
