#include "app/suggestions.h"

#include "app/people.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/suggestions.h"
#include "store/ties.h"
#include "world/databases.h"

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
                c.contacts_in = chance(20);
                c.contacts_out = chance(20);
                c.contacts_year = chance(15);
                c.known_since = caller.now - std::chrono::days(1000 + chance(3000));
                c.last_contact = caller.now - std::chrono::days(chance(900));
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
    const auto pulled = db().read_now([&](store::Tx& tx) -> Result<std::vector<store::suggestions::Pulled>> {
        return store::suggestions::by_pull(tx, caller.account, {}, std::nullopt, caller.now, 10);
    });
    for (const auto& [candidate, pull] : *pulled) {
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

TEST_P(Suggestions, AreExactlyTheBestOfAll) {
    std::vector<core::Person> people;
    for (int batch = 0; batch < 7; ++batch) {
        const auto more = add(200, batch % 2 == 0 ? "Toronto" : "Lyon");
        people.insert(people.end(), more.begin(), more.end());
    }
    live(people);
    const auto all = db().read_now([&](store::Tx& tx) -> Result<std::vector<core::Candidate>> {
        std::vector<core::Candidate> candidates;
        for (auto& pulled :
             store::suggestions::by_pull(tx, caller.account, {}, std::nullopt, caller.now, 10'000))
            candidates.push_back(pulled.candidate);
        return candidates;
    });
    ASSERT_EQ(all->size(), 1400U);
    const core::Occasion here{caller.now, caller.zone, LatLng{43.65, -79.35}, "you"};
    const auto expected = core::rank(*all, here, 25);
    SuggestionsWanted wanted;
    wanted.limit = 25;
    const auto found = suggest(wanted);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].person.id, expected[i].person) << i;
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
    EXPECT_QUERIES(5U, db(), suggest());
}

}  // namespace
}  // namespace vv::app
