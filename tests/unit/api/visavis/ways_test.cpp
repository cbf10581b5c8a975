#include "app/ways.h"

#include "store/accounts.h"
#include "store/statements.h"
#include "world/introductions.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <random>

namespace vv::api::visavis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class WaysApi : public world::ForEachNetwork {
protected:
    void SetUp() override {
        ForEachNetwork::SetUp();
        if (!IsSkipped()) context->ways = &ways;
    }
    void agree(const std::string& handle, bool does = true) {
        world::Visitor who = signed_in(handle);
        const std::string yes = does ? "true" : "false";
        EXPECT_EQ(who.put("/asks/brokering", R"({"a_day":3,"agrees":)" + yes + "}").status, 200);
    }
    // The handles of first steps, once what has changed was taken in.
    std::vector<std::string> to(const std::string& handle) {
        EXPECT_TRUE(ways.refresh(db(), now).ok());
        const auto found = wim->get("/asks/ways?to=" + handle);
        std::vector<std::string> handles;
        const auto first = found.at("/first");
        for (const auto& person : first.as_array()) handles.emplace_back(person.at("account").as_string());
        return handles;
    }
    // How much an owner trusts somebody, as if facts said so.
    void trust(const std::string& owner, const std::string& other, double value) {
        const std::string person = link(owner, other);
        const long long id = std::stoll(person), at = millis(now);
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::run(tx, "UPDATE people SET trust = :trust, trust_at = :at WHERE id = :id",
                       soci::use(value, "trust"), soci::use(at, "at"), soci::use(id, "id"));
            // As store/ties notes it, where trust is written otherwise.
            store::run(tx, "INSERT INTO way_changes (account_id) SELECT owner_id FROM people WHERE id = :id",
                       soci::use(id, "id"));
            return Done{};
        }));
    }
    core::AccountId id_of_account(const std::string& handle) {
        return *db().read_now([&](store::Tx& tx) -> Result<core::AccountId> {
            return store::accounts::find_by_handle(tx, handle)->id;
        });
    }

    app::Ways ways;
};
VV_ON_EACH_DATABASE(WaysApi);

TEST_P(WaysApi, LeadOnlyOverThoseWhoAgreedToOneWhoDid) {
    EXPECT_THAT(to("dora"), IsEmpty()) << "nobody has agreed to anything";
    agree("cate");
    EXPECT_THAT(to("dora"), IsEmpty()) << "dora has not";
    agree("dora");
    EXPECT_THAT(to("dora"), ElementsAre("cate"));
    agree("cate", false);
    EXPECT_THAT(to("dora"), IsEmpty());
}

TEST_P(WaysApi, TellTheFirstStepAndNothingElse) {
    for (const char* handle : {"bo", "cy"}) signed_in(handle);
    for (const char* handle : {"cate", "bo", "cy"}) agree(handle);
    trust("cate", "bo", 0.5);
    trust("bo", "cy", 0.5);
    EXPECT_THAT(to("cy"), ElementsAre("cate"));
    const auto answer = wim->get("/asks/ways?to=cy");
    EXPECT_THAT(answer.response.body, Not(HasSubstr("\"bo\"")));
    EXPECT_EQ(answer.at("").as_object().size(), 2U) << "no length, no warmth";
    const auto near = wim->get("/asks/ways?to=bo");
    EXPECT_EQ(near.response.body, answer.response.body) << "how far it is does not show";
}

TEST_P(WaysApi, AreTheWarmestWithoutACommonBroker) {
    for (const char* handle : {"bo", "cy", "di", "ed", "fay"}) signed_in(handle);
    for (const char* handle : {"bo", "cy", "di", "ed", "fay", "dora"}) agree(handle);
    const std::vector<std::pair<const char*, double>> brokers{
        {"bo", 0.2}, {"cy", 0.8}, {"di", 0.4}, {"ed", 0.6}, {"fay", 0.1}};
    for (const auto& [handle, value] : brokers) {
        trust("wim", handle, value);
        trust(handle, "dora", 0.5);
    }
    EXPECT_THAT(to("dora"), ElementsAre("cy", "ed", "di", "bo")) << "four at most";
    trust("wim", "fay", 0.9);
    EXPECT_THAT(to("dora"), ElementsAre("fay", "cy", "ed", "di"));
    trust("wim", "dora", 0.9);
    EXPECT_THAT(to("dora"), ElementsAre("fay", "cy", "ed", "di")) << "their own tie needs no broker";
}

TEST_P(WaysApi, StopAtABlock) {
    agree("cate");
    agree("dora");
    ASSERT_EQ(dora->put("/blocks/cate").status, 204);
    EXPECT_THAT(to("dora"), IsEmpty());
    dora->remove("/blocks/cate");
    EXPECT_THAT(to("dora"), ElementsAre("cate"));
    ASSERT_EQ(dora->put("/blocks/wim").status, 204);
    EXPECT_THAT(to("dora"), IsEmpty());
    dora->remove("/blocks/wim");
    ASSERT_LT(wim->put("/people/" + wims_cate + "/block").status, 300);
    EXPECT_THAT(to("dora"), IsEmpty());
    ASSERT_LT(wim->remove("/people/" + wims_cate + "/block").status, 300);
    EXPECT_THAT(to("dora"), ElementsAre("cate"));
}

