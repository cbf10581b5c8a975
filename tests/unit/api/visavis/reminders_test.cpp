#include "app/reminders_mail.h"
#include "app/reminders_making.h"
#include "store/accounts.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

class RemindersApi : public world::ForEachApi {
protected:
    // Ann knows Jon Lee, a friend, whose birthday is on Tuesday.
    world::Visitor ann_with_a_birthday() {
        world::Visitor ann = signed_in("ann");
        person = ann.post("/people", R"({"name":"Jon Lee","relation":"friend"})").text("/id");
        EXPECT_EQ(ann.patch("/people/" + person, R"({"birthday":{"month":11,"day":24}})").status, 200);
        make();
        return ann;
    }
    void make() {
        const app::ReminderDesk desk{&ids, "https://visavis.example", "visavis@visavis.example"};
        const auto made = db().write_now([&](store::Tx& tx) {
            const auto ann = store::accounts::find_by_handle(tx, "ann");
            return app::make_reminders(tx, ann->id, "UTC", desk, now);
        });
        ASSERT_TRUE(made);
    }
    static std::size_t count(const world::Answer& answer) { return answer.at("/items").as_array().size(); }

    std::string person;
};
VV_ON_EACH_DATABASE(RemindersApi);

TEST_P(RemindersApi, AreListedAndStandOnToday) {
    world::Visitor ann = ann_with_a_birthday();
    const auto list = ann.get("/reminders");
    ASSERT_EQ(count(list), 1U);
    EXPECT_EQ(list.text("/items/0/kind"), "birthday");
    EXPECT_EQ(list.text("/items/0/person/id"), person);
    EXPECT_EQ(ann.get("/today").text("/reminders/0/text"), list.text("/items/0/text"));
    EXPECT_EQ(count(signed_in("bob").get("/reminders")), 0U);
}

TEST_P(RemindersApi, ArePutOffFinishedAndMuted) {
    world::Visitor ann = ann_with_a_birthday();
    const std::string id = "/reminders/" + ann.get("/reminders").text("/items/0/id");
    EXPECT_EQ(ann.post(id + "/snooze", R"({"until":"week"})").code(), "reminder.over");
    EXPECT_EQ(ann.post(id + "/snooze", R"({"until":"2026-12-01"})").status, 400);
    EXPECT_EQ(signed_in("bob").post(id + "/done").status, 404);
    EXPECT_EQ(ann.post(id + "/snooze", R"({"until":"tomorrow"})").status, 204);
    EXPECT_EQ(count(ann.get("/reminders")), 0U);
    now += std::chrono::hours(24);
    EXPECT_EQ(count(ann.get("/reminders")), 1U);
    EXPECT_EQ(ann.post(id + "/mute").status, 204);
    EXPECT_EQ(count(ann.get("/reminders")), 0U);
    EXPECT_EQ(ann.get("/reminders/settings").text("/muted/0"), "birthday");
    EXPECT_EQ(ann.post(id + "/done").status, 204);
    EXPECT_EQ(ann.put("/reminders/settings",
                      R"({"a_week":3,"muted":[],"digest":true,"digest_day":"monday","paused_until":null})")
                  .status,
              200);
    EXPECT_EQ(count(ann.get("/reminders")), 0U) << "done with";
}

TEST_P(RemindersApi, AreWantedAsTheOwnerSays) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.get("/reminders/settings").at("/a_week").to_number<int>(), 5);
    const auto kept = ann.put(
        "/reminders/settings",
        R"({"a_week":2,"muted":["pace","cold","pace"],"digest":false,"digest_day":"sunday","paused_until":"2026-12-24"})");
    EXPECT_EQ(kept.status, 200);
    EXPECT_EQ(kept.at("/muted").as_array().size(), 2U);
    EXPECT_EQ(ann.get("/reminders/settings").text("/paused_until"), "2026-12-24");
    EXPECT_EQ(ann.get("/reminders/settings").text("/digest_day"), "sunday");
    for (const char* wrong : {R"({"a_week":51,"muted":[],"digest":true,"digest_day":"monday"})",
                              R"({"a_week":2,"muted":["streak"],"digest":true,"digest_day":"monday"})",
                              R"({"a_week":2,"muted":[],"digest":true,"digest_day":"someday"})",
                              R"({"a_week":2,"muted":[],"digest":true,"digest_day":"monday",
                                  "paused_until":"2036-01-01"})"})
        EXPECT_EQ(ann.put("/reminders/settings", wrong).status, 400) << wrong;
}

