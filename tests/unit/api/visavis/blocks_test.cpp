#include "store/blocks.h"

#include "store/accounts.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class Blocks : public world::ForEachApi {
protected:
    bool between(core::AccountId a, core::AccountId b) {
        return *db().read_now([&](store::Tx& tx) { return Result(store::blocks::between(tx, a, b)); });
    }
};
VV_ON_EACH_DATABASE(Blocks);

TEST_P(Blocks, AreSetListedAndLiftedByHandle) {
    world::Visitor ann = signed_in("ann");
    const core::AccountId bob = add_account("bob");
    const core::AccountId me{std::stoll(ann.get("/account").text("/id"))};
    EXPECT_EQ(ann.put("/blocks/@Bob").status, 204);
    EXPECT_EQ(ann.put("/blocks/bob").status, 204) << "twice changes nothing";
    const auto listed = ann.get("/blocks");
    ASSERT_EQ(listed.at("/items").as_array().size(), 1U);
    EXPECT_EQ(listed.text("/items/0/account/handle"), "bob");
    EXPECT_EQ(listed.text("/items/0/since"), "2026-11-20T18:00:00Z");
    EXPECT_TRUE(between(bob, me));
    EXPECT_EQ(ann.remove("/blocks/bob").status, 204);
    EXPECT_FALSE(between(me, bob));
}

TEST_P(Blocks, AreNotSeenByTheOther) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    ann.put("/blocks/bob");
    EXPECT_TRUE(bob.get("/blocks").at("/items").as_array().empty());
    EXPECT_EQ(bob.put("/blocks/ann").status, 204);
    EXPECT_EQ(bob.remove("/blocks/ann").status, 204);
    EXPECT_EQ(ann.get("/blocks").at("/items").as_array().size(), 1U) << "nobody lifts another's block";
}

TEST_P(Blocks, AreOfSomebodyElseWhoIsThere) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.put("/blocks/ann").code(), "block.self");
    EXPECT_EQ(ann.put("/blocks/nobody").status, 404);
    EXPECT_EQ(visitor().put("/blocks/ann").status, 401);
}

class Invites : public world::ForEachApi {
protected:
    world::Visitor boss() {
        core::Account account;
        account.id = core::AccountId{1};
        account.handle = "boss";
        account.email = "boss@example.com";
        account.full_name = "Boss";
        account.is_admin = true;
        account.created_at = now;
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "none");
            return Done{};
        }));
        return signed_in("boss");
    }
    world::Answer sign_up(const std::string& handle, const std::string& secret) {
        return visitor().post(
            "/accounts",
            R"({"handle":")" + handle + R"(","email":")" + handle +
                R"(@example.com","full_name":"A","password":"four random words","zone":"UTC","invite":")" +
                secret + "\"}");
    }
};
VV_ON_EACH_DATABASE(Invites);

TEST_P(Invites, LetOnePersonInEach) {
    world::Visitor admin = boss();
    const auto made = admin.post("/invites");
    ASSERT_EQ(made.status, 201);
    const std::string url = made.text("/url");
    const std::string start = "https://visavis.example/sign-up?invite=";
    ASSERT_EQ(url.substr(0, start.size()), start);
    const std::string secret = url.substr(start.size());
    EXPECT_EQ(sign_up("ann", secret).status, 201);
    EXPECT_EQ(sign_up("bob", secret).code(), "account.invite_invalid");
    const auto listed = admin.get("/invites");
    EXPECT_EQ(listed.text("/items/0/used_at"), "2026-11-20T18:00:00Z");
    EXPECT_EQ(listed.at("/items/0/url"), nullptr);
}

TEST_P(Invites, AreWithdrawnAndRunOut) {
    world::Visitor admin = boss();
    const auto secret_of = [](const world::Answer& made) { return made.text("/url").substr(39); };
    const auto first = admin.post("/invites");
    EXPECT_EQ(admin.remove("/invites/" + first.text("/id")).status, 204);
    EXPECT_EQ(admin.remove("/invites/" + first.text("/id")).status, 404);
    EXPECT_EQ(sign_up("ann", secret_of(first)).status, 403);
    const auto second = admin.post("/invites");
    now += std::chrono::hours(14 * 24);
    EXPECT_EQ(sign_up("ann", secret_of(second)).status, 403);
}

TEST_P(Invites, AreTheOperatorsBusiness) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.get("/invites").status, 403);
    EXPECT_EQ(ann.post("/invites").code(), "account.not_admin");
    EXPECT_EQ(ann.remove("/invites/1").status, 403);
    EXPECT_EQ(visitor().get("/invites").status, 401);
}

}  // namespace
}  // namespace vv::api::visavis
