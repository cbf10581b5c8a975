#include "app/introductions.h"

#include "store/statements.h"
#include "world/introductions.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

class IntroductionsApi : public world::ForEachNetwork {
protected:
    std::vector<std::string> mailed_to() {
        std::vector<std::string> all;
        for (const auto& mail : take_mails()) all.push_back(mail.to);
        std::ranges::sort(all);
        return all;
    }
    // For dora, from cate, for wim's ask; its id.
    std::string dora_for(const std::string& received) {
        const auto made = introduce(received, cates_dora);
        EXPECT_EQ(made.status, 201) << made.response.body;
        return made.text("/id");
    }
    bool knows(world::Visitor& who, const std::string& introduction) {
        return who.get("/introductions/" + introduction).status == 200;
    }
    static constexpr const char* kTo = R"("to_target":"Meet","to_asker":"Meet")";
};
VV_ON_EACH_DATABASE(IntroductionsApi);

TEST_P(IntroductionsApi, LeadFromAnAskToTwoWhoKnowHowToReachEachOther) {
    const std::string path = ask();
    const std::string received = send(path);
    const auto before = cate->get(received);
    EXPECT_EQ(before.text("/asker/handle"), "wim");
    EXPECT_EQ(before.text("/fitting/0/person/id"), cates_dora) << "who of her own people fits";
    take_mails();
    const std::string id = dora_for(received);
    EXPECT_THAT(mailed_to(), testing::ElementsAre("dora@example.com"));
    const auto seen = dora->get("/introductions/" + id);
    EXPECT_EQ(seen.text("/role"), "target");
    EXPECT_EQ(seen.text("/asker/name"), "Wim");
    EXPECT_THAT(seen.text("/ask"), HasSubstr("chief executives"));
    EXPECT_EQ(seen.text("/to_target"), "You two should meet");
    EXPECT_TRUE(seen.at("/to_asker").is_null());
    EXPECT_TRUE(seen.at("/contact").is_null());
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora"))) << "not that there was a match, nor who";
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "asked");
    const auto made = say(*dora, id, "yes");
    EXPECT_EQ(made.text("/state"), "made");
    EXPECT_EQ(made.text("/contact"), "wim@example.com");
    EXPECT_EQ(dora->get("/people/" + made.text("/person")).text("/name"), "Wim") << "to propose a meeting";
    EXPECT_THAT(mailed_to(), testing::ElementsAre("cate@example.com", "dora@example.com", "wim@example.com"));
    const auto mine = wim->get(path);
    EXPECT_EQ(mine.text("/introductions/0/target/name"), "Dora");
    EXPECT_EQ(mine.text("/introductions/0/contact"), "dora@example.com");
    EXPECT_EQ(mine.text("/introductions/0/to_asker"), "Meet her");
    EXPECT_EQ(mine.text("/sent/0/state"), "introduced");
    EXPECT_EQ(mine.text("/people/0/state"), "yes");
    EXPECT_EQ(mine.at("/progress/yes").as_int64(), 1);
    EXPECT_EQ(mine.text("/people/0/person/account"), "dora");
    EXPECT_EQ(cate->get("/introductions/" + id).text("/state"), "made");
}

TEST_P(IntroductionsApi, TellABrokerHowItEndedWithThanks) {
    const std::string path = ask(), received = send(path), id = dora_for(received);
    say(*dora, id, "yes");
    take_mails();
    EXPECT_EQ(wim->post("/introductions/" + id + "/thanks", R"({"words":"That was kind"})").status, 200);
    EXPECT_EQ(wim->post("/introductions/" + id + "/thanks", R"({"words":"Again"})").status, 409);
    EXPECT_EQ(cate->get("/introductions/" + id).text("/asker_thanks"), "That was kind");
    EXPECT_TRUE(dora->get("/introductions/" + id).at("/asker_thanks").is_null());
    EXPECT_THAT(mailed_to(), testing::ElementsAre("cate@example.com"));
    const std::string person = wim->get(path).text("/people/0/person/id");
    now += hours(48);
    EXPECT_EQ(wim->post("/encounters",
                        R"({"person":")" + person + R"(","kind":"lunch","start":"2026-11-22T17:00:00Z"})")
                  .status,
              201);
    const auto noted = db().write_now([&](store::Tx& tx) {
        return app::note_introductions_met(tx, {&ids, "https://visavis.example", "visavis@visavis.example"},
                                           now);
    });
    EXPECT_EQ(*noted, 1);
    EXPECT_FALSE(cate->get("/introductions/" + id).at("/met_at").is_null());
    EXPECT_THAT(mailed_to(), testing::ElementsAre("cate@example.com"));
    EXPECT_EQ(wim->get(path).at("/progress/met").as_int64(), 1);
    EXPECT_FALSE(*db().read_now([&](store::Tx& tx) { return app::are_introductions_met(tx, now); }));
}

