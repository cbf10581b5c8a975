#include "world/api.h"
#include "world/meetings.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

// A dinner on two evenings for a person without an account.
json::object dinner(const std::string& person) {
    return {{"person", person},
            {"kind", "dinner"},
            {"slots",
             {{{"start", "2026-11-24T23:00:00Z"}, {"end", "2026-11-25T01:00:00Z"}},
              {{"start", "2026-11-25T23:00:00Z"}, {"end", "2026-11-26T01:00:00Z"}}}},
            {"places",
             {{{"name", "Silver <Lantern>"}, {"address", "17 Spadina Avenue"}, {"public", true}},
              {{"name", "At home"}, {"address", "2 Elm Street"}, {"public", false}}}},
            {"zone", "America/Toronto"},
            {"purpose", "Before the year ends"},
            {"message", "Which evening suits you?"},
            {"email", "meiling@example.com"}};
}

class GuestPages : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        context->mail_from = "visavis@visavis.example";
        ann.emplace(signed_in("ann"));
        const std::string person = ann->post("/people", R"({"name":"Meiling Ouyang"})").text("/id");
        const world::Answer made = ann->post("/meetings", json::serialize(dinner(person)));
        EXPECT_EQ(made.status, 201) << json::serialize(made.body);
        id = made.text("/id");
        mail = take_mails().at(0);
        token = world::token_in(mail.text, "/m/");
    }
    net::Response get(const std::string& path) { return visitor().client().get(path); }
    net::Response post(const std::string& path, std::string form) {
        net::Request request;
        request.method = net::Method::post;
        request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        request.body = std::move(form);
        return visitor().client().send(path, std::move(request));
    }
    std::string page() { return get("/m/" + token).body; }
    net::Response answer(const std::string& form) { return post("/m/" + token, form); }
    std::string state() { return ann->get("/meetings/" + id).text("/state"); }

    std::optional<world::Visitor> ann;
    std::string id, token;
    app::OutgoingMail mail;
};
VV_ON_EACH_DATABASE(GuestPages);

TEST_P(GuestPages, ShowTheInvitationAndNothingPrivate) {
    const net::Response shown = get("/m/" + token);
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, HasSubstr("Ann invites Meiling Ouyang"));
    EXPECT_THAT(shown.body, HasSubstr("Which evening suits you?"));
    EXPECT_THAT(shown.body, HasSubstr("Tuesday 24 November"));
    EXPECT_THAT(shown.body, HasSubstr("18:00 to 20:00"));
    EXPECT_THAT(shown.body, HasSubstr("Silver &lt;Lantern&gt;"));
    EXPECT_THAT(shown.body, Not(HasSubstr("2 Elm Street")));
    EXPECT_THAT(shown.body, Not(HasSubstr("ann@")));
    EXPECT_THAT(shown.body, Not(HasSubstr("<script")));
    EXPECT_THAT(get("/m/" + token + "?zone=Asia/Shanghai").body, HasSubstr("07:00 to 09:00"));
    EXPECT_EQ(get("/m/guess").status, 404);
    EXPECT_THAT(get("/m/guess").body, HasSubstr("This link leads nowhere"));
}

TEST_P(GuestPages, AreAnsweredWithAForm) {
    const net::Response answered = answer("s1=no&s2=yes&place=2&reply=accept&zone=America%2FToronto");
    EXPECT_EQ(answered.status, 303) << answered.body;
    EXPECT_EQ(state(), "scheduled");
    EXPECT_EQ(ann->get("/meetings/" + id).text("/agreed/start"), "2026-11-25T23:00:00Z");
    EXPECT_THAT(page(), HasSubstr("Wednesday 25 November"));
    EXPECT_THAT(page(), HasSubstr("2 Elm Street"));  // both have agreed
    const net::Response file = get("/m/" + token + "/meeting.ics");
    EXPECT_THAT(file.body, HasSubstr("BEGIN:VEVENT"));
    EXPECT_EQ(answer("reply=cancel&message=Fever+%26+cough").status, 303);
    EXPECT_EQ(state(), "cancelled");
    EXPECT_THAT(page(), HasSubstr("The meeting is cancelled"));
}

TEST_P(GuestPages, AreDeclinedWithoutATrace) {
    EXPECT_EQ(answer("reply=decline").status, 303);
    EXPECT_EQ(state(), "proposed");
    EXPECT_THAT(page(), HasSubstr("You have declined"));
    EXPECT_EQ(answer("s1=yes&place=1&reply=accept").status, 303);  // she may change her mind
    EXPECT_EQ(state(), "scheduled");
}

TEST_P(GuestPages, SuggestOtherTimes) {
    const std::string times = "date1=2026-11-28&start1=23:00&end1=00:30&newplace=Red+Fig&message=Later%3F";
    EXPECT_EQ(answer(times + "&zone=America%2FToronto&reply=counter").status, 303);
    const world::Answer seen = ann->get("/meetings/" + id);
    EXPECT_EQ(seen.text("/awaits"), "you");
    EXPECT_EQ(seen.text("/slots/0/start"), "2026-11-29T04:00:00Z");
    EXPECT_EQ(seen.text("/slots/0/end"), "2026-11-29T05:30:00Z");
    EXPECT_EQ(seen.text("/places/0/name"), "Red Fig");
    EXPECT_THAT(page(), HasSubstr("Your suggestion is on its way"));
}

TEST_P(GuestPages, SayWhatDidNotGoThroughAndKeepWhatWasTyped) {
    const net::Response refused = answer("date1=soon&start1=7&message=Perhaps+%3Clater%3E&reply=counter");
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr("That did not go through"));
    EXPECT_THAT(refused.body, HasSubstr("Perhaps &lt;later&gt;"));
    EXPECT_EQ(answer("reply=whatever").status, 400);
    EXPECT_EQ(answer("s1=no&s2=no&place=1&reply=accept").status, 400);
    EXPECT_EQ(state(), "proposed");
}

TEST_P(GuestPages, AskAfterwardsWhetherTheyMet) {
    answer("s1=yes&place=1&reply=accept");
    now = *parse_rfc3339("2026-11-25T02:00:00Z");
    EXPECT_THAT(page(), HasSubstr("Did you meet?"));
    EXPECT_EQ(answer("reply=met").status, 303);
    EXPECT_THAT(page(), HasSubstr("You met"));
}

TEST_P(GuestPages, StopAllMailAndLetItThroughAgain) {
    const std::string link = "/stop/" + world::token_in(mail.list_unsubscribe, "/stop/");
    EXPECT_THAT(get(link).body, HasSubstr("No more mail from this server"));
    EXPECT_THAT(post(link, "List-Unsubscribe=One-Click").body, HasSubstr("Stopped"));
    EXPECT_THAT(get(link).body, HasSubstr("Let mail through again"));
    EXPECT_THAT(post(link, "do=resume").body, HasSubstr("Mail is let through again"));
    EXPECT_EQ(post("/stop/guess", "do=stop").status, 404);
}

}  // namespace
}  // namespace vv::api::visavis
