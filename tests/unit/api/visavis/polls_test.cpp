#include "app/links.h"
#include "world/api.h"
#include "world/meetings.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class PollPages : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        context->mail_from = "visavis@visavis.example";
        ann.emplace(signed_in("ann"));
        meiling = ann->post("/people", R"({"name":"Meiling <Ouyang>"})").text("/id");
        omar = ann->post("/people", R"({"name":"Omar Haddad"})").text("/id");
    }
    // A lunch on two days, for one by mail and one by a link.
    json::object lunch() const {
        return {{"kind", "lunch"},
                {"zone", "America/Toronto"},
                {"message", "Which day?"},
                {"slots",
                 {{{"start", "2026-11-24T17:30:00Z"}, {"end", "2026-11-24T19:00:00Z"}},
                  {{"start", "2026-11-25T17:30:00Z"}, {"end", "2026-11-25T19:00:00Z"}}}},
                {"places", json::array{{{"name", "Silver Lantern"}, {"address", "17 Spadina Avenue"}}}},
                {"invitees",
                 {{{"person", meiling}, {"email", "meiling@example.com"}, {"must_come", true}},
                  {{"person", omar}}}}};
    }
    world::Answer made() {
        world::Answer poll = ann->post("/polls", json::serialize(lunch()));
        EXPECT_EQ(poll.status, 201) << json::serialize(poll.body);
        id = poll.text("/id");
        token = world::token_in(poll.text("/voters/0/link"), "/p/");
        return poll;
    }
    net::Response page(const std::string& query = "") {
        return visitor().client().get("/p/" + token + query);
    }
    net::Response vote(std::string form) {
        net::Request request;
        request.method = net::Method::post;
        request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        request.body = std::move(form);
        return visitor().client().send("/p/" + token, std::move(request));
    }
    std::optional<world::Visitor> ann;
    std::string meiling, omar, id, token;
};
VV_ON_EACH_DATABASE(PollPages);

TEST_P(PollPages, WaitOnTodayForWhoHasNotAnswered) {
    world::Visitor bob = signed_in("bob");
    json::object asked = lunch();
    asked["invitees"] = json::array{{{"account", "bob"}}, {{"person", meiling}}};
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        const core::AccountId me{std::stoll(ann->get("/account").text("/id"))};
        app::link_person(tx, me, {std::stoll(bob.get("/account").text("/id"))}, now, ids);
        return Done{};
    }));
    const std::string poll = ann->post("/polls", json::serialize(asked)).text("/id");
    EXPECT_EQ(bob.get("/today").text("/to_vote/0/id"), poll);
    EXPECT_EQ(bob.get("/today").text("/to_vote/0/organiser"), "Ann");
    EXPECT_TRUE(ann->get("/today").at("/to_vote").as_array().empty()) << "hers waits for others";
    EXPECT_EQ(bob.put("/polls/" + poll + "/answers", R"({"answers":{"1":"yes","2":"no"}})").status, 200);
    EXPECT_TRUE(bob.get("/today").at("/to_vote").as_array().empty());
}

TEST_P(PollPages, AreMadeListedAndPicked) {
    const world::Answer poll = made();
    EXPECT_EQ(poll.text("/role"), "organiser");
    EXPECT_EQ(poll.text("/voters/0/mail/state"), "sent");
    EXPECT_EQ(poll.text("/voters/1/mail/state"), "by_hand");
    EXPECT_EQ(poll.text("/times/0/standing/unanswered"), "2");
    EXPECT_EQ(vote("s1=no&s2=if_need_be&reply=accept").status, 303);
    const world::Answer seen = ann->get("/polls/" + id);
    EXPECT_EQ(seen.text("/best"), "2");
    EXPECT_EQ(seen.text("/voters/0/answers/2"), "if_need_be");
    EXPECT_EQ(seen.text("/voters/1/answers"), "null");
    EXPECT_EQ(ann->get("/polls").text("/mine/0/id"), id);
    const world::Answer picked = ann->post("/polls/" + id + "/pick", R"({"time":"2"})");
    ASSERT_EQ(picked.status, 200) << json::serialize(picked.body);
    EXPECT_EQ(picked.text("/state"), "picked");
    EXPECT_EQ(ann->get("/meetings/" + picked.text("/voters/0/meeting")).text("/state"), "scheduled");
    EXPECT_EQ(ann->get("/meetings/" + picked.text("/voters/1/meeting")).text("/state"), "proposed");
    const world::Answer late = ann->post("/polls/" + id + "/pick", R"({"time":"1"})");
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.code(), "poll.closed");
    EXPECT_EQ(page().status, 303);  // on to the meeting
    EXPECT_EQ(visitor().client().get("/m/" + token).status, 200);
}

