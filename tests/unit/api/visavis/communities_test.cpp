#include "app/network_asks.h"
#include "store/statements.h"
#include "world/introductions.h"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kJoin = R"({"takes_asks":true})";

/// ann organises; wim, cate and dora are asked to join. cate and dora know each other; ann and wim know cate.
class CommunitiesApi : public world::ForEachNetwork {
protected:
    void SetUp() override {
        ForEachNetwork::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        club = "/communities/" + ann->post("/communities", R"({"name":"Book club"})").text("/id");
    }
    void invite(const std::string& handle) {
        EXPECT_EQ(ann->put(club + "/members/" + handle).status, 200) << handle;
    }
    void join(world::Visitor& who, const std::string& body = kJoin) {
        EXPECT_EQ(who.put(club + "/membership", body).status, 200);
    }
    void all_join() {
        for (const char* handle : {"wim", "cate", "dora"}) invite(handle);
        for (auto* one : {&wim, &cate, &dora}) join(**one);
    }
    world::Answer put_to_club(const std::string& ask) {
        return wim->put(ask + "/communities/" + id_of(club));
    }
    static std::size_t before(world::Visitor& who) {
        return who.get("/asks/received").at("/items").as_array().size();
    }
    static std::string received_by(world::Visitor& who) {
        return "/asks/received/" + who.get("/asks/received").text("/items/0/id");
    }
    std::optional<world::Visitor> ann;
    std::string club;
};
VV_ON_EACH_DATABASE(CommunitiesApi);

TEST_P(CommunitiesApi, AreJoinedByInvitationAndShowTheirMembersToMembersOnly) {
    EXPECT_EQ(wim->get(club).status, 404);
    EXPECT_EQ(wim->put(club + "/membership", kJoin).status, 404) << "nobody joins without an invitation";
    invite("wim");
    invite("dora");
    EXPECT_EQ(wim->get("/communities").text("/items/0/standing"), "invited");
    EXPECT_EQ(wim->get(club).at("/people").as_array().size(), 0U) << "who is invited reads no names";
    join(*wim);
    const auto seen = wim->get(club);
    EXPECT_EQ(seen.at("/people").as_array().size(), 2U);
    EXPECT_THAT(seen.response.body, Not(HasSubstr("dora"))) << "who is invited is the organiser's to know";
    EXPECT_THAT(ann->get(club).response.body, HasSubstr("dora"));
    EXPECT_EQ(cate->get(club).status, 404);
    EXPECT_EQ(cate->get("/communities").at("/items").as_array().size(), 0U);
    EXPECT_EQ(wim->remove(club + "/membership").status, 204);
    EXPECT_EQ(wim->get(club).status, 404);
    EXPECT_EQ(ann->get(club).at("/members").as_int64(), 1);
}

TEST_P(CommunitiesApi, TakeANoForNoAnswerAndDoNotAskAgain) {
    invite("wim");
    const std::string seen = ann->get(club).response.body;
    EXPECT_EQ(wim->remove(club + "/membership").status, 204);
    EXPECT_EQ(ann->get(club).response.body, seen);
    EXPECT_EQ(wim->get(club).status, 404);
    invite("wim");
    EXPECT_EQ(ann->get(club).response.body, seen);
    EXPECT_EQ(ann->remove(club + "/members/wim").status, 204);
    EXPECT_THAT(ann->get(club).response.body, Not(HasSubstr("\"wim\"")));
    invite("wim");
    EXPECT_EQ(ann->get(club).response.body, seen);
    EXPECT_EQ(wim->get("/communities").at("/items").as_array().size(), 0U);
    EXPECT_EQ(wim->put(club + "/membership", kJoin).status, 404);
}

