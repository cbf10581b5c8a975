#include "app/asks_match.h"

#include "app/people.h"
#include "base/text.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/asks_search.h"
#include "store/people.h"
#include "store/search.h"
#include "store/ties.h"
#include "world/databases.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace vv::app {
namespace {

class AsksMatch : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        core::Account account;
        account.id = caller.account;
        account.handle = "ann";
        account.email = "ann@example.com";
        account.full_name = "Ann";
        account.home = core::Home{"Toronto", {43.65, -79.35}};
        account.region = "CA";
        account.created_at = caller.now;
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "hash");
            return Done{};
        }));
    }

    // People with these titles in turn, each with a seeded life, as imports would leave them.
    std::vector<core::Person> add(int count, const std::vector<std::string>& titles,
                                  const std::string& city = "") {
        std::vector<core::Person> added;
        for (int from = 0; from < count; from += 200) {
            const auto some = db().write_now([&](store::Tx& tx) -> Result<std::vector<core::Person>> {
                std::vector<NewPerson> people;
                for (int i = from; i < std::min(count, from + 200); ++i)
                    people.push_back({"Person " + std::to_string(i), city, "", std::nullopt});
                TRY(auto made, add_people(tx, caller, people, &ids));
                std::vector<store::ties::Summary> summaries;
                std::vector<store::search::Texts> texts;
                for (auto& person : made) {
                    person.title = titles[static_cast<std::size_t>(chance(static_cast<int>(titles.size())))];
                    store::people::save(tx, caller.account, person);
                    texts.push_back({person.id, {"person"}, folded_words(person.title)});
                    summaries.push_back(life_of(person));
                }
                store::search::save(tx, caller.account, texts);
                store::ties::save(tx, caller.account, summaries);
                return made;
            });
            EXPECT_TRUE(some) << some.error().detail;
            added.insert(added.end(), some->begin(), some->end());
        }
        return added;
    }

    store::ties::Summary life_of(const core::Person& person) {
        core::Tie tie;
        tie.as_of = caller.now - std::chrono::days(chance(30));
        tie.contacts_in = chance(50) * chance(3);
        tie.contacts_out = chance(50);
        tie.last_contact = tie.as_of - std::chrono::days(chance(900));
        tie.encounters = std::max(0, chance(9) - 4);
        if (tie.encounters > 0) tie.last_met = tie.as_of - std::chrono::days(chance(900));
        tie.trust = chance(900) / 1'000.0;
        core::asks::Known known;
        known.trust = tie.trust;
        known.encounters = tie.encounters;
        known.contacts_in = tie.contacts_in;
        known.contacts_out = tie.contacts_out;
        known.last_contact = tie.last_contact;
        known.last_met = tie.last_met;
        return {person.id, tie, 0, core::asks::warmth_bound(known, tie.as_of)};
    }

    int chance(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); }

    std::vector<MatchedPerson> match(std::string_view text, std::size_t limit = 20,
                                     std::vector<core::PersonId> without = {}) {
        const auto ask = core::read_ask(text, caller.zone.date_of(caller.now));
        auto found =
            db().read_now([&](store::Tx& tx) { return match_people(tx, caller, *ask, limit, without); });
        EXPECT_TRUE(found) << found.error().detail;
        return *std::move(found);
    }

    // Everybody judged one by one, as slow as it is plain.
    std::vector<core::PersonId> best_of_all(std::string_view text, std::size_t limit) {
        const auto ask = core::read_ask(text, caller.zone.date_of(caller.now));
        const auto best = db().read_now([&](store::Tx& tx) -> Result<std::vector<core::asks::Match>> {
            core::asks::Matcher matcher(*ask, caller.now, caller.zone, LatLng{43.65, -79.35});
            std::vector<core::asks::Match> all;
            store::asks::ByWarmth reader(tx, caller.account, {}, caller.now);
            std::vector<store::asks::Warm> everybody;
            for (auto some = reader.next(); !some.empty(); some = reader.next())
                std::ranges::move(some, std::back_inserter(everybody));
            std::vector<core::PersonId> people;
            for (const auto& one : everybody) people.push_back(one.known.person);
            const auto evidence =
                store::asks::evidence(tx, caller.account, people, ask->place, "CA", caller.now);
            for (const auto& one : everybody)
                if (auto match = matcher.judge(one.known, evidence.at(one.known.person)))
                    all.push_back(*std::move(match));
            return all;
        });
        auto all = *best;
        std::ranges::sort(all, [](const auto& a, const auto& b) {
            return a.score != b.score ? a.score > b.score : a.person < b.person;
        });
        std::vector<core::PersonId> out;
        for (std::size_t i = 0; i < std::min(limit, all.size()); ++i) out.push_back(all[i].person);
        return out;
    }

    static std::vector<core::PersonId> ids_of(const std::vector<MatchedPerson>& people) {
        std::vector<core::PersonId> out;
        for (const auto& one : people) out.push_back(one.person.id);
        return out;
    }

    std::mt19937 random{7};
    IdSource ids;
    Caller caller{{1}, *parse_rfc3339("2026-11-20T18:28:30Z"), *Zone::find("America/Toronto")};
};
VV_ON_EACH_DATABASE(AsksMatch);

const std::vector<std::string> kTitles{"Nurse",         "Midwife", "Surgeon",     "Carpenter", "CEO",
                                       "Head of Sales", "Teacher", "Staff nurse", ""};

TEST_P(AsksMatch, AreExactlyTheBestOfAll) {
    add(500, kTitles);
    add(100, kTitles, "Toronto");
    add(100, kTitles, "Lyon");
    for (const char* text :
         {"a nurse", "two midwives in Lyon", "someone in sales near Toronto", "a chief executive"})
        EXPECT_EQ(ids_of(match(text)), best_of_all(text, 20)) << text;
}