TEST_P(RemindersApi, ACadenceIsSetAndTakenBack) {
    world::Visitor ann = ann_with_a_birthday();
    EXPECT_TRUE(ann.get("/people/" + person).at("/cadence/days").is_null());
    EXPECT_EQ(ann.put("/people/" + person + "/cadence", R"({"days":2})").code(), "person.cadence");
    EXPECT_EQ(ann.put("/people/1/cadence", R"({"days":30})").code(), "person.unknown");
    EXPECT_EQ(ann.put("/people/" + person + "/cadence", R"({"days":30})").status, 200);
    EXPECT_EQ(ann.get("/people/" + person).at("/cadence/days").to_number<int>(), 30);
    EXPECT_EQ(ann.put("/people/" + person + "/cadence", R"({"days":null})").status, 200);
    EXPECT_TRUE(ann.get("/people/" + person).at("/cadence/days").is_null());
}

TEST_P(RemindersApi, AGoalHasPartsAndCanBePaused) {
    world::Visitor ann = signed_in("ann");
    EXPECT_EQ(ann.put("/goals/2026/pause").code(), "goal.unknown");
    EXPECT_EQ(ann.put("/goals/2026", R"({"target":12,"by_relation":{"friend":13}})").code(),
              "goal.by_relation");
    EXPECT_EQ(ann.put("/goals/2026", R"({"target":12,"by_relation":{"foe":1}})").status, 400);
    EXPECT_EQ(ann.put("/goals/2026", R"({"target":12,"by_relation":{"friend":4}})").status, 204);
    EXPECT_EQ(ann.put("/goals/2026", R"({"target":24})").status, 204);
    auto tally = ann.get("/tally");
    EXPECT_EQ(tally.at("/goals/friend").to_number<int>(), 4) << "as it was";
    EXPECT_FALSE(tally.at("/expected_by_now").is_null());
    EXPECT_EQ(ann.put("/goals/2026/pause").status, 204);
    tally = ann.get("/tally");
    EXPECT_TRUE(tally.at("/paused").as_bool());
    EXPECT_TRUE(tally.at("/expected_by_now").is_null());
    EXPECT_TRUE(tally.at("/at_this_pace").is_null());
    EXPECT_EQ(ann.remove("/goals/2026/pause").status, 204);
    EXPECT_FALSE(ann.get("/tally").at("/paused").as_bool());
    EXPECT_EQ(ann.remove("/goals/2026").status, 204);
    EXPECT_TRUE(ann.get("/tally").at("/goals").as_object().empty());
}

TEST_P(RemindersApi, TheWeeklyMailsLinkStopsItAndNothingElse) {
    const core::AccountId ann = add_account("ann");
    const auto token =
        *db().write_now([&](store::Tx& tx) -> Result<std::string> { return app::digest_token(tx, ann); });
    world::Client client(router);
    const std::string path = "/stop/digest/" + token;
    EXPECT_NE(client.get(path).body.find("Stop the weekly mail"), std::string::npos);
    const auto is_stopped = [&] {
        return *db().read_now([&](store::Tx& tx) { return app::is_digest_stopped(tx, token); });
    };
    EXPECT_FALSE(is_stopped()) << "looking is not stopping";
    EXPECT_EQ(client.post(path, "List-Unsubscribe=One-Click").status, 200);
    EXPECT_TRUE(is_stopped());
    EXPECT_EQ(client.post(path, "do=resume").status, 200);
    EXPECT_FALSE(is_stopped());
    EXPECT_EQ(client.get("/stop/digest/1.abc").status, 404);
}

}  // namespace
}  // namespace vv::api::visavis
