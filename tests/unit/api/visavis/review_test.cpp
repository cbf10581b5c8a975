#include "app/resolution.h"
#include "app/sessions.h"
#include "store/people.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using core::Identity;
using core::Network;

Identity identity(std::int64_t id, Network network, const std::string& given, const std::string& family,
                  const std::string& email = {}) {
    Identity out;
    out.id = {id};
    out.network = network;
    out.key = "key-" + std::to_string(id);
    out.attributes.name.given = given;
    out.attributes.name.family = family;
    out.attributes.name.full = given + (family.empty() ? "" : " " + family);
    if (!email.empty()) out.attributes.emails = {email};
    return out;
}

std::string in_address(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == ' ' ? std::string("%20") : std::string(1, c);
    return out;
}

class People : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
        const core::AccountId me{std::stoll(ann->get("/account").text("/id"))};
        // Two accounts of one name, and a mail address that may be either's; a man of two identities.
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            for (const auto& i : {identity(1, Network::linkedin, "Pamela", "Penhaligon"),
                                  identity(2, Network::linkedin, "Pamela", "Penhaligon"),
                                  identity(3, Network::email, "Pamela", "Penhaligon", "pam12@example.com"),
                                  identity(4, Network::vcard, "Quentin", "Zeller", "qz@example.com"),
                                  identity(5, Network::email, "", "", "qz@example.com")})
                store::people::add_identity(tx, me, core::PersonId{}, i);
            EXPECT_TRUE(app::resolve_people(tx, me, {}, now, ids));
            return Done{};
        }));
    }
    std::string find(const std::string& query) {
        return ann->get("/people?query=" + query).text("/items/0/id");
    }
    static std::size_t count(world::Visitor& who, const std::string& path) {
        return who.get(path).at("/items").as_array().size();
    }

    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(People);

TEST_P(People, AreListedFoundAndShownToTheirOwnerAlone) {
    EXPECT_EQ(count(*ann, "/people"), 4U);
    EXPECT_EQ(count(*ann, "/people?query=zell"), 1U);
    EXPECT_EQ(count(*ann, "/people?stage=met"), 0U);
    EXPECT_EQ(count(*bob, "/people"), 0U);
    const auto quentin = ann->get("/people/" + find("quentin"));
    EXPECT_EQ(quentin.text("/name"), "Quentin Zeller");
    EXPECT_EQ(quentin.at("/identities").as_array().size(), 2U);
    EXPECT_EQ(bob->get("/people/" + find("quentin")).code(), "person.unknown");
    EXPECT_EQ(visitor().get("/people").status, 401);
}

TEST_P(People, ArePagedByName) {
    const auto first = ann->get("/people?limit=3");
    EXPECT_EQ(first.at("/items").as_array().size(), 3U);
    const auto rest = ann->get("/people?limit=3&after=" + in_address(first.text("/next")));
    EXPECT_EQ(rest.at("/items").as_array().size(), 1U);
    EXPECT_EQ(rest.at("/next"), nullptr);
}

TEST_P(People, AreSplitAndMergedAgain) {
    const std::string quentin = find("quentin");
    EXPECT_EQ(bob->post("/people/" + quentin + "/split", R"({"identities":["5"]})").code(), "person.unknown");
    EXPECT_EQ(ann->post("/people/" + quentin + "/split", R"({"identities":["4","5"]})").code(),
              "people.split");
    const auto parted = ann->post("/people/" + quentin + "/split", R"({"identities":["5"]})");
    ASSERT_EQ(parted.status, 200);
    EXPECT_EQ(parted.text("/items/0/id"), quentin);
    const std::string other = parted.text("/items/1/id");
    EXPECT_EQ(parted.text("/items/1/name"), "qz@example.com");
    EXPECT_EQ(bob->post("/people/merge", R"({"ids":[")" + quentin + R"(",")" + other + R"("]})").code(),
              "person.unknown");
    const auto merged = ann->post("/people/merge", R"({"ids":[")" + quentin + R"(",")" + other + R"("]})");
    ASSERT_EQ(merged.status, 200);
    EXPECT_EQ(merged.text("/id"), quentin);
    EXPECT_EQ(ann->get("/people/" + other).code(), "person.unknown");
    EXPECT_EQ(ann->post("/people/merge", R"({"ids":[")" + quentin + R"("]})").code(), "people.merge");
}