TEST_P(CommunitiesApi, AreForTheirOrganiserToTend) {
    all_join();
    EXPECT_EQ(wim->patch(club, R"({"name":"Wim's"})").status, 404);
    EXPECT_EQ(wim->put(club + "/members/ann").status, 404);
    EXPECT_EQ(wim->remove(club + "/members/cate").status, 404);
    EXPECT_EQ(wim->remove(club).status, 404);
    EXPECT_EQ(ann->patch(club, R"({"name":"Readers"})").text("/name"), "Readers");
    for (const char* name : {R"("two\nlines")", R"("see https://evil.example")"})
        EXPECT_EQ(ann->patch(club, std::string(R"({"name":)") + name + "}").code(), "community.name");
    EXPECT_EQ(ann->put(club + "/members/nobody").code(), "account.unknown");
    EXPECT_EQ(ann->remove(club + "/members/ann").code(), "community.yourself");
    EXPECT_EQ(ann->remove(club + "/members/wim").status, 204);
    EXPECT_EQ(wim->get(club).status, 404);
    EXPECT_EQ(ann->remove(club).status, 204);
    EXPECT_EQ(cate->get(club).status, 404);
}

TEST_P(CommunitiesApi, AreHandedOnWhenTheirOrganiserLeaves) {
    invite("cate");
    join(*cate);
    now += hours(1);
    invite("wim");
    join(*wim);
    EXPECT_EQ(ann->remove(club + "/membership").status, 204);
    EXPECT_EQ(wim->get(club).text("/organiser/handle"), "cate");
    cate->remove(club + "/membership");
    wim->remove(club + "/membership");
    const auto left = db().read_now([](store::Tx& tx) -> Result<int> {
        int count = 0;
        store::run(tx, "SELECT count(*) FROM communities", soci::into(count));
        return count;
    });
    EXPECT_EQ(*left, 0) << "without anybody it goes";
}

TEST_P(CommunitiesApi, CarryAnAskBeforeEachMembersOwnPeopleOnly) {
    all_join();
    add(*ann, "Ed Ray", "Chief Executive");
    const std::string path = ask();
    const auto put = put_to_club(path);
    EXPECT_EQ(put.at("/members").as_int64(), 3);
    for (auto* one : {&ann, &cate, &dora}) EXPECT_EQ(before(**one), 1U);
    EXPECT_EQ(before(*wim), 0U);
    const auto anns = ann->get(received_by(*ann));
    EXPECT_EQ(anns.at("/fitting").as_array().size(), 1U);
    EXPECT_EQ(anns.text("/community"), "Book club");
    EXPECT_TRUE(anns.at("/person").is_null()) << "she does not know wim but from here";
    EXPECT_EQ(cate->get(received_by(*cate)).text("/fitting/0/person/id"), cates_dora);
    EXPECT_THAT(cate->get(received_by(*cate)).response.body, Not(HasSubstr("Ed Ray")));
    const auto seen = wim->get(path);
    EXPECT_EQ(seen.text("/communities/0/name"), "Book club");
    EXPECT_EQ(seen.at("/sent").as_array().size(), 0U) << "before whom it came is not told";
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Ed Ray")));
    EXPECT_THAT(all_that(*wim), Not(HasSubstr("Dora")));
    EXPECT_EQ(ann->post(received_by(*ann) + "/decline").status, 204);
    EXPECT_EQ(wim->get(path).response.body, seen.response.body) << "a no leaves no trace";
    EXPECT_EQ(put_to_club(path).status, 200);
    EXPECT_EQ(before(*ann), 0U) << "once is enough";
    const auto made = introduce(received_by(*cate), cates_dora);
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(say(*dora, made.text("/id"), "yes").status, 200);
    EXPECT_EQ(wim->get(path).text("/introductions/0/broker/handle"), "cate");
}

TEST_P(CommunitiesApi, AskNobodyWhoIsSilentOrTakesNoAsks) {
    for (const char* handle : {"wim", "cate", "dora"}) invite(handle);
    join(*wim);
    join(*cate);
    join(*dora, R"({"takes_asks":false})");
    EXPECT_EQ(
        cate->put("/asks/brokering", R"({"agrees":false,"a_day":3,"silent_until":"2026-11-22T00:00:00Z"})")
            .status,
        200);
    EXPECT_EQ(ann->put("/asks/brokering", R"({"agrees":false,"a_day":0})").status, 200);
    const std::string path = ask();
    EXPECT_EQ(put_to_club(path).at("/members").as_int64(), 3) << "whoever takes none is not told";
    now += hours(24 * 10);
    for (auto* one : {&ann, &cate, &dora}) EXPECT_EQ(before(**one), 0U);
    EXPECT_EQ(wim->get(path).text("/communities/0/name"), "Book club");
}

TEST_P(CommunitiesApi, KeepToADaysBudgetAndAWeeksAsks) {
    all_join();
    EXPECT_EQ(cate->put("/asks/brokering", R"({"agrees":false,"a_day":2})").status, 200);
    for (int i = 0; i < 3; ++i) {
        const std::string path = ask("a cook, number " + std::to_string(i));
        EXPECT_EQ(put_to_club(path).status, 200);
        EXPECT_EQ(i > 0 || wim->remove(path).status == 204, true);
    }
    EXPECT_EQ(before(*dora), 2U) << "the first is gone";
    EXPECT_EQ(before(*cate), 1U) << "one waits its turn, and the one that is gone counts";
    EXPECT_EQ(put_to_club(ask("a cook")).code(), "ask.many_communities");
    now += hours(24);
    EXPECT_EQ(before(*cate), 2U);
    now += hours(24 * 7);
    EXPECT_EQ(put_to_club(ask("a cook")).status, 200);
    EXPECT_EQ(put_to_club(ask("a cook, see https://evil.example")).code(), "ask.web_address");
    EXPECT_EQ(wim->put(ask("a cook") + "/communities/12345").code(), "community.unknown");
}

TEST_P(CommunitiesApi, DoNotPassABlockAndDoNotShowIt) {
    all_join();
    const std::string path = ask();
    ASSERT_EQ(dora->put("/blocks/wim").status, 204);
    EXPECT_EQ(put_to_club(path).at("/members").as_int64(), 2) << "as many as wim sees";
    EXPECT_EQ(before(*dora), 0U);
    EXPECT_EQ(before(*cate), 1U);
    for (auto* one : {&wim, &dora}) {
        const auto seen = (*one)->get(club);
        EXPECT_EQ(seen.at("/people").as_array().size(), 3U);
        EXPECT_EQ(seen.at("/members").as_int64(), 3);
    }
    EXPECT_EQ(cate->get(club).at("/people").as_array().size(), 4U);
    ASSERT_EQ(cate->put("/blocks/wim").status, 204);
    EXPECT_EQ(before(*cate), 0U) << "one that has come goes";
    ann->remove(club + "/members/cate");
    ASSERT_EQ(cate->put("/blocks/ann").status, 204);
    const std::string seen = ann->put(club + "/members/cate").response.body;
    EXPECT_THAT(seen, HasSubstr("invited"));
    EXPECT_EQ(cate->get("/communities").at("/items").as_array().size(), 0U);
    ASSERT_EQ(ann->put("/blocks/cate").status, 204);
    EXPECT_EQ(ann->put(club + "/members/cate").code(), "block.you_blocked");
}

TEST_P(CommunitiesApi, TakeTheirAsksWithWhoIsPutOutOrLeaves) {
    all_join();
    const std::string path = ask();
    put_to_club(path);
    const std::string received = received_by(*cate);
    EXPECT_EQ(cate->remove(club + "/membership").status, 204);
    EXPECT_EQ(cate->get(received).status, 404);
    EXPECT_EQ(introduce(received, cates_dora).status, 404);
    EXPECT_EQ(before(*dora), 1U);
    EXPECT_EQ(ann->remove(club + "/members/wim").status, 204);
    EXPECT_EQ(before(*dora), 0U);
    ann->patch(club, R"({"name":"Readers without wim"})");
    EXPECT_EQ(wim->get(path).at("/communities").as_array().size(), 0U) << "nor is its name his to read";
    invite("wim");
    join(*wim);
    EXPECT_EQ(before(*dora), 1U);
    EXPECT_EQ(wim->get(path).at("/communities").as_array().size(), 1U);
    EXPECT_EQ(ann->remove(club).status, 204);
    EXPECT_EQ(before(*dora), 0U);
}

// Who asks one of the members apart, too, does not learn whether the ask had come there already.
TEST_P(CommunitiesApi, SayNothingOfAMemberWhoIsAskedApartToo) {
    all_join();
    const std::string path = ask();
    put_to_club(path);
    now += hours(1);
    EXPECT_EQ(wim->post(path + "/sends", R"({"people":[")" + wims_cate + R"("]})").at("/sent").as_int64(), 1);
    EXPECT_EQ(wim->get(path).text("/sent/0/state"), "asked");
    EXPECT_EQ(wim->get(path).text("/sent/0/sent_at"), format_rfc3339(now));
    EXPECT_EQ(before(*cate), 1U);
    EXPECT_TRUE(cate->get(received_by(*cate)).at("/community").is_null());
    const std::string other = ask("a cook");
    wim->post(other + "/sends", R"({"people":[")" + wims_cate + R"("]})");
    put_to_club(other);
    EXPECT_EQ(before(*cate), 2U);
}

// Each sees it of whom they may read the names of anyway, for as long as both belong to it.
TEST_P(CommunitiesApi, TellWhatTheirMembersHaveToDoWith) {
    ASSERT_EQ(ann->patch(club, R"({"name":"Sailing on lakes"})").status, 200);
    const std::string path = ask("someone who knows about sailing");
    EXPECT_TRUE(wim->get(path).at("/fitting").as_array().empty());
    all_join();
    const auto seen = wim->get(path);
    ASSERT_EQ(seen.at("/fitting").as_array().size(), 1U) << "of wim's people cate alone is in it";
    EXPECT_EQ(seen.text("/fitting/0/person/id"), wims_cate);
    EXPECT_THAT(seen.response.body, HasSubstr("In the group \\\"Sailing on lakes\\\""));
    const std::string both = ask("a chief executive who knows about sailing");
    EXPECT_EQ(wim->patch("/people/" + wims_cate, R"({"title":"Chief Executive"})").status, 200);
    add(*wim, "Al Reed", "Chief Executive");
    EXPECT_EQ(wim->get(both).text("/fitting/0/person/id"), wims_cate);
    EXPECT_EQ(wim->get(both).at("/fitting").as_array().size(), 2U) << "nobody twice";
    ASSERT_EQ(cate->put("/blocks/wim").status, 204);
    EXPECT_TRUE(wim->get(path).at("/fitting").as_array().empty());
    ASSERT_EQ(cate->remove("/blocks/wim").status, 204);
    EXPECT_EQ(cate->remove(club + "/membership").status, 204);
    EXPECT_TRUE(wim->get(path).at("/fitting").as_array().empty());
}

TEST_P(CommunitiesApi, WriteOnceToWhoIsInvited) {
    invite("wim");
    const auto mails = take_mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].to, "wim@example.com");
    EXPECT_THAT(mails[0].subject, HasSubstr("invites you to Book club"));
    EXPECT_THAT(mails[0].text, HasSubstr(club));
    invite("wim");
    EXPECT_EQ(ann->remove(club + "/members/wim").status, 204);
    invite("wim");
    EXPECT_EQ(wim->remove(club + "/membership").status, 204);
    invite("wim");
    EXPECT_TRUE(take_mails().empty()) << "asked again, taken back, asked again, declined, asked again";
    ASSERT_EQ(cate->put("/blocks/ann").status, 204);
    invite("cate");
    EXPECT_TRUE(take_mails().empty()) << "an invitation does not pass a block";
    for (int i = 0; i < 6; ++i) {
        const auto made = ann->post("/communities", R"({"name":"Club )" + std::to_string(i) + R"("})");
        EXPECT_EQ(ann->put("/communities/" + made.text("/id") + "/members/dora").status, 200);
    }
    EXPECT_EQ(take_mails().size(), 5U) << "the sixth waits on the page";
    EXPECT_EQ(dora->get("/communities").at("/items").as_array().size(), 6U);
}

TEST_P(CommunitiesApi, AreLimited) {
    for (int i = 0; i < 19; ++i) EXPECT_EQ(ann->post("/communities", R"({"name":"Another"})").status, 201);
    EXPECT_EQ(ann->post("/communities", R"({"name":"One more"})").code(), "community.count_kept");
    for (int i = 0; i < 50; ++i) {
        const std::string handle = "guest" + std::to_string(i);
        static_cast<void>(signed_in(handle));
        invite(handle);
    }
    EXPECT_EQ(ann->put(club + "/members/wim").code(), "community.many");
    EXPECT_EQ(ann->put(club + "/members/guest1").status, 200) << "who is invited already costs nothing";
    EXPECT_EQ(ann->remove(club + "/members/guest1").status, 204);
    EXPECT_EQ(ann->put(club + "/members/guest1").code(), "community.many") << "what was taken back counts";
    EXPECT_EQ(ann->remove(club).status, 204);
    const std::string other = "/communities/" + ann->get("/communities").text("/items/0/id");
    EXPECT_EQ(ann->put(other + "/members/guest1").code(), "community.many");
    now += hours(12);
    EXPECT_EQ(ann->put(other + "/members/guest1").status, 200);
}

// An organiser who invites anew reads the same, whether a member has left or has blocked the organiser.
TEST_P(CommunitiesApi, ShowNoBlockToWhoInvitesAnew) {
    all_join();
    EXPECT_EQ(cate->remove(club + "/membership").status, 204);
    ASSERT_EQ(dora->put("/blocks/ann").status, 204);
    const auto seen = ann->get(club);
    EXPECT_EQ(seen.at("/members").as_int64(), 2);
    EXPECT_EQ(seen.at("/people").as_array().size(), 2U);
    invite("cate");
    invite("dora");
    const auto people = ann->get(club).at("/people").as_array();
    ASSERT_EQ(people.size(), 4U);
    for (const auto& one : people) {
        const std::string handle(one.at("handle").as_string());
        const bool is_asked = handle == "cate" || handle == "dora";
        EXPECT_EQ(one.at("standing").as_string(), is_asked ? "invited" : "member") << handle;
    }
    EXPECT_EQ(wim->get(club).at("/members").as_int64(), 2) << "to everybody the same";
    EXPECT_EQ(dora->get("/communities").at("/items").as_array().size(), 0U);
    ASSERT_EQ(dora->remove("/blocks/ann").status, 204);
    EXPECT_EQ(dora->get("/communities").text("/items/0/standing"), "invited");
}

}  // namespace
}  // namespace vv::api::visavis
