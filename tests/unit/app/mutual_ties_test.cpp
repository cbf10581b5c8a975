// Who knows whom is told to a third only where both of the two let it be, and otherwise shows nowhere.
#include "app/mutual_ties.h"

#include "app/blocks.h"
#include "app/leaving.h"
#include "app/links.h"
#include "app/people.h"
#include "app/suggestions.h"
#include "store/accounts.h"
#include "store/bind.h"
#include "store/mutual_ties.h"
#include "store/statements.h"
#include "store/suggestions.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace vv::app {
namespace {

using core::AccountId;
using core::PersonId;
using testing::ElementsAre;
using testing::IsEmpty;
using world::kNow;

const AccountId kAnn{1}, kBen{2}, kCem{3}, kDee{4};

class MutualTies : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        for (const auto& [id, name] :
             std::map<AccountId, std::string>{{kAnn, "Ann"}, {kBen, "Ben"}, {kCem, "Cem"}, {kDee, "Dee"}})
            add_account(id, name);
        know(kAnn, kBen);
        know(kAnn, kCem);
        know(kAnn, kDee);
    }
    void add_account(AccountId id, const std::string& name) {
        core::Account account;
        account.id = id;
        account.handle = "h" + std::to_string(id.value);
        account.email = account.handle + "@example.com";
        account.email_verified_at = kNow;
        account.full_name = name;
        account.zone = *Zone::find("America/Toronto");
        account.created_at = kNow;
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "hash");
            return Done{};
        }));
    }
    static Caller as(AccountId account) { return {account, kNow, *Zone::find("America/Toronto")}; }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    // `owner` has `other` among its people, as both agreed to.
    void know(AccountId owner, AccountId other) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            link_person(tx, owner, other, kNow, ids);
            return Done{};
        }));
    }
    void allow(AccountId account, bool shows = true) {
        ASSERT_TRUE(run(&set_shows_ties, as(account), shows));
    }
    std::vector<SuggestedMeeting> suggest(AccountId account = kAnn, SuggestionsWanted wanted = {}) {
        auto found = db().read_now([&](store::Tx& tx) { return suggest_meetings(tx, as(account), wanted); });
        EXPECT_TRUE(found) << found.error().detail;
        return *std::move(found);
    }
    // Everything that suggestions tell.
    std::vector<std::string> told(AccountId account = kAnn) {
        std::vector<std::string> all;
        for (const SuggestedMeeting& one : suggest(account)) {
            all.push_back(one.person.name + " " + std::to_string(one.suggestion.score) + " " + one.message);
            for (const core::Reason& reason : one.suggestion.reasons)
                all.push_back(reason.kind + " " + reason.text + " " + std::to_string(reason.weight));
        }
        return all;
    }
    // The sentence on who knows somebody, by whom it is about.
    std::map<std::string, std::string> known_by(AccountId account = kAnn) {
        std::map<std::string, std::string> sentences;
        for (const SuggestedMeeting& one : suggest(account))
            for (const core::Reason& reason : one.suggestion.reasons)
                if (reason.kind == "mutual_ties") sentences.emplace(one.person.name, reason.text);
        return sentences;
    }
    // The list of people as it opens: whom to see first.
    std::vector<core::Person> first(std::size_t limit = 200, const std::string& after = {}) {
        PeopleWanted wanted;
        wanted.first = true;
        wanted.limit = limit;
        wanted.after = after;
        auto page = db().read_now([&](store::Tx& tx) { return list_people(tx, as(kAnn), wanted); });
        EXPECT_TRUE(page) << page.error().detail;
        return page->people;
    }
    PersonId person(AccountId owner, AccountId other) {
        PersonId found;
        EXPECT_TRUE(db().read_now([&](store::Tx& tx) -> Result<Done> {
            store::run(tx, "SELECT id FROM people WHERE owner_id = :owner AND account_id = :account",
                       soci::into(found), soci::use(owner, "owner"), soci::use(other, "account"));
            return Done{};
        }));
        return found;
    }
    IdSource ids;
};
VV_ON_EACH_DATABASE(MutualTies);

TEST_P(MutualTies, AreAReasonWhereBothAllowIt) {
    know(kBen, kCem);
    allow(kBen);
    allow(kCem);
    const auto sentences = known_by();
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_EQ(sentences.at("Cem"), "Ben knows them too");
    EXPECT_EQ(suggest().front().person.name, "Cem") << "all else is the same of the three";
    EXPECT_EQ(first().front().name, "Cem") << "the list of people has the same order";
    allow(kBen, false);
    EXPECT_EQ(first().front().name, "Ben");
    allow(kBen);
    know(kCem, kBen);
    EXPECT_EQ(known_by().at("Ben"), "Cem knows them too");
}

// Not by a name, a number or a place in the order: as if the two did not know each other.
TEST_P(MutualTies, ShowNowhereUnlessBothAllowThem) {
    const auto without = told();
    know(kBen, kCem);
    know(kCem, kBen);
    know(kDee, kBen);
    EXPECT_EQ(told(), without) << "nobody has said yes";
    allow(kBen);
    allow(kAnn);
    EXPECT_EQ(told(), without) << "one of the two has";
    allow(kBen, false);
    allow(kCem);
    allow(kDee);
    EXPECT_EQ(told(), without) << "others have";
    allow(kBen);
    EXPECT_NE(told(), without);
    allow(kBen, false);
    EXPECT_EQ(told(), without) << "taken back at once";
}

