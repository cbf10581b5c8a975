#include "app/suggestions.h"

#include "app/people.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/suggestions.h"
#include "store/ties.h"
#include "world/databases.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace vv::app {
namespace {

class Suggestions : public world::ForEachDatabase {
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
        account.created_at = caller.now;
        const auto added = db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "hash");
            return Done{};
        });
        ASSERT_TRUE(added);
    }

    std::vector<core::Person> add(int count, const std::string& city = "Toronto") {
        std::vector<NewPerson> people;
        for (int i = 0; i < count; ++i)
            people.push_back({"Person " + std::to_string(i), city, "", std::nullopt});
        return *db().write_now([&](store::Tx& tx) { return add_people(tx, caller, people, &ids); });
    }

    // Summaries as imports would leave them, with a seeded life each.
    void live(const std::vector<core::Person>& people) {
        const auto saved = db().write_now([&](store::Tx& tx) -> Result<Done> {
            std::vector<store::ties::Summary> summaries;
            for (const core::Person& person : people) {
                core::Candidate c;
                c.person = person.id;
                c.known_since = caller.now - std::chrono::days(1000 + chance(3000));
                if (chance(5) > 0) {
                    c.contacts_in = chance(20);
                    c.contacts_out = chance(20);
                    c.contacts_year = chance(15);
                    c.last_contact = caller.now - std::chrono::days(chance(900));
                }
                c.encounters = chance(4);
                if (c.encounters > 0) {
                    c.last_met = caller.now - std::chrono::days(1 + chance(600));
                    c.first_met = *c.last_met - std::chrono::days(chance(600));
                }
                core::Tie tie;
                tie.as_of = caller.now;
                tie.first_contact = c.known_since;
                tie.last_contact = c.last_contact;
                tie.first_met = c.first_met;
                tie.last_met = c.last_met;
                tie.encounters = c.encounters;
                tie.contacts_in = c.contacts_in;
                tie.contacts_out = c.contacts_out;
                tie.contacts_year = c.contacts_year;
                if (chance(2) == 0) {
                    tie.gap = core::Days(7 * (1 + chance(30)));
                    tie.half_life = core::strength_half_life(*tie.gap);
                    c.usual_gap = core::usual_gap_of(tie.half_life);
                }
                summaries.push_back({person.id, tie, core::utility_bound(c, caller.now)});
            }
            store::ties::save(tx, caller.account, summaries);
            return Done{};
        });
        ASSERT_TRUE(saved);
    }

    int chance(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); }

    std::vector<SuggestedMeeting> suggest(SuggestionsWanted wanted = {}) {
        auto found = db().read_now([&](store::Tx& tx) { return suggest_meetings(tx, caller, wanted); });
        EXPECT_TRUE(found) << found.error().detail;
        return *std::move(found);
    }

    // In each city so many, a fifth of them without a trace of contact.
    std::vector<core::Person> add_and_live(const std::vector<std::string>& cities, int count) {
        std::vector<core::Person> people;
        for (const std::string& city : cities) {
            auto more = add(count, city);
            people.insert(people.end(), more.begin(), more.end());
        }
        live(people);
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            for (std::size_t i = 0; i < people.size(); i += 7) {
                auto befriended = store::people::load(tx, caller.account, std::vector{people[i].id}).front();
                befriended.relation = i % 2 == 0 ? core::Relation::friend_ : core::Relation::customer;
                store::people::save(tx, caller.account, befriended);
            }
            return Done{};
        }));
        return people;
    }

    std::vector<core::Candidate> candidates(const std::vector<core::Person>& people) {
        std::vector<core::PersonId> ids_of;
        for (const core::Person& person : people) ids_of.push_back(person.id);
        return *db().read_now([&](store::Tx& tx) -> Result<std::vector<core::Candidate>> {
            return store::suggestions::candidates(tx, caller.account, ids_of, caller.now);
        });
    }

    std::vector<core::PersonId> found(const SuggestionsWanted& wanted) {
        std::vector<core::PersonId> people;
        for (const auto& meeting : suggest(wanted)) people.push_back(meeting.person.id);
        return people;
    }

    // By plain scoring.
    std::vector<core::PersonId> expected(const std::vector<core::Candidate>& all,
                                         const SuggestionsWanted& wanted) const {
        const core::Occasion occasion{caller.now, caller.zone, wanted.near.value_or(LatLng{43.65, -79.35}),
                                      "there"};
        std::vector<core::Candidate> asked;
        for (const core::Candidate& c : all) {
            const core::Suggestion made = core::suggest(c, occasion);
            if (wanted.shelf && made.shelf != *wanted.shelf) continue;
            if (wanted.within_km && made.distance_km.value_or(1e9) > *wanted.within_km) continue;
            if (!wanted.relations.empty() &&
                std::ranges::find(wanted.relations, c.relation) == wanted.relations.end())
                continue;
            asked.push_back(c);
        }
        std::vector<core::PersonId> people;
        for (const core::Suggestion& one : core::rank(asked, occasion, wanted.limit))
            people.push_back(one.person);
        return people;
    }

    std::mt19937 random{7};
    IdSource ids;
    Caller caller{{1}, *parse_rfc3339("2026-11-20T18:28:30Z"), *Zone::find("America/Toronto")};
};
VV_ON_EACH_DATABASE(Suggestions);