TEST_P(IntroductionsApi, KeepANoFromEverybody) {
    const std::string path = ask(), received = send(path), id = dora_for(received);
    take_mails();
    EXPECT_EQ(say(*dora, id, "no").text("/answer"), "no");
    EXPECT_EQ(cate->get("/introductions/" + id).text("/state"), "not_now");
    EXPECT_THAT(all_that(*cate), Not(HasSubstr(R"("no")")));
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "asked");
    EXPECT_THAT(mailed_to(), testing::ElementsAre("cate@example.com"));
    EXPECT_EQ(say(*dora, id, "yes").code(), "introduction.over") << "once is once";
    now += hours(25);
    const std::string again = dora_for(received);
    EXPECT_TRUE(mailed_to().empty());
    EXPECT_FALSE(knows(*dora, again)) << "who said no is not asked about the same one again";
    EXPECT_EQ(cate->get("/introductions/" + again).text("/state"), "target_asked") << "and nobody notices";
}

TEST_P(IntroductionsApi, OfOnesOwnIdeaNameNobodyBeforeTheirYes) {
    take_mails();
    const auto made =
        cate->post("/introductions", R"({"asker":")" + cates_wim + R"(","person":")" + cates_dora +
                                         R"(","to_target":"Meet Wim","to_asker":"I know somebody"})");
    ASSERT_EQ(made.status, 201);
    const std::string id = made.text("/id");
    EXPECT_THAT(mailed_to(), testing::ElementsAre("wim@example.com"));
    EXPECT_FALSE(knows(*dora, id));
    EXPECT_EQ(wim->get("/introductions/" + id).text("/state"), "asker_asked");
    EXPECT_EQ(wim->get("/introductions/" + id).text("/to_asker"), "I know somebody");
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
    EXPECT_EQ(say(*wim, id, "yes").text("/state"), "target_asked");
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
    EXPECT_EQ(say(*wim, id, "no").code(), "introduction.not_asked");
    EXPECT_THAT(mailed_to(), testing::ElementsAre("dora@example.com"));
    EXPECT_EQ(say(*dora, id, "not_now").text("/state"), "not_now");
    EXPECT_EQ(wim->get("/introductions/" + id).text("/state"), "not_now");
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
}

TEST_P(IntroductionsApi, AreTakenBackAndExpire) {
    const std::string received = send(ask()), id = dora_for(received);
    EXPECT_EQ(introduce(received, cates_dora).code(), "introduction.under_way");
    EXPECT_EQ(cate->post("/introductions/" + id + "/withdraw").text("/state"), "over");
    EXPECT_EQ(say(*dora, id, "yes").code(), "introduction.over");
    EXPECT_EQ(dora->post("/introductions/" + id + "/withdraw").status, 404);
    const std::string second = dora_for(received);
    now += hours(24 * 15);
    EXPECT_EQ(say(*dora, second, "yes").code(), "introduction.over");
    EXPECT_EQ(dora->get("/introductions/" + second).text("/state"), "expired");
    EXPECT_EQ(introduce(received, cates_dora).status, 404) << "the ask has run out as well";
}

TEST_P(IntroductionsApi, EndWhenTheAskIsDone) {
    const std::string path = ask(), received = send(path), id = dora_for(received);
    EXPECT_EQ(wim->patch(path, R"({"closed":true})").status, 200);
    EXPECT_EQ(dora->get("/introductions/" + id).text("/state"), "over");
    EXPECT_EQ(say(*dora, id, "yes").code(), "introduction.over");
    EXPECT_TRUE(cate->get("/asks/received").at("/items").as_array().empty());
    EXPECT_EQ(introduce(received, add(*cate, "Ed Ray", "CEO")).code(), "ask.done");
    EXPECT_EQ(wim->remove(path).status, 204);
    EXPECT_EQ(dora->get("/introductions/" + id).text("/state"), "over");
    EXPECT_EQ(cate->get(received).status, 404);
}