TEST_P(WaysApi, AreNoneToNobodyAndBeforeAllIsRead) {
    EXPECT_FALSE(wim->get("/asks/ways?to=dora").at("/ready").as_bool());
    EXPECT_THAT(to("nobody"), IsEmpty());
    EXPECT_THAT(to("wim"), IsEmpty());
    EXPECT_TRUE(wim->get("/asks/ways?to=dora").at("/ready").as_bool());
    EXPECT_EQ(wim->get("/asks/ways").status, 400);
    context->ways = nullptr;
    EXPECT_FALSE(wim->get("/asks/ways?to=dora").at("/ready").as_bool());
    for (int i = 0; i < 20; ++i) wim->get("/asks/ways?to=dora");
    EXPECT_EQ(wim->get("/asks/ways?to=dora").status, 429) << "nobody tries who knows whom";
}

// A server that stopped, and one that starts.
TEST_P(WaysApi, AreKeptInAFileOverARestart) {
    const world::TempFolder folder;
    const std::string file = folder.path() + "/ways.image";
    for (const char* handle : {"cate", "dora"}) agree(handle);
    ways.keep_in(file);
    ASSERT_THAT(to("dora"), ElementsAre("cate"));
    ASSERT_TRUE(ways.save(now).ok());
    signed_in("bo");
    agree("bo");
    trust("cate", "bo", 0.5);
    EXPECT_EQ(wim->put("/blocks/dora").status, 204);
    app::Ways next;
    next.keep_in(file);
    // Nothing of what stands in the file is read again.
    const auto before = db().statements();
    ASSERT_TRUE(next.refresh(db(), now + std::chrono::hours(1)).ok());
    EXPECT_LE(db().statements() - before, 10U);
    const auto wims = id_of_account("wim");
    EXPECT_THAT(next.first_steps(wims, id_of_account("bo")), ElementsAre(id_of_account("cate")))
        << "what has changed since was taken in";
    EXPECT_THAT(next.first_steps(wims, id_of_account("dora")), IsEmpty())
        << "before anybody is told of a way";
}

TEST_P(WaysApi, ThrowAwayAFileThatIsDamagedOldOrAnothers) {
    const world::TempFolder folder;
    const std::string file = folder.path() + "/ways.image";
    for (const char* handle : {"cate", "dora"}) agree(handle);
    ways.keep_in(file);
    ASSERT_THAT(to("dora"), ElementsAre("cate"));
    ASSERT_TRUE(ways.save(now).ok());
    std::string image;
    {
        std::ifstream in(file, std::ios::binary);
        image.assign(std::istreambuf_iterator<char>(in), {});
    }
    ASSERT_GT(image.size(), 100U);
    const auto answers = [&](const std::string& bytes, Instant at) {
        {
            std::ofstream out(file, std::ios::binary);
            out << bytes;
        }
        app::Ways next;
        next.keep_in(file);
        EXPECT_TRUE(next.refresh(db(), at).ok());
        EXPECT_THAT(next.first_steps(id_of_account("wim"), id_of_account("dora")),
                    ElementsAre(id_of_account("cate")));
    };
    for (std::size_t i = 0; i < image.size(); i += 5) {
        std::string damaged = image;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        answers(damaged, now);
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{7}, image.size() / 2, image.size() - 1})
        answers(image.substr(0, length), now);
    answers(image, now);
    answers(image, now + std::chrono::hours(25));
    // Another database's past: its changes are others.
    agree("cate", false);
    agree("cate");
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::run(tx, "UPDATE way_changes SET account_id = 1");
        return Done{};
    }));
    answers(image, now);
}

// Whatever happens, what was kept up to date says the same as what is read anew.
TEST_P(WaysApi, StayTheSameAsReadAnew) {
    std::mt19937 random(7);
    const auto chance = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    std::vector<std::string> handles{"wim", "cate", "dora"};
    for (const char* handle : {"bo", "cy", "di", "ed"}) {
        signed_in(handle);
        handles.emplace_back(handle);
    }
    for (const auto& handle : handles) agree(handle);
    ASSERT_TRUE(ways.refresh(db(), now).ok());
    for (int round = 0; round < 12; ++round) {
        for (int i = 0; i < 4; ++i) {
            const auto& a = handles[static_cast<std::size_t>(chance(static_cast<int>(handles.size())))];
            const auto& b = handles[static_cast<std::size_t>(chance(static_cast<int>(handles.size())))];
            if (a == b) continue;
            world::Visitor who = signed_in(a);
            const int what = chance(8);
            if (what < 5) trust(a, b, 0.1 + 0.1 * chance(9));
            if (what == 5) agree(a, chance(2) == 0);
            if (what == 6) who.put("/blocks/" + b);
            if (what == 7) who.remove("/blocks/" + b);
        }
        if (round == 8) {
            ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
                store::run(tx, "DELETE FROM accounts WHERE handle = 'cy'");
                return Done{};
            }));
            std::erase(handles, "cy");
        }
        ASSERT_TRUE(ways.refresh(db(), now).ok());
        app::Ways anew;
        ASSERT_TRUE(anew.refresh(db(), now).ok());
        for (const auto& from : handles)
            for (const auto& to : handles)
                EXPECT_EQ(ways.first_steps(id_of_account(from), id_of_account(to)),
                          anew.first_steps(id_of_account(from), id_of_account(to)))
                    << from << " to " << to << " in round " << round;
    }
}

}  // namespace
}  // namespace vv::api::visavis
