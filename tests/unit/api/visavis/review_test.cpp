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
    EXPECT_EQ(say(*ann, "same").status, 200);
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
    EXPECT_EQ(ann->put("/people/" + quentin + "/block").status, 200);
    EXPECT_EQ(count(*ann, "/people?query=quentin"), 0U);
    EXPECT_EQ(ann->get("/people/" + quentin).at("/blocked"), true);
    EXPECT_EQ(ann->remove("/people/" + quentin + "/block").status, 200);
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
    now += api::KeptAnswers::kLongest;  // so that it is read anew
    const auto before = db().statements();
    ann->get(path);
    EXPECT_EQ(db().statements() - before, 10U) << "the session and the page";
}

TEST_P(People, TakeAsManyStatementsToBlockManyAsToBlockOne) {
    std::string names;
    for (int i = 0; i < 20; ++i)
        names += std::string(i == 0 ? "" : ",") + R"({"name":"Guest )" + std::to_string(i) + R"("})";
    const auto added = ann->post("/people/batch", R"({"people":[)" + names + "]}");
    ASSERT_EQ(added.status, 201);
    const auto statements_for = [&](std::size_t from, std::size_t to) {
        std::string all;
        for (std::size_t i = from; i < to; ++i)
            all += (i == from ? "\"" : ",\"") + added.text("/items/" + std::to_string(i) + "/id") + '"';
        const auto before = db().statements();
        for (const char* blocked : {"true", "false"})
            EXPECT_EQ(
                ann->post("/people/bulk", R"({"ids":[)" + all + R"(],"blocked":)" + blocked + "}").status,
                200);
        return db().statements() - before;
    };
    statements_for(0, 1);
    const auto one = statements_for(1, 2);
    EXPECT_EQ(statements_for(2, 20), one);
}

TEST_P(People, AreSortedByListsAndTagsOfTheirOwner) {
    const auto quentin = find("quentin"), pam = find("pamela");
    const auto list = ann->post("/lists", R"({"name":"Lyon in May"})");
    ASSERT_EQ(list.status, 201);
    const std::string bulk = R"({"ids":[")" + quentin + R"(",")" + pam +
                             R"("],"add_tags":["tea"],"add_to":")" + list.text("/id") + R"("})";
    EXPECT_EQ(bob->post("/people/bulk", bulk).code(), "list.unknown");
    const auto done = ann->post("/people/bulk", bulk);
    ASSERT_EQ(done.status, 200);
    EXPECT_EQ(count(*ann, "/people?tag=tea"), 2U);
    EXPECT_EQ(count(*ann, "/people?list=" + list.text("/id")), 2U);
    EXPECT_EQ(count(*ann, "/people?query=lyon"), 2U) << "a list's name finds those in it";
    EXPECT_EQ(count(*bob, "/people?tag=tea"), 0U);
    EXPECT_EQ(ann->get("/lists").text("/tags/0/name"), "tea");
    const std::string path = "/people/" + quentin;
    EXPECT_EQ(ann->patch(path, R"({"lists":["12345"],"note":"Tea."})").code(), "list.unknown");
    EXPECT_EQ(ann->get(path).text("/note"), "") << "nothing of a refused edit is kept";
    EXPECT_EQ(ann->get(path).text("/lists/0"), list.text("/id"));
    EXPECT_EQ(bob->post("/acts/" + done.text("/act") + "/undo", "{}").code(), "act.unknown");
    EXPECT_EQ(ann->post("/acts/" + done.text("/act") + "/undo", "{}").status, 200);
    EXPECT_EQ(count(*ann, "/people?tag=tea"), 0U);
    EXPECT_EQ(ann->remove("/lists/" + list.text("/id")).status, 200);
    EXPECT_EQ(ann->remove("/lists/" + list.text("/id")).code(), "list.unknown");
    EXPECT_EQ(ann->post("/people/bulk", R"({"ids":[")" + pam + R"("],"add_tags":["a,b"]})").code(),
              "person.tag");
    const auto turned = ann->patch(path, R"({"tags":["\u202ecod.exe\u0007"]})");
    EXPECT_EQ(turned.text("/tags/0"), "cod.exe") << "a tag stays on its line and is not turned around";
    EXPECT_EQ(ann->patch(path, R"({"tags":["\u200b"]})").code(), "person.tag");
}