TEST_P(IntroductionsApi, ReachWhoHasNoAccountOnAPrivatePage) {
    const std::string path = ask(), received = send(path);
    const std::string person = add(*cate, "Meiling Ouyang", "Chief Executive");
    take_mails();
    const auto made =
        introduce(received, person,
                  R"("to_target":"Meet <b>Wim</b>","to_asker":"Meet her","email":"Meiling@Example.com")");
    ASSERT_EQ(made.status, 201);
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "meiling@example.com");
    EXPECT_THAT(mails[0].text, HasSubstr("because Cate has your address"));
    EXPECT_THAT(mails[0].list_unsubscribe, HasSubstr("/stop/"));
    EXPECT_THAT(mails[0].text, Not(HasSubstr("wim@")));
    const std::string page = "/i/" + world::token_in(mails[0].text, "/i/");
    const auto shown = open(page);
    EXPECT_THAT(shown.body, HasSubstr("Would you like to meet Wim?"));
    EXPECT_THAT(shown.body, HasSubstr("Meet &lt;b&gt;Wim&lt;/b&gt;"));
    EXPECT_THAT(shown.body, Not(HasSubstr("wim@")));
    EXPECT_THAT(shown.body, Not(HasSubstr("<script")));
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Meiling")));
    EXPECT_EQ(post(page, "answer=perhaps").status, 400);
    EXPECT_EQ(post(page, "answer=yes").status, 303);
    EXPECT_THAT(open(page).body, HasSubstr("wim@example.com"));
    const auto mine = wim->get(path);
    EXPECT_EQ(mine.text("/introductions/0/contact"), "meiling@example.com");
    EXPECT_EQ(mine.text("/people/0/person/name"), "Meiling Ouyang");
    EXPECT_EQ(mine.at("/progress/yes").as_int64(), 1);
    EXPECT_EQ(post(page, "answer=no").status, 409) << "a link that was used answers nothing more";
    EXPECT_EQ(post(page, "answer=thanks&thanks=Kind+of+you").status, 303);
    EXPECT_EQ(cate->get("/introductions/" + made.text("/id")).text("/target_thanks"), "Kind of you");
    EXPECT_EQ(open("/i/guess").status, 404);
    EXPECT_EQ(post("/i/guess", "answer=yes").status, 404);
}

TEST_P(IntroductionsApi, GoByALinkPassedOnByHandAndAskForAnAddress) {
    const std::string path = ask(), received = send(path);
    const auto made = introduce(received, add(*cate, "Meiling Ouyang", "CEO"));
    const std::string page = "/i/" + world::token_in(made.text("/link"), "/i/");
    EXPECT_EQ(post(page, "answer=yes&email=nonsense").status, 400);
    EXPECT_THAT(open(page).body, HasSubstr("so that Wim can reach you"));
    EXPECT_EQ(post(page, "answer=yes&email=meiling%40example.com").status, 303);
    EXPECT_EQ(wim->get(path).text("/introductions/0/contact"), "meiling@example.com");
    const auto old = introduce(received, add(*cate, "Ed Ray", "CEO"));
    now += hours(24 * 15);
    const std::string expired = "/i/" + world::token_in(old.text("/link"), "/i/");
    EXPECT_THAT(open(expired).body, HasSubstr("It was open until"));
    EXPECT_EQ(post(expired, "answer=yes&email=ed%40example.com").status, 409);
}

TEST_P(IntroductionsApi, ObeyWhoWantsNoMail) {
    const std::string received = send(ask());
    const std::string person = add(*cate, "Meiling Ouyang", "CEO");
    take_mails();
    introduce(received, person, std::string(kTo) + R"(,"email":"meiling@example.com")");
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    post("/stop/" + world::token_in(mails[0].list_unsubscribe, "/stop/"), "do=stop");
    const auto next = introduce(received, add(*cate, "Her sister", "CEO"),
                                std::string(kTo) + R"(,"email":"MEILING@example.com")");
    EXPECT_EQ(next.status, 201) << "the broker does not learn of it";
    EXPECT_TRUE(take_mails().empty());
}

