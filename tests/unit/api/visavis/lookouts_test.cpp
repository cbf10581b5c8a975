#include "app/lookouts.h"

#include "world/api.h"
#include "world/meetings.h"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

class LookoutsApi : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        context->mail_from = "visavis@visavis.example";
        ann.emplace(signed_in("ann"));
        bob.emplace(signed_in("bob"));
        meeting = ann->post("/meetings", R"({"account":"bob","kind":"dinner","zone":"America/Toronto",
            "purpose":"To talk over the harvest festival",
            "slots":[{"start":"2026-11-24T00:00:00Z","end":"2026-11-24T02:00:00Z"}],
            "places":[{"name":"Silver <Lantern>","public":true}]})")
                      .text("/id");
        bob->post("/meetings/" + meeting + "/answer", R"({"answer":"accept","slot":"1"})");
        take_mails();
    }
    world::Answer ask(const std::string& more = R"(,"friend":{"name":"Tom","email":"tom@example.com"})") {
        return ann->post("/lookouts", R"({"meeting":")" + meeting + "\"" + more + "}");
    }
    static net::Response send_form(world::Visitor& who, const std::string& path, std::string form) {
        net::Request request;
        request.method = net::Method::post;
        request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        request.body = std::move(form);
        return who.client().send(path, std::move(request));
    }
    static std::string page_of(const std::string& text) { return "/s/" + world::token_in(text, "/s/"); }
    void settle(const std::string& id) {
        const auto owner = core::AccountId{*parse_id(ann->get("/account").text("/id"))};
        const core::LookoutId lookout{*parse_id(id)};
        const app::MeetingDesk desk{&ids, context->base_url, context->mail_from};
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) {
                            return app::settle_due_lookout(tx, owner, lookout, desk, now);
                        })
                        .ok());
    }
    std::string meeting;
    std::optional<world::Visitor> ann, bob;
};
VV_ON_EACH_DATABASE(LookoutsApi);

TEST_P(LookoutsApi, TellAFriendByAPageWithoutScript) {
    const auto made = ask();
    ASSERT_EQ(made.status, 201) << made.response.body;
    EXPECT_EQ(made.text("/state"), "watching");
    EXPECT_EQ(made.text("/until"), "2026-11-24T03:00:00Z");
    EXPECT_EQ(made.text("/alarm_at"), "2026-11-24T04:00:00Z");
    EXPECT_EQ(made.text("/friend/mail"), "sent");
    EXPECT_TRUE(ann->get("/lookouts").at("/items/0/link").is_null()) << "shown once";
    world::Visitor anybody = visitor();
    const std::string path = page_of(made.text("/link"));
    const auto page = anybody.client().get(path);
    EXPECT_EQ(page.status, 200);
    for (const char* told : {"Ann", "Bob", "Silver &lt;Lantern&gt;", "Monday 23 November, 19:00 to 22:00",
                             "you get a mail", "deleted on", "/stop/", "does not learn of this page"})
        EXPECT_THAT(page.body, HasSubstr(told));
    EXPECT_THAT(page.body, Not(HasSubstr("<script")));
    EXPECT_THAT(page.body, Not(HasSubstr("@example.com"))) << "nobody's address";
    EXPECT_THAT(page.body, Not(HasSubstr("harvest festival"))) << "nor what for";
    EXPECT_THAT(page.body, Not(HasSubstr("<form")));
    EXPECT_EQ(anybody.client().get("/s/nonsense").status, 404);
}

TEST_P(LookoutsApi, AskHomeSafeByALinkThatTheOwnerAloneHas) {
    const auto made = ask();
    take_mails();
    now += hours(24 * 4);  // past the time, and the alarm
    settle(made.text("/id"));
    world::Visitor tom = visitor();
    const std::string path = page_of(made.text("/link"));
    EXPECT_THAT(tom.client().get(path).body, HasSubstr("No word from Ann"));
    EXPECT_THAT(tom.client().get(path).body, HasSubstr("112"));
    EXPECT_EQ(send_form(tom, path, "answer=home").status, 403);
    EXPECT_EQ(ann->get("/lookouts").text("/items/0/state"), "raised");
    EXPECT_EQ(ann->post("/lookouts/" + made.text("/id") + "/home").text("/state"), "safe");
    EXPECT_THAT(tom.client().get(path).body, HasSubstr("Ann is home safe"));
}

TEST_P(LookoutsApi, AreAnsweredFromTheMailWithoutSigningIn) {
    const auto made = ask();
    take_mails();
    now = *parse_rfc3339("2026-11-24T03:05:00Z");
    settle(made.text("/id"));
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "ann@example.com");
    world::Visitor phone = visitor();
    const std::string path = page_of(mails[0].text);
    const auto page = phone.client().get(path);
    EXPECT_THAT(page.body, HasSubstr("<form method=\"post\""));
    EXPECT_THAT(page.body, HasSubstr("Tom is told"));
    EXPECT_EQ(send_form(phone, path, "answer=perhaps").status, 400);
    EXPECT_EQ(send_form(phone, path, "answer=longer").status, 303);
    EXPECT_EQ(ann->get("/lookouts").text("/items/0/until"), "2026-11-24T03:35:00Z");
    EXPECT_EQ(send_form(phone, path, "answer=home").status, 303);
    EXPECT_THAT(phone.client().get(path).body, HasSubstr("Good that you are home"));
    EXPECT_EQ(ann->get("/lookouts").text("/items/0/state"), "safe");
}

TEST_P(LookoutsApi, LeaveNoTraceAtTheOtherSide) {
    const auto all = [&] {
        std::string text;
        for (const std::string path : {"/meetings", "/today", "/reminders", "/lookouts"})
            text += bob->get(path).response.body;
        return text + bob->get("/meetings/" + meeting).response.body;
    };
    const std::string before = all();
    const auto made = ask();
    EXPECT_EQ(all(), before);
    const std::string path = "/lookouts/" + made.text("/id");
    EXPECT_EQ(bob->post(path + "/home").status, 404);
    EXPECT_EQ(bob->post(path + "/link").status, 404);
    EXPECT_EQ(bob->remove(path).status, 404);
    EXPECT_EQ(visitor().get("/lookouts").status, 401);
    EXPECT_EQ(ann->remove(path).status, 204);
    EXPECT_EQ(visitor().client().get(page_of(made.text("/link"))).status, 404);
}

TEST_P(LookoutsApi, SayWhichFieldIsWrong) {
    EXPECT_EQ(ask(R"(,"grace_minutes":5)").text("/error/field"), "grace");
    EXPECT_EQ(ask(R"(,"until":"2026-11-20T19:00:00Z")").text("/error/field"), "until");
    EXPECT_EQ(ask(R"(,"company":" ")").status, 400);
    EXPECT_EQ(ask(R"(,"friend":{"email":"nobody"})").code(), "account.email_invalid");
    EXPECT_EQ(ann->post("/lookouts", R"({"meeting":"12"})").status, 404);
    EXPECT_EQ(ask("").status, 201);
    EXPECT_EQ(ask("").code(), "lookout.already");
}

}  // namespace
}  // namespace vv::api::visavis
