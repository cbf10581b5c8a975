// What can be taken back beside changes of people: a time they met, a denial, a list; and whom to see first.
#include "world/api.h"

#include <gtest/gtest.h>
#include <optional>
#include <set>

namespace vv::api::visavis {
namespace {

class Undo : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob = ann->post("/people", R"({"name":"Bob Ray"})").text("/id");
    }
    world::Answer claim(const std::string& start = "2026-11-01T12:00:00Z") {
        return ann->post("/encounters",
                         R"({"person":")" + bob + R"(","kind":"lunch","start":")" + start + "\"}");
    }
    std::size_t times() { return ann->get("/encounters").at("/items").as_array().size(); }
    void undo(const std::string& act) {
        const auto undone = ann->post("/acts/" + act + "/undo");
        EXPECT_EQ(undone.status, 200) << act;
        EXPECT_EQ(ann->post("/acts/" + act + "/undo").code(), "act.unknown") << "once is enough";
    }
    std::optional<world::Visitor> ann;
    std::string bob;
};
VV_ON_EACH_DATABASE(Undo);

TEST_P(Undo, OfATimeTheyMetTakesItAwayWithWhatFollowedFromIt) {
    const auto made = claim();
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(times(), 1U);
    EXPECT_EQ(ann->get("/people/" + bob).text("/stage"), "met");
    undo(made.text("/act"));
    EXPECT_EQ(times(), 0U);
    EXPECT_EQ(ann->get("/people/" + bob).text("/stage"), "known");
}

TEST_P(Undo, OfADenialBringsTheTimeBack) {
    const std::string id = claim().text("/id");
    const auto denied = ann->post("/encounters/" + id + "/deny");
    ASSERT_EQ(denied.status, 200);
    EXPECT_EQ(times(), 0U);
    undo(denied.text("/act"));
    EXPECT_EQ(times(), 1U);
    EXPECT_EQ(ann->get("/people/" + bob).text("/stage"), "met");
}

TEST_P(Undo, OfSomebodyWhoDidNotComeBringsThemBack) {
    const std::string id = claim().text("/id");
    EXPECT_EQ(ann->post("/encounters/" + id + "/absent", R"({"person":"1"})").code(), "encounter.nobody");
    const auto missed = ann->post("/encounters/" + id + "/absent", R"({"person":")" + bob + "\"}");
    ASSERT_EQ(missed.status, 200);
    EXPECT_EQ(times(), 0U);
    undo(missed.text("/act"));
    EXPECT_EQ(times(), 1U);
}

TEST_P(Undo, OfARemovedListBringsItBackWithWhoWasInIt) {
    const std::string list = ann->post("/lists", R"({"name":"Lake","search":""})").text("/id");
    ASSERT_EQ(ann->patch("/people/" + bob, R"({"lists":[")" + list + R"("]})").status, 200);
    const auto removed = ann->remove("/lists/" + list);
    ASSERT_EQ(removed.status, 200);
    EXPECT_EQ(ann->get("/lists").at("/items").as_array().size(), 0U);
    undo(removed.text("/act"));
    const auto back = ann->get("/lists");
    EXPECT_EQ(back.text("/items/0/name"), "Lake");
    EXPECT_EQ(back.text("/items/0/id"), list);
    EXPECT_EQ(ann->get("/people?list=" + list).text("/items/0/id"), bob);
    EXPECT_EQ(ann->remove("/lists/99").code(), "list.unknown");
}

TEST_P(Undo, IsNobodyElses) {
    const auto made = claim();
    auto eve = signed_in("eve");
    EXPECT_EQ(eve.post("/acts/" + made.text("/act") + "/undo").code(), "act.unknown");
    EXPECT_EQ(eve.post("/encounters/" + made.text("/id") + "/deny").status, 404);
    EXPECT_EQ(times(), 1U);
}

TEST_P(Undo, PeopleInTheOrderOfWhomToSeeFirstAreAllThereOnce) {
    for (const char* name : {"Ada", "Cid", "Dee", "Eve", "Fay"})
        ASSERT_EQ(ann->post("/people", R"({"name":")" + std::string(name) + "\"}").status, 201);
    ASSERT_EQ(claim("2024-11-01T12:00:00Z").status, 201);
    std::set<std::string> seen;
    std::string after;
    for (int pages = 0; pages < 10; ++pages) {
        const auto page = ann->get("/people?order=first&limit=2" + (after.empty() ? "" : "&after=" + after));
        ASSERT_EQ(page.status, 200);
        const auto items = page.at("/items");
        for (const auto& one : items.as_array()) {
            const std::string id(one.at("id").as_string());
            const bool is_first = seen.empty();
            EXPECT_EQ(is_first, id == bob) << "met two years ago, the others never known";
            EXPECT_TRUE(seen.insert(id).second);
        }
        if (page.at("/next").is_null()) break;
        after.clear();
        for (const char c : page.text("/next"))
            after += c == ' ' ? std::string("%20") : c == '+' ? "%2B" : std::string(1, c);
    }
    EXPECT_EQ(seen.size(), 6U);
    EXPECT_EQ(ann->get("/people?order=last").code(), "body.field");
}

}  // namespace
}  // namespace vv::api::visavis