TEST_P(IntroductionsApi, AreSilentWhereSomebodyKeepsSomebodyAway) {
    const auto silent = [&](const char* who) {
        SCOPED_TRACE(who);
        const std::string received = send(ask());
        take_mails();
        const std::string id = dora_for(received);
        EXPECT_TRUE(take_mails().empty());
        EXPECT_FALSE(knows(*dora, id));
        EXPECT_EQ(say(*dora, id, "yes").status, 404);
        EXPECT_EQ(cate->get("/introductions/" + id).text("/state"), "target_asked");
        EXPECT_EQ(cate->post("/introductions/" + id + "/withdraw").status, 200);
    };
    ASSERT_EQ(dora->put("/blocks/cate").status, 204);
    silent("the target blocked the broker");
    dora->remove("/blocks/cate");
    ASSERT_EQ(dora->put("/blocks/wim").status, 204);
    silent("the target blocked the asker");
    dora->remove("/blocks/wim");
    ASSERT_EQ(wim->put("/blocks/dora").status, 204);
    silent("the asker blocked the target");
    wim->remove("/blocks/dora");
    const std::string received = send(ask()), id = dora_for(received);
    ASSERT_TRUE(knows(*dora, id));
    ASSERT_EQ(wim->put("/blocks/dora").status, 204);
    EXPECT_FALSE(knows(*dora, id)) << "a block that comes later";
    EXPECT_EQ(say(*dora, id, "yes").status, 404);
}

TEST_P(IntroductionsApi, NeverReachAnAddressThatTheAskerBlocked) {
    const std::string wims =
        wim->post("/people", R"({"name":"Meiling","email":"meiling@example.com"})").text("/id");
    ASSERT_LT(wim->put("/people/" + wims + "/block").status, 300);
    const std::string received = send(ask());
    take_mails();
    const auto made = introduce(received, add(*cate, "Meiling Ouyang", "CEO"),
                                std::string(kTo) + R"(,"email":"meiling@example.com")");
    EXPECT_EQ(made.status, 201);
    EXPECT_TRUE(take_mails().empty());
    const std::string page = "/i/" + world::token_in(made.text("/link"), "/i/");
    EXPECT_EQ(post(page, "answer=yes").status, 303);
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Ouyang")));
    EXPECT_EQ(cate->get("/introductions/" + made.text("/id")).text("/state"), "target_asked");
}

