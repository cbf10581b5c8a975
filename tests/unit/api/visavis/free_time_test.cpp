#include "store/free_time.h"

#include "app/free_time.h"
#include "core/free_time_hours.h"
#include "store/facts.h"
#include "world/api.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;
using std::chrono::hours;
using std::chrono::minutes;

// Accounts of these tests are in UTC; now is Friday, 20 November 2026, 18:00.
class FreeTime : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
        for (world::Visitor* one : {&*ann, &*bob})
            EXPECT_EQ(one->patch("/account", R"({"zone":"Etc/UTC"})").status, 200);
    }
    core::AccountId id_of(world::Visitor& one) { return {std::stoll(one.get("/account").text("/id"))}; }
    void be_busy(world::Visitor& one, const char* key, const char* start, const char* end,
                 std::int64_t file = 1, std::optional<core::DayRange> days = {}) {
        store::facts::Batch batch;
        batch.busy.push_back({key, {*parse_rfc3339(start), *parse_rfc3339(end)}, days, file});
        const core::AccountId owner = id_of(one);
        const auto written = db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::facts::write(tx, owner, batch, ids, now);
            return Done{};
        });
        ASSERT_TRUE(written);
    }
    // The starts of the slots, "24T09:00", one line.
    static std::string starts(const world::Answer& answer) {
        std::string found;
        const json::value slots = answer.at("/slots");
        for (const json::value& slot : slots.as_array())
            found += std::string(slot.at("start").as_string()).substr(8, 8) + " ";
        return found;
    }
    std::string schedule_with_bob(const char* start, const char* end) {
        const std::string body =
            R"({"account":"bob","kind":"lunch","purpose":"To talk the harvest festival over",)"
            R"("places":[{"name":"Silver Lantern"}],"slots":[{"start":")" +
            std::string(start) + R"(","end":")" + end + R"("}]})";
        return ann->post("/meetings", body).text("/id");
    }
    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(FreeTime);

TEST_P(FreeTime, KeepsHabits) {
    const world::Answer usual = ann->get("/free-time/habits");
    EXPECT_EQ(usual.text("/hours/monday/0/start"), "09:00");
    EXPECT_EQ(usual.text("/a_week"), "null");
    const world::Answer set = ann->put(
        "/free-time/habits",
        R"({"hours":{"tuesday":[{"start":"13:00","end":"17:00"},{"start":"10:00","end":"13:00"}],"friday":[{"start":"20:00","end":"24:00"}]},)"
        R"("a_week":2,"rest_minutes":90,"kept_free":[{"first":"2026-12-24","last":"2026-12-26"}]})");
    ASSERT_EQ(set.status, 200) << json::serialize(set.body);
    EXPECT_EQ(set.text("/hours/tuesday/0/end"), "17:00") << "hours that touch are joined";
    EXPECT_EQ(ann->get("/free-time/habits").response.body, set.response.body);
    EXPECT_TRUE(set.at("/hours/monday").as_array().empty());
    EXPECT_EQ(set.text("/hours/friday/0/end"), "24:00");
    EXPECT_EQ(bob->get("/free-time/habits").text("/a_week"), "null") << "one's own";
    EXPECT_EQ(starts(ann->get("/free-time?limit=2&from=2026-12-20&to=2026-12-31")), "22T10:00 22T11:00 ");
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-12-24&to=2026-12-26")), "") << "kept free";
}

TEST_P(FreeTime, RefusesHabitsThatMakeNoSense) {
    const auto refused = [&](const std::string& body) { return ann->put("/free-time/habits", body).code(); };
    EXPECT_EQ(
        refused(R"({"hours":{"monday":[{"start":"9","end":"17:00"}]},"rest_minutes":0,"kept_free":[]})"),
        "body.field");
    EXPECT_EQ(
        refused(R"({"hours":{"monday":[{"start":"17:00","end":"09:00"}]},"rest_minutes":0,"kept_free":[]})"),
        "free_time.hours");
    EXPECT_EQ(refused(R"({"hours":{},"a_week":51,"rest_minutes":0,"kept_free":[]})"), "free_time.a_week");
    EXPECT_EQ(refused(R"({"hours":{},"rest_minutes":20161,"kept_free":[]})"), "free_time.rest");
    EXPECT_EQ(refused(R"({"rest_minutes":0,"kept_free":[]})"), "body.field");
    EXPECT_EQ(visitor().get("/free-time/habits").status, 401);
}