TEST_P(People, WhoMayBeOneAreAskedAboutAndTheAnswerCanBeTakenBack) {
    const auto asked = ann->get("/review");
    ASSERT_GE(asked.at("/items").as_array().size(), 1U);
    EXPECT_EQ(asked.text("/items/0/a/name"), "Pamela Penhaligon");
    EXPECT_EQ(count(*ann, "/review?limit=1"), 1U);
    EXPECT_EQ(count(*bob, "/review"), 0U);
    const std::string a = asked.text("/items/0/a_identity"), b = asked.text("/items/0/b_identity");
    const auto say = [&](world::Visitor& who, const std::string& word) {
        return who.post("/review", R"({"a_identity":")" + a + R"(","b_identity":")" + b + R"(","answer":")" +
                                       word + "\"}");
    };
    EXPECT_EQ(say(*ann, "perhaps").code(), "body.field");
    EXPECT_EQ(say(*bob, "same").code(), "identity.unknown");
    EXPECT_EQ(say(*ann, "same").status, 204);
    EXPECT_EQ(count(*ann, "/people"), 3U);
    EXPECT_EQ(bob->remove("/decisions/" + a + "/" + b).code(), "decision.unknown");
    EXPECT_EQ(ann->remove("/decisions/" + b + "/" + a).status, 204);
    EXPECT_EQ(count(*ann, "/people"), 4U);
    const auto again = ann->get("/review");
    EXPECT_EQ(again.at("/items").as_array().size(), asked.at("/items").as_array().size())
        << "the question is back";
    EXPECT_EQ(again.text("/items/0/a_identity"), a);
    EXPECT_EQ(again.text("/items/0/b_identity"), b);
    EXPECT_EQ(again.at("/items/0/evidence"), asked.at("/items/0/evidence"));
}

TEST_P(People, WhomTheOwnerBlocksAreHiddenUntilTheBlockEnds) {
    const std::string quentin = find("quentin");
    EXPECT_EQ(ann->put("/people/" + quentin + "/block").status, 204);
    EXPECT_EQ(count(*ann, "/people?query=quentin"), 0U);
    EXPECT_EQ(ann->get("/people/" + quentin).at("/blocked"), true);
    EXPECT_EQ(ann->remove("/people/" + quentin + "/block").status, 204);
    EXPECT_EQ(count(*ann, "/people?query=quentin"), 1U);
}

TEST_P(People, AreAddedAndEditedByHand) {
    const auto added = ann->post("/people", R"({"name":"Zoe Quill","city":"Lyon","relation":"friend"})");
    ASSERT_EQ(added.status, 201);
    const std::string zoe = added.text("/id");
    const auto edited = ann->patch(
        "/people/" + zoe, R"({"name":"Zoé Quill","city":"Paris","relation":"relative","note":"Tea."})");
    ASSERT_EQ(edited.status, 200);
    EXPECT_EQ(edited.text("/name"), "Zoé Quill");
    EXPECT_EQ(edited.text("/city"), "Paris");
    EXPECT_EQ(edited.text("/relation"), "relative");
    EXPECT_EQ(count(*ann, "/people?query=zoe"), 1U);
    EXPECT_EQ(bob->patch("/people/" + zoe, R"({"note":"x"})").code(), "person.unknown");
    EXPECT_EQ(ann->patch("/people/" + zoe, R"({"relation":"enemy"})").status, 400);
}

TEST_P(People, TakeFewStatementsToShow) {
    const std::string path = "/people/" + find("quentin");
    ann->get(path);
    const auto before = db().statements();
    ann->get(path);
    EXPECT_LE(db().statements() - before, 10U) << "the session and the page";
}

}  // namespace
}  // namespace vv::api::visavis