TEST_P(People, AreEditedAndTheEditUndone) {
    const auto quentin = find("quentin");
    const auto edited =
        ann->patch("/people/" + quentin,
                   R"({"organisation":"Ember Press","title":"Editor","birthday":{"month":2,"day":29},)"
                   R"("tags":["press"],"relation":"customer"})");
    ASSERT_EQ(edited.status, 200);
    EXPECT_EQ(edited.text("/organisation"), "Ember Press");
    EXPECT_EQ(edited.at("/birthday/month").as_int64(), 2);
    EXPECT_TRUE(edited.at("/birthday/year").is_null());
    EXPECT_EQ(edited.text("/posts/0/title"), "Editor");
    EXPECT_EQ(ann->patch("/people/" + quentin, R"({"birthday":{"month":2,"day":30}})").code(),
              "person.birthday");
    EXPECT_EQ(ann->post("/acts/" + edited.text("/act") + "/undo", "{}").status, 200);
    const auto after = ann->get("/people/" + quentin);
    EXPECT_TRUE(after.at("/organisation").is_null());
    EXPECT_EQ(after.text("/relation"), "colleague") << "as the address suggests";
    EXPECT_EQ(after.at("/identities").as_array().size(), 2U);
    EXPECT_EQ(ann->patch("/people/" + quentin, R"({"relation":"friend"})").text("/relation_set_by"), "owner");
    EXPECT_EQ(ann->patch("/people/" + quentin, R"({"relation":"suggested"})").text("/relation_set_by"),
              "evidence");
}

TEST_P(People, AreExplainedFieldByField) {
    const auto quentin = find("quentin");
    const auto why = ann->get("/people/" + quentin + "/why");
    ASSERT_EQ(why.at("/links").as_array().size(), 1U) << "two identities hang together by one comparison";
    EXPECT_GT(why.at("/links/0/probability").to_number<double>(), 0.9);
    std::string fields;
    const auto evidence = why.at("/links/0/evidence");
    for (const auto& one : evidence.as_array()) fields += std::string(one.at("field").as_string()) + " ";
    EXPECT_NE(fields.find("email"), std::string::npos) << fields;
    EXPECT_EQ(bob->get("/people/" + quentin + "/why").code(), "person.unknown");
}

TEST_P(People, AreOnTheMapByTheirCities) {
    ASSERT_EQ(ann->patch("/people/" + find("quentin"), R"({"city":"Toronto"})").status, 200);
    const auto map = ann->get("/people/map");
    EXPECT_EQ(map.text("/places/0/city"), "Toronto");
    EXPECT_EQ(map.at("/places/0/people").as_int64(), 1);
    EXPECT_EQ(map.at("/elsewhere").as_int64(), 3);
    EXPECT_EQ(ann->get("/people/map?query=pamela").at("/places").as_array().size(), 0U);
    EXPECT_EQ(bob->get("/people/map").at("/elsewhere").as_int64(), 0);
}

TEST_P(People, CanBeTakenAlong) {
    const auto cards = ann->get("/people/export?format=vcard");
    EXPECT_EQ(cards.status, 200);
    EXPECT_NE(cards.response.body.find("FN:Quentin Zeller"), std::string::npos);
    EXPECT_EQ(bob->get("/people/export?format=csv").response.body.find("Zeller"), std::string::npos);
    EXPECT_EQ(ann->get("/people/export?format=pdf").status, 400);
}

TEST_P(People, NeverMetAndBlockedAreFilters) {
    EXPECT_EQ(count(*ann, "/people?seen=never"), 4U);
    EXPECT_EQ(count(*ann, "/people?seen=year"), 0U);
    EXPECT_EQ(count(*ann, "/people?seen=blocked"), 0U);
    EXPECT_EQ(ann->put("/people/" + find("quentin") + "/block").status, 200);
    EXPECT_EQ(count(*ann, "/people?seen=blocked"), 1U);
    EXPECT_EQ(ann->get("/people?seen=soon").status, 400);
}

}  // namespace
}  // namespace vv::api::visavis