TEST_P(IntroductionsApi, RefuseWhatMakesNoSense) {
    const std::string path = ask(), received = send(path);
    EXPECT_EQ(introduce(received, cates_wim).code(), "introduction.same") << "with oneself";
    const std::string both = R"(,"asker":")" + cates_wim + R"(")";
    EXPECT_EQ(introduce(received, cates_dora, kTo + both).code(), "introduction.between");
    EXPECT_EQ(cate->post("/introductions", R"({"person":")" + cates_dora + R"("})").code(),
              "introduction.between");
    EXPECT_EQ(introduce(received, "99", kTo).status, 404);
    EXPECT_EQ(introduce("/asks/received/99", cates_dora, kTo).status, 404);
    const std::string guest = add(*cate, "Ed Ray", "CEO");
    EXPECT_EQ(cate->post("/introductions",
                         R"({"asker":")" + guest + R"(","person":")" + cates_dora + R"(",)" + kTo + "}")
                  .code(),
              "introduction.no_account");
    EXPECT_EQ(introduce(received, guest, std::string(kTo) + R"(,"email":"nonsense")").status, 400);
    EXPECT_EQ(
        introduce(received, cates_dora, R"("to_target":")" + std::string(50'000, 'a') + R"(","to_asker":"b")")
            .code(),
        "introduction.words");
    EXPECT_EQ(introduce(received, cates_dora,
                        R"("to_target":"see evil.example/x or https://evil.example","to_asker":"b")")
                  .code(),
              "introduction.words");
    EXPECT_EQ(wim->post("/introductions",
                        R"({"ask":")" + id_of(received) + R"(","person":")" + wims_cate + R"(",)" + kTo + "}")
                  .status,
              404)
        << "an ask that came before somebody else";
    ASSERT_LT(cate->put("/people/" + cates_dora + "/block").status, 300);
    EXPECT_EQ(introduce(received, cates_dora).code(), "introduction.you_blocked");
}

TEST_P(IntroductionsApi, MayGoInCircles) {
    link("dora", "cate");
    const std::string doras_wim = link("dora", "wim");
    link("wim", "dora");
    const std::string doras_cate = link("dora", "cate");
    // cate → wim and dora, dora → wim and cate: each is answered for itself.
    const auto first = cate->post(
        "/introductions", R"({"asker":")" + cates_wim + R"(","person":")" + cates_dora + R"(",)" + kTo + "}");
    const auto second = dora->post(
        "/introductions", R"({"asker":")" + doras_wim + R"(","person":")" + doras_cate + R"(",)" + kTo + "}");
    ASSERT_EQ(first.status, 201);
    ASSERT_EQ(second.status, 201);
    say(*wim, first.text("/id"), "yes");
    say(*wim, second.text("/id"), "yes");
    EXPECT_EQ(say(*dora, first.text("/id"), "yes").text("/state"), "made");
    EXPECT_EQ(say(*cate, second.text("/id"), "yes").text("/state"), "made");
    EXPECT_EQ(wim->get("/people").at("/items").as_array().size(), 2U) << "nobody is there twice";
}

TEST_P(IntroductionsApi, AreLimitedForABroker) {
    const std::string received = send(ask());
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(introduce(received, add(*cate, "Person " + std::to_string(i), "CEO")).status, 201);
    EXPECT_EQ(introduce(received, cates_dora).code(), "introduction.many");
    now += hours(25);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(introduce(received, add(*cate, "Guest " + std::to_string(i), "CEO"),
                            std::string(kTo) + R"(,"email":"guest)" + std::to_string(i) + R"(@example.com")")
                      .status,
                  201);
    EXPECT_EQ(
        introduce(received, add(*cate, "Guest 6", "CEO"), std::string(kTo) + R"(,"email":"g6@example.com")")
            .code(),
        "introduction.many_mails");
    EXPECT_EQ(introduce(received, cates_dora).status, 201);
}

TEST_P(IntroductionsApi, ShowBeforehandWhatWillBeRead) {
    const std::string received = send(ask());
    const std::string person =
        cate->post("/people", R"({"name":"Meiling Ouyang","email":"m@example.com"})").text("/id");
    take_mails();
    const auto shown = cate->post("/introductions/preview",
                                  R"({"ask":")" + id_of(received) + R"(","person":")" + person + R"("})");
    ASSERT_EQ(shown.status, 200);
    EXPECT_THAT(shown.text("/to_target"), HasSubstr("Hello Meiling"));
    EXPECT_THAT(shown.text("/mail/text"), HasSubstr(shown.text("/to_target")));
    EXPECT_THAT(shown.text("/mail/subject"), HasSubstr("Wim"));
    EXPECT_EQ(shown.text("/emails/0"), "m@example.com");
    EXPECT_TRUE(take_mails().empty());
    EXPECT_TRUE(cate->get("/introductions").at("/items").as_array().empty());
}

TEST_P(IntroductionsApi, SurviveWhenSomebodyLeaves) {
    const auto leave = [&](const std::string& handle) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::run(tx, "DELETE FROM accounts WHERE handle = :handle", soci::use(handle, "handle"));
            return Done{};
        }));
    };
    const std::string path = ask(), received = send(path), id = dora_for(received);
    say(*dora, id, "yes");
    const std::string ed = add(*cate, "Ed Ray", "CEO");
    const auto open_one = introduce(received, ed);
    leave("dora");
    EXPECT_EQ(wim->get(path).at("/progress/yes").as_int64(), 1) << "what is wim's stays";
    EXPECT_EQ(cate->get("/introductions/" + id).text("/state"), "made");
    leave("wim");
    EXPECT_EQ(cate->get(received).status, 404) << "what was wim's has gone";
    const auto left = cate->get("/introductions");
    ASSERT_EQ(left.at("/items").as_array().size(), 2U);
    EXPECT_EQ(left.text("/items/0/state"), "over");
    EXPECT_TRUE(left.at("/items/0/asker").is_null());
    EXPECT_THAT(left.response.body, Not(HasSubstr("chief executives to interview")));
    const std::string page = "/i/" + world::token_in(open_one.text("/link"), "/i/");
    EXPECT_EQ(post(page, "answer=yes&email=ed%40example.com").status, 409);
    leave("cate");
    EXPECT_EQ(open(page).status, 404);
}

}  // namespace
}  // namespace vv::api::visavis