TEST_P(PollPages, WorkForGuestsWithoutScript) {
    made();
    const net::Response shown = page();
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, HasSubstr("Ann asks Meiling &lt;Ouyang&gt;"));
    EXPECT_THAT(shown.body, HasSubstr("Tuesday 24 November"));
    EXPECT_THAT(shown.body, HasSubstr("12:30 to 14:00"));
    EXPECT_THAT(shown.body, HasSubstr("Omar Haddad"));
    EXPECT_THAT(shown.body, Not(HasSubstr("<script")));
    EXPECT_THAT(shown.body, Not(HasSubstr("ann@")));
    EXPECT_THAT(page("?zone=Asia/Tokyo").body, HasSubstr("Wednesday 25 November"));
    EXPECT_THAT(page("?zone=Asia/Tokyo").body, HasSubstr("02:30 to 04:00"));
    EXPECT_EQ(vote("s1=yes&s2=no&reply=accept&zone=Asia%2FTokyo").status, 303);
    const std::string thanks = page().body;
    EXPECT_THAT(thanks, HasSubstr("Thank you"));
    EXPECT_THAT(thanks, HasSubstr("02:30 to 04:00"));  // the zone is kept
    EXPECT_EQ(vote("reply=decline").status, 303);      // can't come at all
    EXPECT_EQ(ann->get("/polls/" + id).text("/voters/0/answers/1"), "no");
    token = "guess";
    EXPECT_EQ(page().status, 404);
    EXPECT_EQ(vote("s1=yes").status, 404);
}

TEST_P(PollPages, RefuseALateVoteKindlyWithWhatWasTyped) {
    made();
    EXPECT_EQ(ann->post("/polls/" + id + "/close").status, 200);
    const net::Response late = vote("s1=yes&reply=accept");
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(late.body, HasSubstr("Thank you, but this poll has ended"));
    EXPECT_THAT(page().body, HasSubstr("has given this up for now"));
}

TEST_P(PollPages, RefuseWhatIsNoPoll) {
    EXPECT_EQ(ann->post("/polls", R"({"kind":"lunch"})").status, 400);
    json::object nobody = lunch();
    nobody["invitees"] = json::array();
    EXPECT_EQ(ann->post("/polls", json::serialize(nobody)).code(), "poll.voters");
    json::object nonsense = lunch();
    nonsense["invitees"] = json::array{1};
    EXPECT_EQ(ann->post("/polls", json::serialize(nonsense)).status, 400);
    EXPECT_EQ(ann->get("/polls/17").code(), "poll.unknown");
    made();
    EXPECT_EQ(ann->put("/polls/" + id + "/answers", R"({"answers":{"1":"yes"}})").code(), "poll.unknown");
    EXPECT_EQ(ann->put("/polls/" + id + "/answers", R"({"answers":{"1":"maybe"}})").status, 400);
    EXPECT_EQ(ann->put("/polls/" + id + "/answers", R"({"answers":7})").status, 400);
    EXPECT_EQ(ann->post("/polls/" + id + "/voters/9/link").code(), "poll.unknown");
    EXPECT_THAT(ann->post("/polls/" + id + "/voters/2/link").text("/voters/1/link"), HasSubstr("/p/"));
}

TEST_P(PollPages, AreAnsweredByAnAccount) {
    world::Visitor bob = signed_in("bob");
    const std::string asked = ann->post("/meetings", json::serialize([&] {
                                            json::object body = lunch();
                                            body.erase("invitees");
                                            body["account"] = "bob";
                                            body["purpose"] = "To talk over the harvest festival";
                                            return body;
                                        }()))
                                  .text("/id");
    bob.post("/meetings/" + asked + "/answer", R"({"answer":"accept","slot":"1"})");  // which links the two
    json::object body = lunch();
    body["invitees"] = json::array{{{"account", "bob"}}, {{"person", omar}}};
    const std::string poll = ann->post("/polls", json::serialize(body)).text("/id");
    const world::Answer seen = bob.get("/polls/" + poll);
    EXPECT_EQ(seen.text("/role"), "voter");
    EXPECT_EQ(seen.text("/organiser"), "Ann");
    EXPECT_EQ(bob.get("/polls").text("/asked/0/id"), poll);
    const world::Answer voted = bob.put("/polls/" + poll + "/answers", R"({"answers":{"1":"no","2":"yes"}})");
    EXPECT_EQ(voted.text("/voters/0/answers/2"), "yes");
    EXPECT_EQ(voted.text("/best"), "null");
    EXPECT_EQ(bob.post("/polls/" + poll + "/pick", R"({"time":"1"})").status, 404);
    // The first time is taken by the meeting agreed before.
    EXPECT_EQ(ann->get("/polls/" + poll).text("/times/0/standing/suits_you"), "false");
}

}  // namespace
}  // namespace vv::api::visavis
