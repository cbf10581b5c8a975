#include "world/api.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;
using std::chrono::hours;

// A lunch on two days; the second place is a private address.
json::object lunch() {
    return {{"kind", "lunch"},
            {"slots",
             {{{"start", "2026-11-24T17:30:00Z"}, {"end", "2026-11-24T19:00:00Z"}},
              {{"start", "2026-11-25T17:30:00Z"}, {"end", "2026-11-25T19:00:00Z"}}}},
            {"places",
             {{{"name", "Silver Lantern"},
               {"address", "17 Spadina Avenue"},
               {"at", {43.65, -79.39}},
               {"public", true}},
              {{"name", "At home"}, {"address", "2 Elm Street"}, {"public", false}}}},
            {"zone", "America/Toronto"},
            {"purpose", "To talk over the harvest festival"},
            {"message", "Which day suits you?"}};
}

class Meetings : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
        context->mail_from = "visavis@visavis.example";
    }
    world::Answer propose(json::object body) {
        body.emplace("account", "bob");
        return ann->post("/meetings", json::serialize(body));
    }
    std::string proposed() { return propose(lunch()).text("/id"); }
    static std::string path(const std::string& id, const std::string& what) {
        return "/meetings/" + id + what;
    }
    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(Meetings);

TEST_P(Meetings, AreProposedToAnAccount) {
    const world::Answer made = propose(lunch());
    ASSERT_EQ(made.status, 201) << json::serialize(made.body);
    EXPECT_EQ(made.text("/state"), "proposed");
    EXPECT_EQ(made.text("/role"), "organiser");
    EXPECT_EQ(made.text("/awaits"), "them");
    EXPECT_EQ(made.text("/title"), "Lunch with Bob");
    EXPECT_EQ(made.text("/with/account"), "bob");
    EXPECT_EQ(made.text("/slots/1/id"), "2");
    EXPECT_EQ(made.text("/warnings/0/code"), "private_place");
    EXPECT_EQ(made.text("/history/0/what"), "proposed");
    EXPECT_EQ(made.text("/contact"), "null");
    const world::Answer theirs = bob->get(path(made.text("/id"), ""));
    EXPECT_EQ(theirs.text("/awaits"), "you");
    EXPECT_EQ(theirs.text("/places/1/address"), "null");
    EXPECT_EQ(theirs.text("/history/0/by"), "them");
    EXPECT_EQ(take_mails().size(), 1U);
}

TEST_P(Meetings, AreAcceptedMovedAndCancelled) {
    const std::string id = proposed();
    const world::Answer agreed =
        bob->post(path(id, "/answer"), R"({"answer":"accept","slot":"2","place":"2"})");
    ASSERT_EQ(agreed.status, 200) << json::serialize(agreed.body);
    EXPECT_EQ(agreed.text("/state"), "scheduled");
    EXPECT_EQ(agreed.text("/agreed/start"), "2026-11-25T17:30:00Z");
    EXPECT_EQ(agreed.text("/agreed/place/address"), "2 Elm Street");
    EXPECT_EQ(agreed.text("/contact/email"), "ann@example.com");
    EXPECT_EQ(ann->get(path(id, "")).text("/slots/1/answer"), "yes");
    const world::Answer moved = ann->post(
        path(id, "/answer"),
        R"({"answer":"counter","slots":[{"start":"2026-11-27T17:30:00Z","end":"2026-11-27T19:00:00Z"}],"message":"Friday?"})");
    ASSERT_EQ(moved.status, 200) << json::serialize(moved.body);
    EXPECT_EQ(moved.text("/state"), "proposed");
    EXPECT_EQ(moved.text("/slots/0/id"), "3");
    EXPECT_EQ(bob->get(path(id, "")).text("/awaits"), "you");
    EXPECT_EQ(bob->post(path(id, "/answer"), R"({"answer":"accept","slot":"2"})").code(),
              "meeting.slot_gone");
    const world::Answer cancelled = ann->post(path(id, "/cancel"), R"({"message":"Next year then."})");
    EXPECT_EQ(cancelled.text("/state"), "cancelled");
    EXPECT_EQ(cancelled.text("/sequence"), "3");
    EXPECT_EQ(bob->get(path(id, "")).text("/message"), "Next year then.");
}

TEST_P(Meetings, ThatAreDeclinedStayOpenToTheOther) {
    const std::string id = proposed();
    const std::string before = ann->get(path(id, "")).response.body;
    EXPECT_EQ(bob->post(path(id, "/answer"), R"({"answer":"decline"})").text("/state"), "declined");
    EXPECT_EQ(ann->get(path(id, "")).response.body, before);
}

