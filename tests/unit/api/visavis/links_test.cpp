#include "app/links.h"

#include "store/accounts.h"
#include "store/links.h"
#include "store/people.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class Links : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
    }
    // A person with an address in somebody's records.
    static std::string add_person(world::Visitor& owner, const std::string& name, const std::string& email) {
        const auto added = owner.post("/people", R"({"name":")" + name + R"(","email":")" + email + "\"}");
        EXPECT_EQ(added.status, 201);
        return added.text("/id");
    }
    // The account that a person stands for, or "null".
    std::string account_of(world::Visitor& owner, const std::string& person) {
        const auto found = person_of(owner, person);
        return found.account ? found.account_handle : "null";
    }
    core::Person person_of(world::Visitor& owner, const std::string& person) {
        const core::AccountId me{std::stoll(owner.get("/account").text("/id"))};
        const core::PersonId id{std::stoll(person)};
        return *db().read_now([&](store::Tx& tx) { return Result(store::people::find(tx, me, id).value()); });
    }
    static std::size_t count(world::Visitor& who) { return who.get("/links").at("/items").as_array().size(); }
    static int answer(world::Visitor& who, const std::string& id, const std::string& word) {
        return who.post("/links/" + id + "/answer", R"({"answer":")" + word + "\"}").status;
    }
    static std::string asking(const std::string& person, const std::string& handle) {
        return R"({"person":")" + person + R"(","account":")" + handle + "\"}";
    }
    static void be_findable(world::Visitor& who) { who.patch("/account", R"({"findable":true})"); }

    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(Links);

TEST_P(Links, AreOfferedOnlyOfAccountsThatLetThemselvesBeFoundByAProvedAddress) {
    const std::string person = add_person(*ann, "Bobby", "Bob@Example.com");
    EXPECT_EQ(count(*ann), 0U);
    be_findable(*bob);
    const auto offers = ann->get("/links");
    ASSERT_EQ(offers.at("/items").as_array().size(), 1U);
    EXPECT_EQ(offers.text("/items/0/person/id"), person);
    EXPECT_EQ(offers.text("/items/0/account/handle"), "bob");
    EXPECT_EQ(offers.text("/items/0/direction"), "offered");
    ASSERT_TRUE(db().write_now([](store::Tx& tx) -> Result<Done> {
        const auto account = store::accounts::find_by_handle(tx, "bob");
        store::accounts::save_email(tx, account->id, account->email, std::nullopt);
        return Done{};
    }));
    EXPECT_EQ(count(*ann), 0U);
}

TEST_P(Links, NeedBothToAgree) {
    const std::string person = add_person(*ann, "Bobby", "bob@example.com");
    be_findable(*bob);
    EXPECT_EQ(answer(*ann, person, "yes"), 204);
    EXPECT_EQ(account_of(*ann, person), "null");
    EXPECT_EQ(count(*ann), 0U) << "asked once is enough";
    const auto asked = bob->get("/links");
    ASSERT_EQ(asked.at("/items").as_array().size(), 1U);
    EXPECT_EQ(asked.text("/items/0/direction"), "asked");
    EXPECT_EQ(asked.text("/items/0/account/handle"), "ann");
    EXPECT_EQ(asked.at("/items/0/person"), nullptr) << "what ann wrote of bob is ann's";
    EXPECT_EQ(answer(*bob, asked.text("/items/0/id"), "yes"), 204);
    EXPECT_EQ(account_of(*ann, person), "bob");
    EXPECT_EQ(count(*bob), 0U);
}

TEST_P(Links, LinkTheOtherSideTooWhenTheAskerLetsItselfBeFound) {
    be_findable(*ann);
    be_findable(*bob);
    const std::string my_bob = add_person(*ann, "Bobby", "bob@example.com");
    const std::string my_ann = add_person(*bob, "Annie", "ann@example.com");
    EXPECT_EQ(answer(*ann, my_bob, "yes"), 204);
    std::string request;
    const auto listed = bob->get("/links").at("/items");
    for (const auto& item : listed.as_array())
        if (item.at("direction") == "asked") request = item.at("id").as_string();
    EXPECT_EQ(answer(*bob, request, "yes"), 204);
    EXPECT_EQ(account_of(*ann, my_bob), "bob");
    EXPECT_EQ(account_of(*bob, my_ann), "ann");
}

TEST_P(Links, ComeAboutWhenBothAsk) {
    be_findable(*ann);
    be_findable(*bob);
    const std::string my_bob = add_person(*ann, "Bobby", "bob@example.com");
    const std::string my_ann = add_person(*bob, "Annie", "ann@example.com");
    EXPECT_EQ(answer(*ann, my_bob, "yes"), 204);
    EXPECT_EQ(answer(*bob, my_ann, "yes"), 204);
    EXPECT_EQ(account_of(*ann, my_bob), "bob");
    EXPECT_EQ(account_of(*bob, my_ann), "ann");
    EXPECT_EQ(count(*ann) + count(*bob), 0U);
}

TEST_P(Links, ThatAreRefusedLookUnansweredAndAreNotAskedAgain) {
    const std::string person = add_person(*ann, "Bobby", "bob@example.com");
    be_findable(*bob);
    answer(*ann, person, "yes");
    const auto before = ann->get("/links");
    const std::string request = bob->get("/links").text("/items/0/id");
    EXPECT_EQ(answer(*bob, request, "no"), 204);
    EXPECT_EQ(answer(*bob, request, "yes"), 404) << "answered is answered";
    EXPECT_EQ(ann->get("/links").body, before.body);
    EXPECT_EQ(account_of(*ann, person), "null");
    const std::string again = add_person(*ann, "Robert", "bob@example.com");
    EXPECT_EQ(count(*ann), 0U);
    EXPECT_EQ(ann->post("/links", asking(again, "bob")).status, 202);
    EXPECT_EQ(count(*bob), 0U);
}

