#include "app/network_asks.h"

#include "app/sweeps.h"
#include "store/statements.h"
#include "world/introductions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

class NetworkAsksApi : public world::ForEachNetwork {
protected:
    std::size_t before_cate() { return cate->get("/asks/received").at("/items").as_array().size(); }
    Result<Done> deliver(const std::string& received) {
        return db().write_now([&](store::Tx& tx) {
            return app::deliver_ask(tx, {std::stoll(id_of(received))},
                                    {&ids, "https://visavis.example", "visavis@visavis.example"}, now);
        });
    }
};
VV_ON_EACH_DATABASE(NetworkAsksApi);

TEST_P(NetworkAsksApi, ComeBeforeATieWithWhoFitsForItsEyesOnly) {
    add(*cate, "Ed Ray", "Managing Director");
    add(*cate, "Flo Hart", "Gardener");
    const std::string path = ask(), received = send(path);
    const auto page = cate->get(received);
    EXPECT_EQ(page.at("/fitting").as_array().size(), 2U);
    EXPECT_EQ(page.text("/person"), cates_wim);
    ASSERT_TRUE(deliver(received).ok());
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "cate@example.com");
    EXPECT_THAT(mails[0].text, Not(HasSubstr("Dora"))) << "whom she knows does not leave the server";
    EXPECT_THAT(mails[0].text, HasSubstr("/asks/received/"));
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Ed Ray")));
    EXPECT_EQ(dora->get(received).status, 404);
    EXPECT_EQ(wim->get(received).status, 404);
    EXPECT_EQ(wim->post(path + "/sends", R"({"people":[")" + wims_cate + R"("]})").at("/sent").as_int64(), 0)
        << "once is enough";
}

TEST_P(NetworkAsksApi, AreDeclinedInOneTapWithoutATrace) {
    const std::string path = ask(), received = send(path);
    const std::string seen = wim->get(path).response.body;
    EXPECT_EQ(cate->post(received + "/decline").status, 204);
    EXPECT_EQ(before_cate(), 0U);
    EXPECT_EQ(cate->get(received).status, 404);
    EXPECT_EQ(introduce(received, cates_dora).status, 404);
    EXPECT_EQ(wim->get(path).response.body, seen);
    now += hours(24 * 15);
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "not_now");
    EXPECT_EQ(dora->post(received + "/decline").status, 404);
}

TEST_P(NetworkAsksApi, WaitWhileATieIsSilentAndNobodyNotices) {
    EXPECT_EQ(
        cate->put("/asks/brokering", R"({"agrees":false,"a_day":3,"silent_until":"2026-11-22T00:00:00Z"})")
            .status,
        200);
    const std::string path = ask();
    EXPECT_EQ(send(path), "");
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "asked");
    now = *parse_rfc3339("2026-11-22T00:00:00Z");
    EXPECT_EQ(before_cate(), 1U);
    EXPECT_TRUE(cate->get("/asks/brokering").at("/silent_until").is_null()) << "over by then";
}

TEST_P(NetworkAsksApi, KeepToADaysBudget) {
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":true,"a_day":2})").status, 200);
    for (int i = 0; i < 5; ++i) send(ask("a chief executive, number " + std::to_string(i)));
    EXPECT_EQ(before_cate(), 2U);
    now += hours(24);
    EXPECT_EQ(before_cate(), 4U);
    now += hours(24);
    EXPECT_EQ(before_cate(), 5U);
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":true,"a_day":0})").status, 200);
    send(ask("a gardener"));
    now += hours(24 * 3);
    EXPECT_EQ(before_cate(), 5U);
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":true,"a_day":51})").status, 400);
    EXPECT_EQ(cate->put("/asks/brokering", R"({"a_day":1})").status, 400);
}

TEST_P(NetworkAsksApi, AreLimitedForWhoAsks) {
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":true,"a_day":50})").status, 200);
    for (int i = 0; i < 30; ++i)
        ASSERT_EQ(wim->post(ask("a cook, number " + std::to_string(i)) + "/sends",
                            R"({"people":[")" + wims_cate + R"("]})")
                      .status,
                  200);
    EXPECT_EQ(before_cate(), 21U) << "from the twenty-first of a week on each comes an hour later";
    const auto refused = wim->post(ask("a cook") + "/sends", R"({"people":[")" + wims_cate + R"("]})");
    EXPECT_EQ(refused.code(), "ask.many");
    EXPECT_FALSE(refused.header("retry-after").empty());
    now += hours(25);
    EXPECT_EQ(wim->post(ask("a cook") + "/sends", R"({"people":[")" + wims_cate + R"("]})").status, 200);
}

// Sent, deleted and sent again: neither the asker's day nor the tie's begins anew.
TEST_P(NetworkAsksApi, CountOnWhenTheAskIsDeleted) {
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":true,"a_day":2})").status, 200);
    const auto send_and_delete = [&] {
        const std::string path = ask("a cook");
        const auto sent = wim->post(path + "/sends", R"({"people":[")" + wims_cate + R"("]})");
        EXPECT_EQ(wim->remove(path).status, 204);
        return sent.status;
    };
    for (int i = 0; i < 30; ++i) ASSERT_EQ(send_and_delete(), 200);
    EXPECT_EQ(send_and_delete(), 429);
    EXPECT_EQ(before_cate(), 0U) << "what is deleted is before nobody";
    now += hours(25);
    EXPECT_EQ(wim->post(ask("a cook") + "/sends", R"({"people":[")" + wims_cate + R"("]})").status, 200);
    EXPECT_EQ(before_cate(), 0U) << "it waits behind what has been sent";
}