TEST_P(Meetings, EndWithABlockAndTellNobodyNothingAfterIt) {
    const std::string agreed = proposed();
    bob->post(path(agreed, "/answer"), R"({"answer":"accept","slot":"1","place":"1"})");
    const std::string open = proposed();
    const std::string person = ann->get("/people?query=bob").text("/items/0/id");
    ASSERT_EQ(ann->put("/people/" + person + "/block").status, 200);
    EXPECT_EQ(ann->get(path(agreed, "")).text("/state"), "cancelled");
    const world::Answer late =
        bob->post(path(open, "/answer"), R"({"answer":"accept","slot":"1","place":"1"})");
    EXPECT_EQ(late.status, 409) << "taken back before it was answered";
    for (const std::string& id : {agreed, open})
        EXPECT_EQ(bob->get(path(id, "")).text("/contact"), "null") << "no address after a block";
}

TEST_P(Meetings, AreTakenBackFromABlockedHandle) {
    const std::string id = proposed();
    ASSERT_EQ(ann->put("/blocks/bob").status, 204);
    EXPECT_EQ(ann->get(path(id, "")).text("/state"), "cancelled");
    EXPECT_EQ(bob->get(path(id, "")).text("/state"), "cancelled");
}

TEST_P(Meetings, AreConfirmedAfterwards) {
    const std::string id = proposed();
    bob->post(path(id, "/answer"), R"({"answer":"accept","slot":"1","place":"1"})");
    EXPECT_EQ(ann->post(path(id, "/outcome"), R"({"met":true})").code(), "meeting.not_begun");
    now = *parse_rfc3339("2026-11-24T19:00:00Z");
    const world::Answer met = ann->post(path(id, "/outcome"), R"({"met":true,"feel":"fine"})");
    ASSERT_EQ(met.status, 200) << json::serialize(met.body);
    EXPECT_EQ(met.text("/state"), "met");
    EXPECT_EQ(met.text("/outcome/mine"), "met");
    EXPECT_NE(met.text("/encounter"), "null");
    EXPECT_EQ(bob->get(path(id, "")).text("/outcome/theirs"), "met");
    EXPECT_EQ(ann->post(path(id, "/outcome"), R"({"met":false})").code(), "meeting.already_said");
}

TEST_P(Meetings, AreListedPageByPage) {
    const std::string first = proposed();
    ann->post(path(first, "/cancel"));
    const std::string second = proposed();
    const world::Answer page = ann->get("/meetings?limit=1");
    EXPECT_EQ(page.text("/items/0/id"), second);
    const world::Answer rest = ann->get("/meetings?limit=1&after=" + page.text("/next"));
    EXPECT_EQ(rest.text("/items/0/id"), first);
    EXPECT_EQ(rest.text("/next"), "null");
    EXPECT_EQ(ann->get("/meetings?state=proposed").at("/items").as_array().size(), 1U);
    EXPECT_EQ(ann->get("/meetings?state=dreamt").status, 400);
    EXPECT_EQ(ann->get("/meetings?after=nonsense").status, 400);
}

TEST_P(Meetings, WithAGuestGoByMailAndByLink) {
    const std::string person = ann->post("/people", R"({"name":"Meiling Ouyang"})").text("/id");
    json::object body = lunch();
    body["person"] = person;
    body["email"] = "meiling@example.com";
    const world::Answer preview = ann->post("/meetings/preview", json::serialize(body));
    ASSERT_EQ(preview.status, 200) << json::serialize(preview.body);
    EXPECT_EQ(preview.text("/mail/to"), "Meiling Ouyang <meiling@example.com>");
    EXPECT_EQ(preview.text("/mail/subject"), "Ann invites you to lunch");
    const world::Answer made = ann->post("/meetings", json::serialize(body));
    ASSERT_EQ(made.status, 201) << json::serialize(made.body);
    EXPECT_EQ(made.text("/mail/state"), "sent");
    EXPECT_EQ(made.text("/with/person/id"), person);
    EXPECT_EQ(made.text("/invitation_link").rfind("https://visavis.example/m/", 0), 0U);
    EXPECT_EQ(ann->get(path(made.text("/id"), "")).text("/invitation_link"), "null");
    EXPECT_NE(ann->post(path(made.text("/id"), "/link")).text("/invitation_link"),
              made.text("/invitation_link"));
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "meiling@example.com");
    EXPECT_EQ(ann->post(path(proposed(), "/link")).code(), "meeting.no_guest");
}