TEST_P(Suggestions, KnowATiesRhythmAndTheOwners) {
    const auto people = add(3);
    const auto read = db().write_now([&](store::Tx& tx) -> Result<core::OwnersRhythm> {
        std::vector<store::ties::Summary> summaries;
        for (const int gap : {0, 14, 56}) {  // the first has none of its own
            core::Tie tie;
            tie.as_of = caller.now;
            if (gap > 0) tie.gap = core::Days(gap);
            if (gap > 0) tie.half_life = core::strength_half_life(core::Days(gap));
            summaries.push_back({people[summaries.size()].id, tie, 0});
        }
        store::ties::save(tx, caller.account, summaries);
        return store::ties::rhythm(tx, caller.account);
    });
    EXPECT_EQ(read->ties, 2);
    EXPECT_NEAR(read->gap_logs, std::log(14.0) + std::log(56.0), 1e-9);
    for (const core::Candidate& candidate : candidates(people)) {
        if (candidate.person == people[0].id)
            EXPECT_EQ(candidate.usual_gap, std::nullopt);
        else
            EXPECT_NEAR(candidate.usual_gap->count(), candidate.person == people[1].id ? 14 : 56, 1e-9);
    }
}

TEST_P(Suggestions, OfAShelfAreTheBestOfThatShelf) {
    live(add(200));
    SuggestionsWanted wanted;
    wanted.limit = 200;
    const auto all = suggest(wanted);
    for (const auto shelf : {core::Shelf::first, core::Shelf::dormant, core::Shelf::strong}) {
        std::vector<core::PersonId> expected;
        for (const auto& meeting : all)
            if (meeting.suggestion.shelf == shelf) expected.push_back(meeting.person.id);
        ASSERT_FALSE(expected.empty());
        wanted.shelf = shelf;
        std::vector<core::PersonId> found;
        for (const auto& meeting : suggest(wanted)) found.push_back(meeting.person.id);
        EXPECT_EQ(found, expected);
    }
}

// Whatever is asked for, and long after the summaries were made: as if everybody had been scored.
TEST_P(Suggestions, AreExactlyTheBestOfAll) {
    const auto people = add_and_live({"Toronto", "Lyon", "", "Hamilton", "Oakville", "Suva"}, 200);
    const auto all = candidates(people);
    ASSERT_EQ(all.size(), 1200U);
    for (int round = 0; round < 60; ++round) {
        if (round % 20 == 19) caller.now += std::chrono::days(400);
        SuggestionsWanted wanted;
        wanted.limit = static_cast<std::size_t>(1 + chance(round % 3 == 0 ? 400 : 30));
        if (chance(3) > 0) wanted.near = LatLng{chance(140) - 60.0, chance(360) - 180.0};
        if (chance(3) == 0) wanted.near = LatLng{43.2 + chance(100) * 0.01, -79.9 + chance(100) * 0.01};
        if (chance(3) == 0) wanted.within_km = 1 + chance(900);
        if (chance(3) == 0) wanted.shelf = static_cast<core::Shelf>(chance(3));
        if (chance(4) == 0) wanted.relations = {core::Relation::friend_, core::Relation::acquaintance};
        EXPECT_EQ(found(wanted), expected(all, wanted)) << "round " << round;
    }
}