// So many that they are read from the warmest on.
TEST_P(AsksMatch, AreExactlyTheBestOfVeryMany) {
    add(1'600, {"Nurse", "Staff nurse", "Midwife"});
    add(200, kTitles, "Lyon");
    EXPECT_EQ(ids_of(match("a nurse", 10)), best_of_all("a nurse", 10));
    EXPECT_EQ(ids_of(match("a nurse in Lyon", 10)), best_of_all("a nurse in Lyon", 10));
}

// So many are wanted that evidence is looked up again and again between the batches.
TEST_P(AsksMatch, AreExactlyTheBestHoweverManyAreWanted) {
    add(1'600, {"Nurse", "Staff nurse"});
    add(300, {"Nurse"}, "Lyon");
    for (const std::size_t limit : {150U, 400U, 1'850U})
        EXPECT_EQ(ids_of(match("a nurse in Lyon", limit)), best_of_all("a nurse in Lyon", limit)) << limit;
}

TEST_P(AsksMatch, AreReadFromTheWarmestInFewStatements) {
    add(700, {"Nurse", "Carpenter"});
    std::vector<store::asks::Warm> read;
    const auto read_all = [&] {
        EXPECT_TRUE(db().read_now([&](store::Tx& tx) -> Result<Done> {
            store::asks::ByWarmth reader(tx, caller.account, {{{"nurse"}, {"carpenter"}}, {}}, caller.now);
            for (auto some = reader.next(); !some.empty(); some = reader.next())
                std::ranges::move(some, std::back_inserter(read));
            return Done{};
        }));
    };
    EXPECT_QUERIES(GetParam() == store::Dialect::sqlite ? 5U : 2U, db(), read_all());
    ASSERT_EQ(read.size(), 700U);
    std::set<core::PersonId> once;
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_TRUE(once.insert(read[i].known.person).second);
        EXPECT_TRUE(i == 0 || read[i].warmth <= read[i - 1].warmth);
    }
}

// Skimmed or not, and whatever stands beside a word.
TEST_P(AsksMatch, AreReadFromTheWarmestAsTheIndexFindsThem) {
    const auto people =
        add(1'500, {"Nurse", "Chief of the engineers", "Head of Sales", "Painter", "Engineer"});
    const std::vector<store::search::Texts> odd{{people[0].id, {"a"}, {"chief\u2013engineer"}},
                                                {people[1].id, {"a"}, {"\U0001F680nurse", "NURSE"}},
                                                {people[2].id, {"a"}, {"infirmi\u00e8re", "sales", "head"}},
                                                {people[3].id, {"nurse"}, {"headsales"}},
                                                {people[4].id, {"a"}, {"astronaut"}}};
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::search::save(tx, caller.account, odd);
        return Done{};
    }));
    const std::vector<store::asks::Find> all{{{{"nurse"}, {"chief", "engineer"}}, {}},
                                             {{{"sales", "head"}, {"painter"}}, {}},
                                             {{{"infirmiere"}, {"of", "sales"}}, {}},
                                             {{{"astronaut"}, {"chief", "engineers", "nobody"}}, {}}};
    for (const auto& find : all) {
        std::vector<core::PersonId> read, found;
        ASSERT_TRUE(db().read_now([&](store::Tx& tx) -> Result<Done> {
            store::asks::ByWarmth reader(tx, caller.account, find, caller.now);
            for (auto some = reader.next(); !some.empty(); some = reader.next())
                for (const auto& one : some) read.push_back(one.known.person);
            for (const auto& one : store::asks::found(tx, caller.account, find, caller.now))
                found.push_back(one.person);
            return Done{};
        }));
        EXPECT_GE(read.size(), 1U);
        EXPECT_THAT(read, ::testing::UnorderedElementsAreArray(found));
    }
}

TEST_P(AsksMatch, WidenTheSearchOnlyWhereTooFewFit) {
    add(30, {"Nurse"});
    add(30, {"Surgeon"});
    for (const auto& one : match("a nurse", 10)) EXPECT_EQ(one.person.title, "Nurse");
    EXPECT_EQ(match("a nurse", 40).size(), 40U);
}

TEST_P(AsksMatch, LeaveOutWhoIsBlockedAndWhoIsNotWanted) {
    const auto people = add(5, {"Nurse"});
    ASSERT_EQ(match("a nurse").size(), 5U);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return block_person(tx, caller, people[0].id, {&ids, "", ""});
    }));
    const auto left = ids_of(match("a nurse", 20, {people[1].id}));
    EXPECT_EQ(left.size(), 3U);
    EXPECT_EQ(std::ranges::count(left, people[0].id), 0);
    EXPECT_EQ(std::ranges::count(left, people[1].id), 0);
}

TEST_P(AsksMatch, FindByTagsAndNotes) {
    auto people = add(3, {"Teacher"});
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        people[1].note = "Keeps bees, a falconer too";
        store::people::save(tx, caller.account, people[1]);
        return Done{};
    }));
    const auto found = match("a falconer");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].person.id, people[1].id);
}

TEST_P(AsksMatch, OfARelationNeedNoOtherWord) {
    const auto people = *db().write_now([&](store::Tx& tx) {
        return add_people(tx, caller, {{"Bo", "", "", core::Relation::friend_}, {"Cy", "", "", std::nullopt}},
                          &ids);
    });
    EXPECT_EQ(ids_of(match("a friend")), std::vector{people[0].id});
}

TEST_P(AsksMatch, ReadAFixedNumberOfQueries) {
    add(50, {"Nurse"}, "Toronto");
    EXPECT_QUERIES(9U, db(), match("a nurse in Toronto"));
}

}  // namespace
}  // namespace vv::app