TEST_P(Meetings, ComeAsAFileForTheCalendar) {
    const std::string id = proposed();
    const world::Answer file = ann->get(path(id, "/invitation.ics"));
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.header("content-type"), "text/calendar; method=PUBLISH; charset=utf-8");
    EXPECT_NE(file.response.body.find("SUMMARY:Lunch with Bob"), std::string::npos);
    EXPECT_NE(file.response.body.find("https://visavis.example/meetings/" + id), std::string::npos);
    EXPECT_EQ(visitor().get(path(id, "/invitation.ics")).status, 401);
}

TEST_P(Meetings, AreNobodyElses) {
    const std::string id = proposed();
    world::Visitor cleo = signed_in("cleo");
    EXPECT_EQ(cleo.get(path(id, "")).status, 404);
    EXPECT_EQ(cleo.post(path(id, "/answer"), R"({"answer":"accept","slot":"1"})").status, 404);
    EXPECT_EQ(cleo.post(path(id, "/cancel")).status, 404);
    EXPECT_EQ(visitor().get("/meetings").status, 401);
}

struct Bad {
    const char* field;
    json::value value;
    const char* code;
};
TEST_P(Meetings, ThatMakeNoSenseAreRefusedWithTheField) {
    for (const Bad& bad : std::vector<Bad>{{"kind", "duel", "body.field"},
                                           {"slots", json::array(), "meeting.no_slots"},
                                           {"slots", "soon", "body.field"},
                                           {"slots", json::array{"soon"}, "body.field"},
                                           {"places", json::array(), "meeting.no_places"},
                                           {"zone", "Mars/Olympus", "zone.unknown"},
                                           {"purpose", "", "meeting.purpose_missing"},
                                           {"answer_by", "2026-11-19T00:00:00Z", "meeting.answer_by"},
                                           {"message", "see https://example.com", "meeting.web_address"}}) {
        json::object body = lunch();
        body[bad.field] = bad.value;
        const world::Answer answer = propose(std::move(body));
        EXPECT_EQ(answer.status, 400) << bad.field;
        EXPECT_EQ(answer.code(), bad.code) << bad.field;
    }
    const std::string id = proposed();
    EXPECT_EQ(bob->post(path(id, "/answer"), R"({"answer":"perhaps"})").status, 400);
    EXPECT_EQ(bob->post(path(id, "/answer"), R"({"answer":"accept"})").status, 400);
    EXPECT_EQ(bob->post(path(id, "/answer"), R"({"answer":"accept","slot":"1"})").code(),
              "meeting.no_place_chosen");
    EXPECT_EQ(bob->post(path(id, "/outcome"), R"({"met":true,"feel":"splendid"})").status, 400);
}

TEST_P(Meetings, SayWhoDidNotComeToNobodyButTheTwo) {
    const std::string id = proposed();
    bob->post(path(id, "/answer"), R"({"answer":"accept","slot":"1","place":"1"})");
    now = *parse_rfc3339("2026-11-24T20:00:00Z");
    EXPECT_EQ(ann->post(path(id, "/outcome"), R"({"what":"unsaid"})").status, 400);
    EXPECT_EQ(ann->post(path(id, "/outcome"), "{}").status, 400);
    const world::Answer waited = ann->post(path(id, "/outcome"), R"({"what":"not_there"})");
    EXPECT_EQ(waited.text("/outcome/mine"), "missed");
    EXPECT_EQ(waited.text("/outcome/what"), "not_there");
    EXPECT_TRUE(waited.at("/outcome/absence").is_null());
    EXPECT_EQ(bob->get(path(id, "")).text("/outcome/theirs"), "missed") << "and not by whom";
    EXPECT_EQ(bob->get(path(id, "")).response.body.find("not_there"), std::string::npos);
    EXPECT_EQ(ann->post(path(id, "/excuse")).code(), "meeting.no_absence");
    const world::Answer away = bob->post(path(id, "/outcome"), R"({"what":"absent","excuse":"Fever"})");
    EXPECT_EQ(away.text("/state"), "missed");
    EXPECT_EQ(away.text("/outcome/absence/who"), "you");
    EXPECT_EQ(ann->get(path(id, "")).text("/outcome/absence/excuse"), "Fever");
    EXPECT_EQ(ann->post(path(id, "/excuse")).at("/outcome/absence/excused"), true);
    EXPECT_EQ(bob->get(path(id, "")).at("/outcome/absence/excused"), true);
    EXPECT_EQ(bob->post(path(id, "/excuse")).status, 409);
}

}  // namespace
}  // namespace vv::api::visavis