// However it came that a person of one's own is oneself.
TEST_P(NetworkAsksApi, NeverGoToWhoAsks) {
    const std::string himself = add(*wim, "Wim again", "Chief Executive");
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::run(tx, "UPDATE people SET account_id = owner_id WHERE id = " + himself);
        return Done{};
    }));
    const std::string path = ask();
    EXPECT_EQ(wim->post(path + "/sends", R"({"people":[")" + himself + R"("]})").code(), "ask.no_account");
    EXPECT_EQ(wim->get("/asks/received").at("/items").as_array().size(), 0U);
    EXPECT_EQ(wim->get("/asks/ways?to=wim").at("/first").as_array().size(), 0U);
}

TEST_P(NetworkAsksApi, DoNotPassABlock) {
    ASSERT_EQ(cate->put("/blocks/wim").status, 204);
    const std::string path = ask();
    EXPECT_EQ(send(path), "");
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "asked") << "and it does not show";
    cate->remove("/blocks/wim");
    EXPECT_EQ(before_cate(), 0U);
    const std::string received = send(ask("a cook"));
    ASSERT_EQ(before_cate(), 1U);
    ASSERT_EQ(cate->put("/blocks/wim").status, 204);
    EXPECT_EQ(before_cate(), 0U);
    EXPECT_EQ(cate->get(received).status, 404);
    take_mails();
    ASSERT_TRUE(deliver(received).ok());
    EXPECT_TRUE(take_mails().empty());
}

TEST_P(NetworkAsksApi, GoOnlyToOnesOwnLinkedPeople) {
    const std::string path = ask();
    add(*wim, "Ann Guest", "Cook");
    EXPECT_EQ(wim->get("/asks/ties").at("/items").as_array().size(), 1U);
    EXPECT_EQ(wim->get("/asks/ties").text("/items/0/id"), wims_cate);
    const auto to = [&](const std::string& people) {
        return wim->post(path + "/sends", R"({"people":[)" + people + "]}");
    };
    EXPECT_EQ(to("").code(), "ask.nobody");
    EXPECT_EQ(to("\"" + add(*wim, "Guest", "Cook") + "\"").code(), "ask.no_account");
    EXPECT_EQ(to("\"" + cates_dora + "\"").status, 404) << "another's person";
    EXPECT_EQ(dora->post(path + "/sends", R"({"people":[")" + wims_cate + R"("]})").status, 404);
    EXPECT_EQ(wim->post(ask("a cook, see https://evil.example") + "/sends",
                        R"({"people":[")" + wims_cate + R"("]})")
                  .code(),
              "ask.web_address");
    EXPECT_EQ(wim->patch(path, R"({"closed":true})").status, 200);
    EXPECT_EQ(to("\"" + wims_cate + "\"").code(), "ask.done");
}

TEST_P(NetworkAsksApi, ShareWhatCameOfThemWithAllWhoHelped) {
    const std::string path = ask(), received = send(path);
    say(*dora, introduce(received, cates_dora).text("/id"), "yes");
    const auto guest = introduce(received, add(*cate, "Meiling Ouyang", "CEO"),
                                 R"("to_target":"a","to_asker":"b","email":"meiling@example.com")");
    const std::string page = guest.text("/link").substr(std::string("https://visavis.example").size());
    EXPECT_EQ(post(page, "answer=yes").status, 303);
    take_mails();
    EXPECT_EQ(wim->put(path + "/result", R"x({"url":"javascript:alert(1)"})x").code(), "ask.result");
    const auto shared = wim->put(path + "/result", R"({"url":"https://news.example/trust"})");
    EXPECT_EQ(shared.text("/result_url"), "https://news.example/trust");
    std::vector<std::string> told;
    for (const auto& mail : take_mails()) {
        told.push_back(mail.to);
        EXPECT_THAT(mail.text, HasSubstr("https://news.example/trust"));
    }
    EXPECT_THAT(told,
                testing::UnorderedElementsAre("cate@example.com", "dora@example.com", "meiling@example.com"));
    EXPECT_THAT(open(page).body, HasSubstr("https://news.example/trust"));
    EXPECT_EQ(cate->get(received).text("/result_url"), "https://news.example/trust");
    EXPECT_EQ(dora->get("/introductions").text("/items/0/result_url"), "https://news.example/trust");
    EXPECT_EQ(dora->put(path + "/result", R"({"url":"https://news.example/"})").status, 404);
    wim->put(path + "/result", R"({"url":"https://news.example/trust-2"})");
    EXPECT_TRUE(take_mails().empty()) << "told once";
}

// Deleting an ask makes no room for another before its time, and after it nothing of it is left.
TEST_P(NetworkAsksApi, AreForgottenOnceTheyCountForNobody) {
    const auto rows = [&] {
        return *db().read_now([](store::Tx& tx) -> Result<int> {
            int count = 0;
            store::run(tx, "SELECT count(*) FROM ask_sends", soci::into(count));
            return count;
        });
    };
    const auto sweep = [&] {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return app::sweep_sends(tx, now); }));
    };
    const std::string gone = ask(), kept = ask("a cook");
    send(gone);
    send(kept);
    EXPECT_EQ(wim->remove(gone).status, 204);
    now += std::chrono::days(59);
    sweep();
    EXPECT_EQ(rows(), 2);
    now += std::chrono::days(16);  // its fortnight is two months past, too
    sweep();
    EXPECT_EQ(rows(), 1);
    world::Visitor again = signed_in("wim");  // the session of then is over
    EXPECT_EQ(again.get(kept).text("/sent/0/state"), "not_now") << "the asker still reads whom it went to";
    EXPECT_EQ(again.post(kept + "/sends", R"({"people":[")" + wims_cate + R"("]})").at("/sent").as_int64(), 0)
        << "it comes before nobody twice";
}

}  // namespace
}  // namespace vv::api::visavis