TEST_P(FreeTime, LeavesOutWhatTheCalendarHolds) {
    be_busy(*ann, "a", "2026-11-23T09:00:00Z", "2026-11-23T10:30:00Z");
    be_busy(*ann, "b", "2026-11-23T12:00:00Z", "2026-11-24T22:00:00Z");
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-11-23&to=2026-11-24")), "23T10:30 ");
    EXPECT_EQ(starts(bob->get("/free-time?from=2026-11-23&to=2026-11-23")), "23T09:00 23T10:00 ");
}

TEST_P(FreeTime, TakesTheNewestFilesWordOnAnEvent) {
    be_busy(*ann, "moved", "2026-11-23T09:00:00Z", "2026-11-23T21:30:00Z", 1);
    be_busy(*ann, "moved", "2026-11-24T09:00:00Z", "2026-11-24T21:30:00Z", 2);
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-11-23&to=2026-11-24")), "23T09:00 23T10:00 ");
    be_busy(*ann, "moved", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", 3);
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-11-24&to=2026-11-24")), "24T09:00 24T10:00 ")
        << "cancelled";
}

TEST_P(FreeTime, AnAllDayEventIsADayWhereverItsOwnerIs) {
    const core::DayRange christmas{*parse_date("2026-12-25"), *parse_date("2026-12-25")};
    be_busy(*ann, "christmas", "2026-12-25T05:00:00Z", "2026-12-26T05:00:00Z", 1, christmas);
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-12-25&to=2026-12-26")), "26T10:00 26T11:00 ");
    ASSERT_EQ(ann->patch("/account", R"({"zone":"Asia/Tokyo"})").status, 200);
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-12-25&to=2026-12-26")), "26T01:00 26T02:00 ");
}

TEST_P(FreeTime, PutsAKindsUsualHoursFirst) {
    EXPECT_EQ(starts(ann->get("/free-time?kind=lunch&from=2026-11-23&to=2026-11-24&limit=2")),
              "23T11:30 23T12:30 ");
    EXPECT_EQ(starts(ann->get("/free-time?kind=dinner&minutes=120&from=2026-11-23&to=2026-11-24&limit=2")),
              "23T18:30 24T18:30 ");
    EXPECT_EQ(ann->get("/free-time?kind=brunch").code(), "body.field");
}

TEST_P(FreeTime, HoldsThePace) {
    const std::string id = schedule_with_bob("2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z");
    EXPECT_EQ(starts(ann->get("/free-time?kind=lunch&from=2026-11-24&to=2026-11-24")), "24T13:00 24T11:00 ")
        << "what waits for somebody else's answer comes last";
    ASSERT_EQ(bob->post("/meetings/" + id + "/answer", R"({"answer":"accept","slot":"1"})").status, 200);
    const auto pace = [&](const char* a_week, const char* rest) {
        ann->put("/free-time/habits", R"({"hours":{"tuesday":[{"start":"09:00","end":"16:00"}]},"a_week":)" +
                                          std::string(a_week) + R"(,"rest_minutes":)" + rest +
                                          R"(,"kept_free":[]})");
        return starts(ann->get("/free-time?from=2026-11-23&to=2026-12-01&limit=2"));
    };
    EXPECT_EQ(pace("null", "0"), "24T09:00 24T10:00 ");
    EXPECT_EQ(pace("null", "150"), "01T09:00 01T10:00 ") << "no hour with such a rest";
    EXPECT_EQ(pace("1", "0"), "01T09:00 01T10:00 ") << "one a week";
    EXPECT_EQ(pace("0", "0"), "01T09:00 01T10:00 ");
}

TEST_P(FreeTime, IsCommonWithWhoShares) {
    be_busy(*bob, "a", "2026-11-23T09:00:00Z", "2026-11-23T11:00:00Z");
    be_busy(*bob, "b", "2026-11-23T12:00:00Z", "2026-11-23T22:00:00Z");
    const std::string asked = "/free-time?with=bob&from=2026-11-23&to=2026-11-23";
    const world::Answer alone = ann->get(asked);
    EXPECT_EQ(starts(alone), "23T09:00 23T10:00 ");
    EXPECT_EQ(alone.text("/with/0/shares"), "false") << "off until it is chosen";
    EXPECT_EQ(alone.text("/with/0/zone"), "null");
    EXPECT_EQ(bob->put("/free-time/shares/ann").status, 204);
    EXPECT_EQ(bob->put("/free-time/shares/ann").status, 204) << "twice changes nothing";
    const world::Answer both = ann->get(asked);
    EXPECT_EQ(starts(both), "23T11:00 23T09:00 ") << "where both can comes first";
    EXPECT_EQ(both.text("/with/0/name"), "Bob");
    EXPECT_NE(both.text("/with/0/zone"), "null");
    EXPECT_EQ(both.text("/slots/0/can/0"), "bob");
    EXPECT_EQ(both.text("/slots/1/cannot/0"), "bob");
    EXPECT_EQ(bob->get("/free-time?with=ann").text("/with/0/shares"), "false") << "one way";
    EXPECT_EQ(bob->get("/free-time/shares").text("/items/0/handle"), "ann");
    EXPECT_EQ(bob->remove("/free-time/shares/ann").status, 204);
    EXPECT_EQ(ann->get(asked).response.body, alone.response.body);
}

TEST_P(FreeTime, IsHiddenBehindABlockWithoutATrace) {
    const std::string asked = "/free-time?with=bob";
    const std::string before = ann->get(asked).response.body;
    bob->put("/free-time/shares/ann");
    bob->put("/blocks/ann");
    EXPECT_EQ(ann->get(asked).response.body, before);
    EXPECT_EQ(bob->put("/free-time/shares/ann").code(), "free_time.you_blocked");
    EXPECT_EQ(ann->put("/free-time/shares/bob").status, 204) << "as if nothing were";
}

TEST_P(FreeTime, OfAPersonIsThatOfTheAccount) {
    const std::string id = schedule_with_bob("2026-11-24T12:00:00Z", "2026-11-24T13:00:00Z");
    bob->post("/meetings/" + id + "/answer", R"({"answer":"accept","slot":"1"})");  // which links the two
    bob->put("/free-time/shares/ann");
    const std::string person = ann->get("/people?query=bob").text("/items/0/id");
    EXPECT_EQ(ann->get("/free-time?person=" + person).text("/with/0/shares"), "true");
    EXPECT_EQ(ann->get("/free-time?person=99").status, 404);
    EXPECT_EQ(ann->get("/free-time?with=nobody").status, 404);
    EXPECT_EQ(ann->put("/free-time/shares/ann").code(), "free_time.yourself");
    EXPECT_EQ(ann->get("/free-time?from=2026-12-02&to=2026-12-01").code(), "free_time.days");
    EXPECT_EQ(ann->get("/free-time?from=2026-12-02&to=2028-12-01").code(), "free_time.days");
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-11-01&to=2026-11-10")), "") << "past";
}

TEST_P(FreeTime, IsReadUnderAPrivateAddress) {
    be_busy(*ann, "a", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z");
    be_busy(*ann, "b", "2026-11-23T09:30:00Z", "2026-11-23T11:00:00Z");
    EXPECT_EQ(ann->get("/free-time/link").text("/active"), "false");
    const std::string old = ann->post("/free-time/link").text("/url");
    const std::string url = ann->post("/free-time/link").text("/url");
    ASSERT_TRUE(url.ends_with(".ifb")) << url;
    EXPECT_EQ(ann->get("/free-time/link").text("/url"), "null") << "told once";
    const auto read = [&](const std::string& address) {
        std::string secret = address.substr(address.rfind('/') + 1);
        secret.resize(secret.size() - 4);
        return db().read_now([&](store::Tx& tx) { return app::free_busy(tx, secret, now); });
    };
    EXPECT_EQ(read(old).error().code, "feed.unknown") << "a new one ends the one before";
    const auto file = read(url);
    ASSERT_TRUE(file.ok());
    EXPECT_NE(file->find("FREEBUSY;FBTYPE=BUSY:20261123T090000Z/20261123T110000Z\r\n"), std::string::npos)
        << *file;
    EXPECT_EQ(file->find("FREEBUSY;", file->find("FREEBUSY;") + 1), std::string::npos) << "joined";
    EXPECT_EQ(ann->remove("/free-time/link").status, 204);
    EXPECT_EQ(read(url).error().code, "feed.unknown");
}

TEST_P(FreeTime, ReadsABoundedNumberOfIntervals) {
    store::facts::Batch batch;
    const Instant first = *parse_rfc3339("2026-11-23T00:00:00Z");
    for (int i = 0; i < store::free_time::kMostBusy + 10; ++i)
        batch.busy.push_back({std::to_string(i), {first + minutes(i), first + minutes(i + 1)}, {}, 1});
    const core::AccountId owner = id_of(*ann);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::facts::write(tx, owner, batch, ids, now);
        return Done{};
    }));
    const auto busy = db().read_now([&](store::Tx& tx) -> Result<store::free_time::Busy> {
        return store::free_time::busy(tx, owner, {first, first + hours(24 * 366)});
    });
    EXPECT_EQ(busy->spans.size(), static_cast<std::size_t>(store::free_time::kMostBusy));
    EXPECT_EQ(starts(ann->get("/free-time?from=2026-11-23&to=2026-11-29")), "");
}

}  // namespace
}  // namespace vv::api::visavis