// Those who are worth the same stand by their ids, and finding the first does not take reading all.
TEST_P(Suggestions, OfManyAlikeAreTheFirst) {
    auto people = add(200);
    for (int more = 0; more < 3; ++more)
        for (core::Person& person : add(200)) people.push_back(std::move(person));
    SuggestionsWanted wanted;
    wanted.limit = 5;
    EXPECT_EQ(found(wanted), expected(candidates(people), wanted));
    const auto before = db().statements();
    found(wanted);
    EXPECT_EQ(db().statements() - before, 10U) << "one more for where they are";
}

TEST_P(Suggestions, LeaveOutWhoIsBlockedOrPutOff) {
    const auto people = add(3);
    ASSERT_EQ(suggest().size(), 3U);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return block_person(tx, caller, people[0].id, {&ids, "", ""});
    }));
    ASSERT_TRUE(db().write_now(
        [&](store::Tx& tx) { return dismiss_suggestion(tx, caller, people[1].id, Dismissal::not_now); }));
    ASSERT_EQ(suggest().size(), 1U);
    caller.now += std::chrono::days(31);
    EXPECT_EQ(suggest().size(), 2U) << "not now is over, blocked is for ever";
    ASSERT_TRUE(db().write_now(
        [&](store::Tx& tx) { return dismiss_suggestion(tx, caller, people[1].id, Dismissal::never); }));
    caller.now += std::chrono::days(3'000);
    EXPECT_EQ(suggest().size(), 1U);
}

TEST_P(Suggestions, IgnoredOnThreeDaysRest) {
    const auto people = add(2);
    const auto show = [&](std::vector<core::PersonId> shown) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) { return note_shown(tx, caller, std::move(shown)); }));
    };
    for (int day = 0; day < 2; ++day) {
        for (int times = 0; times < 5; ++times) show({people[0].id, people[1].id});
        caller.now += std::chrono::days(1);
    }
    EXPECT_EQ(suggest().size(), 2U) << "two days, however often on each";
    show({people[0].id});
    ASSERT_EQ(suggest().size(), 1U);
    EXPECT_EQ(suggest().front().person.id, people[1].id);
    caller.now += core::kIgnoredRest + std::chrono::hours(1);
    EXPECT_EQ(suggest().size(), 2U);
    show({people[0].id});
    EXPECT_EQ(suggest().size(), 2U) << "counted from the beginning after the rest";
}

TEST_P(Suggestions, WithinADistanceAreOfThatPlaceOnly) {
    add(2, "Toronto");
    add(3, "Lyon");
    add(1, "");
    SuggestionsWanted wanted;
    wanted.city = "Lyon";
    wanted.within_km = 30;
    EXPECT_EQ(suggest(wanted).size(), 3U);
    wanted.city = "Nowhere at all";
    const auto none = db().read_now([&](store::Tx& tx) { return suggest_meetings(tx, caller, wanted); });
    EXPECT_EQ(none.error().code, "suggestions.city");
}

TEST_P(Suggestions, ANewcomersThreeNamesGetAMessageEach) {
    add(3);
    std::set<Instant> hours;
    for (const auto& one : suggest()) {
        EXPECT_FALSE(one.message.empty());
        ASSERT_TRUE(one.when);
        hours.insert(one.when->start);
        EXPECT_FALSE(one.suggestion.reasons.empty());
    }
    EXPECT_EQ(hours.size(), 3U) << "all three may say yes";
}

TEST_P(Suggestions, NeedFewStatements) {
    add(3);
    EXPECT_QUERIES(9U, db(), suggest());
}

}  // namespace
}  // namespace vv::app