TEST_P(Links, ThatTheOwnerDoesntWantAreNotOfferedAgainButMayBeAskedFor) {
    const std::string person = add_person(*ann, "Bobby", "bob@example.com");
    be_findable(*bob);
    EXPECT_EQ(answer(*ann, person, "no"), 204);
    EXPECT_EQ(count(*ann), 0U);
    EXPECT_EQ(count(*bob), 0U);
    EXPECT_EQ(answer(*ann, person, "yes"), 404);
    EXPECT_EQ(ann->post("/links", asking(person, "bob")).status, 202);
    EXPECT_EQ(count(*bob), 1U);
}

TEST_P(Links, AreAskedForByHandleOnceADayTwentyTimes) {
    const std::string person = add_person(*ann, "Somebody", "");
    EXPECT_EQ(ann->post("/links", asking(person, "nobody")).code(), "account.unknown");
    EXPECT_EQ(ann->post("/links", asking("7", "bob")).code(), "person.unknown");
    EXPECT_EQ(ann->post("/links", asking(person, "ann")).code(), "link.self");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(ann->post("/links", asking(person, "bob")).status, 202);
    EXPECT_EQ(ann->post("/links", asking(person, "bob")).status, 429);
    EXPECT_EQ(count(*bob), 1U);
}

TEST_P(Links, DontReachWhoBlockedTheAsker) {
    const std::string person = add_person(*ann, "Bobby", "bob@example.com");
    be_findable(*bob);
    bob->put("/blocks/ann");
    EXPECT_EQ(count(*ann), 0U);
    EXPECT_EQ(ann->post("/links", asking(person, "bob")).status, 202) << "as if nothing were";
    EXPECT_EQ(count(*bob), 0U);
    EXPECT_EQ(account_of(*ann, person), "null");
}

TEST_P(Links, OfABlockedAccountBlockThePersonToo) {
    const core::AccountId me{std::stoll(ann->get("/account").text("/id"))};
    const core::AccountId other{std::stoll(bob->get("/account").text("/id"))};
    ASSERT_TRUE(
        db().write_now([&](store::Tx& tx) { return Result(app::link_person(tx, me, other, now, ids)); }));
    const std::string person = ann->get("/people?query=bob").text("/items/0/id");
    EXPECT_EQ(ann->put("/blocks/bob").status, 204);
    EXPECT_TRUE(person_of(*ann, person).blocked_at);
    EXPECT_EQ(ann->get("/people").at("/items").as_array().size(), 0U);
    EXPECT_EQ(ann->remove("/blocks/bob").status, 204);
    EXPECT_FALSE(person_of(*ann, person).blocked_at);
    EXPECT_EQ(ann->put("/people/" + person + "/block").status, 200);
    EXPECT_EQ(ann->get("/blocks").text("/items/0/account/handle"), "bob");
}

class LinkPerson : public Links {
protected:
    // Who stands for bob in ann's records once they are linked.
    std::string link(std::optional<core::PersonId> person) {
        const core::AccountId me{std::stoll(ann->get("/account").text("/id"))};
        const core::AccountId other{std::stoll(bob->get("/account").text("/id"))};
        const auto linked = db().write_now([&](store::Tx& tx) {
            const auto identity = app::link_person(tx, me, other, now, ids, person);
            EXPECT_EQ(app::link_person(tx, me, other, now, ids), identity)
                << "saying it again changes nothing";
            return Result(store::links::find(tx, me, other, "bob").value());
        });
        EXPECT_TRUE(linked.ok());
        return to_string(linked->person);
    }
};
VV_ON_EACH_DATABASE(LinkPerson);

TEST_P(LinkPerson, TakesTheOneNamedAndOnceLinkedStaysWithIt) {
    const std::string first = add_person(*ann, "Bobby", "");
    const std::string second = add_person(*ann, "Robert", "bob@example.com");
    EXPECT_EQ(link(core::PersonId{std::stoll(first)}), first);
    EXPECT_EQ(link(core::PersonId{std::stoll(second)}), first);
    EXPECT_EQ(account_of(*ann, first), "bob");
    EXPECT_EQ(account_of(*ann, second), "null");
}

TEST_P(LinkPerson, FindsTheOneWithTheProvedAddress) {
    add_person(*ann, "Not Bob", "not_bob@example.com");
    const std::string right = add_person(*ann, "Robert", "BOB@example.com");
    EXPECT_EQ(link(std::nullopt), right);
}

TEST_P(LinkPerson, MakesANewOneRatherThanGuessBetweenTwo) {
    const std::string first = add_person(*ann, "Robert One", "bob@example.com");
    const std::string second = add_person(*ann, "Robert Two", "bob@example.com");
    const std::string made = link(std::nullopt);
    EXPECT_NE(made, first);
    EXPECT_NE(made, second);
    EXPECT_EQ(person_of(*ann, made).name, "Bob");
    EXPECT_EQ(ann->get("/people?query=bob").text("/items/0/id"), made)
        << "by name, before those with the address";
}

}  // namespace
}  // namespace vv::api::visavis