TEST_P(MutualTies, NameNobodyWhoDidNotAllowIt) {
    know(kBen, kCem);
    know(kDee, kCem);
    allow(kBen);
    allow(kCem);
    EXPECT_EQ(known_by().at("Cem"), "Ben knows them too");
    const auto with_ben = told();
    allow(kDee);
    EXPECT_EQ(known_by().at("Cem"), "Ben and Dee know them too");
    allow(kDee, false);
    EXPECT_EQ(told(), with_ben);
}

TEST_P(MutualTies, AreToldOnlyToThoseWhoKnowBoth) {
    add_account({9}, "Eve");
    know({9}, kCem);
    know(kBen, kCem);
    allow(kBen);
    allow(kCem);
    allow({9});
    EXPECT_THAT(known_by({9}), IsEmpty()) << "Ben is nobody of Eve's";
}

TEST_P(MutualTies, AreSilentOfWhoeverKeepsAnotherAway) {
    const auto without = told();
    know(kBen, kCem);
    know(kCem, kBen);
    allow(kBen);
    allow(kCem);
    const auto with = told();
    for (const auto& [by, whom] : {std::pair(kBen, kCem), std::pair(kCem, kBen)}) {
        ASSERT_TRUE(run(&block_account, as(by), whom, world::desk()));
        EXPECT_EQ(told(), without);
        ASSERT_TRUE(run(&unblock_account, as(by), whom));
        EXPECT_EQ(told(), with);
    }
    for (const auto& [by, whom] : {std::pair(kAnn, kBen), std::pair(kBen, kAnn)}) {
        ASSERT_TRUE(run(&block_account, as(by), whom, world::desk()));
        EXPECT_THAT(known_by(), IsEmpty());
        ASSERT_TRUE(run(&unblock_account, as(by), whom));
        EXPECT_EQ(told(), with);
    }
}

// Cem once blocked Ben in another network, as Cem's archive says.
TEST_P(MutualTies, AreSilentOfWhomAnArchiveKeepsAway) {
    const auto without = told();
    know(kBen, kCem);
    know(kCem, kBen);
    allow(kBen);
    allow(kCem);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        const PersonId ben = person(kCem, kBen);
        store::run(tx, "UPDATE identities SET blocked_at = 1 WHERE owner_id = :owner AND person_id = :person",
                   soci::use(kCem, "owner"), soci::use(ben, "person"));
        return Done{};
    }));
    EXPECT_EQ(told(), without);
}

TEST_P(MutualTies, EndWithAnAccount) {
    know(kBen, kCem);
    allow(kBen);
    allow(kCem);
    ASSERT_FALSE(known_by().empty());
    ASSERT_TRUE(run(&dismiss_account, as(kBen), DismissAccount{false, world::desk()}));
    EXPECT_THAT(known_by(), IsEmpty());
    EXPECT_FALSE(*run(&shows_ties, as(kBen)));
}

// The best are found without looking at all, and whom others know is worth more than the store's bounds say.
TEST_P(MutualTies, LeaveTheAnswerExact) {
    std::mt19937 random{11};
    const auto chance = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    std::vector<AccountId> others;
    for (int i = 0; i < 30; ++i) {
        others.push_back({100 + i});
        add_account(others.back(), "Member " + std::to_string(i));
        know(kAnn, others.back());
        if (chance(3) > 0) allow(others.back());
    }
    for (int i = 0; i < 90; ++i) {
        const int one = chance(30), other = (one + 1 + chance(29)) % 30;
        know(others[static_cast<std::size_t>(one)], others[static_cast<std::size_t>(other)]);
    }
    std::vector<NewPerson> strangers;
    for (int i = 0; i < 200; ++i) strangers.push_back({"Stranger", i % 3 == 0 ? "Toronto" : "", "", {}});
    ASSERT_TRUE(run(&add_people, as(kAnn), strangers, &ids));
    const auto all = db().read_now([&](store::Tx& tx) -> Result<std::vector<core::Candidate>> {
        std::vector<PersonId> people;
        PersonId id;
        store::Prepared select(tx, "SELECT id FROM people WHERE owner_id = :owner", soci::into(id),
                               soci::use(kAnn, "owner"));
        people = select.all(id);
        return store::suggestions::candidates(tx, kAnn, people, kNow);
    });
    EXPECT_GT(std::ranges::count_if(*all, [](const auto& c) { return !c.known_by.empty(); }), 5);
    for (const std::size_t limit : {1U, 7U, 40U, 233U})
        for (const bool in_toronto : {false, true}) {
            SuggestionsWanted wanted;
            wanted.limit = limit;
            if (in_toronto) wanted.near = LatLng{43.7, -79.4};
            const core::Occasion occasion{kNow, as(kAnn).zone, wanted.near, "there"};
            std::vector<PersonId> expected, found;
            for (const auto& one : core::rank(*all, occasion, limit)) expected.push_back(one.person);
            for (const auto& one : suggest(kAnn, wanted)) found.push_back(one.person.id);
            EXPECT_EQ(found, expected) << limit;
            if (in_toronto) continue;
            found.clear();
            for (const auto& one : first(limit)) found.push_back(one.id);
            expected.resize(std::min<std::size_t>(limit, 200));  // a page of the list
            EXPECT_EQ(found, expected) << "the list, " << limit;
        }
}

TEST_P(MutualTies, CostOneStatementWhereNobodyAllowsThem) {
    const auto look = [&] {
        return db().read_now([&](store::Tx& tx) -> Result<Done> {
            EXPECT_THAT(store::mutual_ties::of_owner(tx, kAnn), IsEmpty());
            return Done{};
        });
    };
    EXPECT_QUERIES(1U, db(), look());
}

}  // namespace
}  // namespace vv::app
