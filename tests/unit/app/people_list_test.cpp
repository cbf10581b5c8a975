#include "app/people.h"
#include "app/resolution.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/search.h"
#include "store/ties.h"
#include "world/databases.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace vv::app {
namespace {

using core::Identity;
using core::Network;

const Instant kNoon = from_millis(1'700'000'000'000);

class PeopleSearch : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        for (const core::AccountId owner : {kAnn, kBob}) {
            core::Account account;
            account.id = owner;
            account.handle = owner == kAnn ? "ann" : "bob";
            account.email = account.handle + "@yarrow.example.com";
            account.full_name = account.handle;
            account.created_at = kNoon;
            ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
                EXPECT_TRUE(store::accounts::add(tx, account, "$hash"));
                return Done{};
            }));
        }
        person("Xiuying He", "Westering University", "xhe@mail.example.com", "Shanghai");
        person("Zhiqiang Zhou", "Bluefern Design", "", "Toronto");
        person("Peregrine Oldershaw", "Tamarack Energy", "po@mail.example.com", "Toronto");
        person("Tamara Oldershaw", "", "+1 416 555 0134", "");
    }

    void person(const std::string& name, const std::string& organisation, const std::string& address,
                const std::string& place) {
        Identity one;
        one.id = {ids_.next(kNoon)};
        one.network = Network::vcard;
        one.key = name + address;
        one.attributes.name.full = name;
        one.attributes.organisation = organisation;
        one.attributes.place = place;
        if (!address.empty())
            (address[0] == '+' ? one.attributes.phones : one.attributes.emails).push_back(address);
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<ResolutionReport> {
            store::people::add_identity(tx, kAnn, core::PersonId{}, one);
            return resolve_people(tx, kAnn, {}, kNoon, ids_);
        }));
    }
    PeoplePage page(const std::string& query, std::size_t limit = 50, const std::string& after = {}) {
        PeopleWanted wanted;
        wanted.query = query;
        wanted.limit = limit;
        wanted.after = after;
        const auto found = db().read_now([&](store::Tx& tx) {
            return list_people(tx, Caller{kAnn, kNoon, {}}, wanted);
        });
        EXPECT_TRUE(found) << query;
        return found ? *found : PeoplePage{};
    }
    std::string names(const std::string& query) {
        std::string text;
        for (const auto& one : page(query).people) text += (text.empty() ? "" : ", ") + one.name;
        return text;
    }

    static constexpr core::AccountId kAnn{7};
    static constexpr core::AccountId kBob{8};
    IdSource ids_{0};
};
VV_ON_EACH_DATABASE(PeopleSearch);

TEST_P(PeopleSearch, FindsBeginningsOfWhateverIsKnown) {
    EXPECT_EQ(names("xiu"), "Xiuying He");
    EXPECT_EQ(names("west univ"), "Xiuying He");
    EXPECT_EQ(names("toronto"), "Peregrine Oldershaw, Zhiqiang Zhou");
    EXPECT_EQ(names("14165550134"), "Tamara Oldershaw");
    EXPECT_EQ(names("zhou toronto"), "Zhiqiang Zhou");
    EXPECT_EQ(names("zhou shanghai"), "");
    EXPECT_EQ(names("7"), "") << "the owner's own id is no word";
}

TEST_P(PeopleSearch, FindsANameWithASlip) {
    EXPECT_EQ(names("xuying"), "Xiuying He");
    EXPECT_EQ(names("oldreshaw"), "Peregrine Oldershaw, Tamara Oldershaw");
    EXPECT_EQ(names("zhiqiang zhuo"), "Zhiqiang Zhou");
    EXPECT_EQ(names("ZHIQIÁNG"), "Zhiqiang Zhou");
}

TEST_P(PeopleSearch, PutsNamesBeforeEverythingElse) {
    EXPECT_EQ(names("tamara"), "Tamara Oldershaw, Peregrine Oldershaw") << "Tamarack is an employer";
}

TEST_P(PeopleSearch, GoesOnPageByPageThroughAllOfThem) {
    const auto first = page("tamara", 1);
    ASSERT_EQ(first.people.size(), 1U);
    const auto rest = page("tamara", 1, first.next);
    ASSERT_EQ(rest.people.size(), 1U);
    EXPECT_EQ(rest.people[0].name, "Peregrine Oldershaw");
    EXPECT_EQ(rest.next, "");
    PeopleWanted wanted;
    for (const auto* after : {"x", "0 1", "9 1 a", "0 z a"}) {
        wanted.after = after;
        EXPECT_FALSE(db().read_now([&](store::Tx& tx) {
            return list_people(tx, Caller{kAnn, kNoon, {}}, wanted);
        })) << after;
    }
}

// So many that the store reads the texts instead of making a list of all who fit.
TEST_P(PeopleSearch, GoesThroughVeryManyOfWhomAWordIsTold) {
    const std::size_t many = GetParam() == store::Dialect::sqlite ? 6'000 : 600;
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        std::vector<store::search::Texts> texts;
        for (std::size_t i = 0; i < many; ++i) {
            core::Person one;
            one.id = {ids_.next(kNoon)};
            one.name = (i % 10 == 0 ? "Enginey Of " : "Somebody ") + std::to_string(i);
            one.created_at = kNoon;
            store::people::add(tx, kAnn, one);
            texts.push_back({one.id, folded_words(one.name), {"engineers", i % 4 == 0 ? "copper" : "tin"}});
        }
        store::search::save(tx, kAnn, texts);
        return Done{};
    }));
    const auto all = [&](const std::string& query) {
        std::vector<std::string> names;
        std::string after;
        do {
            const auto found = page(query, 200, after);
            for (const auto& one : found.people) names.push_back(one.name);
            after = found.next;
        } while (!after.empty());
        return names;
    };
    const auto found = all("engine");
    EXPECT_EQ(found.size(), many);
    EXPECT_EQ(std::set(found.begin(), found.end()).size(), many);
    EXPECT_TRUE(std::all_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(many / 10),
                            [](const std::string& name) { return name.starts_with("Enginey"); }));
    EXPECT_EQ(all("engineers").size(), many);
    EXPECT_EQ(all("engineers copp").size(), many / 4);
    EXPECT_EQ(all("somebody engineers").size(), many - many / 10);
    EXPECT_EQ(all("gineers").size(), 0U) << "a word's beginning alone";
}

TEST_P(PeopleSearch, FindsWhatTheOwnerWroteAndForgetsWhatSheTookBack) {
    const auto id = page("zhou").people.at(0).id;
    const auto write = [&](const std::string& note) {
        PersonEdit edit;
        edit.note = note;
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
            return edit_person(tx, Caller{kAnn, kNoon, {}}, id, edit, &ids_);
        }));
    };
    write("Plays the Bandoneón");
    EXPECT_EQ(names("bandoneon"), "Zhiqiang Zhou");
    write("");
    EXPECT_EQ(names("bandoneon"), "");
}

TEST_P(PeopleSearch, KnowsANewNameAndNoLongerTheOldOne) {
    PersonEdit edit;
    edit.name = "Rosalind Quillfeather";
    const auto id = page("tamara olders").people.at(0).id;
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return edit_person(tx, Caller{kAnn, kNoon, {}}, id, edit, &ids_);
    }));
    EXPECT_EQ(names("quilfeather"), "Rosalind Quillfeather");
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::search::remove(tx, kAnn, std::vector{id});
        return Done{};
    }));
    EXPECT_EQ(names("quilfeather"), "");
}

TEST_P(PeopleSearch, StaysWithTheOwner) {
    PeopleWanted wanted;
    wanted.query = "oldreshaw";
    const auto found = db().read_now([&](store::Tx& tx) {
        return list_people(tx, Caller{kBob, kNoon, {}}, wanted);
    });
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->people.empty());
}

TEST_P(PeopleSearch, PutsWhoHasNoNameBehindWhoHasOne) {
    person("", "", "+1 416 555 0177", "");
    person("Åsa Bæk", "", "", "");
    const auto all = page("").people;
    EXPECT_EQ(all.front().name, "Åsa Bæk");
    EXPECT_EQ(all.back().name, "+1 416 555 0177");
    const auto first = page("", all.size() - 1);
    ASSERT_NE(first.next, "");
    EXPECT_EQ(page("", 50, first.next).people.at(0).name, "+1 416 555 0177");
}

TEST_P(PeopleSearch, CountsWhoIsThereAndWhoWasMetButNobodyWhoIsBlocked) {
    const auto all = page("").people;
    ASSERT_EQ(all.size(), 4U);
    const auto counted = [&](core::AccountId owner) {
        Result<PeopleTotals> totals = PeopleTotals{};
        EXPECT_QUERIES(1U, db(), totals = db().read_now([&](store::Tx& tx) {
            return count_people(tx, Caller{owner, kNoon, {}});
        }));
        return std::pair(totals->people, totals->met);
    };
    EXPECT_EQ(counted(kAnn), std::pair(4, 0));
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        std::vector<store::ties::Summary> met;
        for (const std::size_t i : {0U, 1U}) {
            core::Tie tie;
            tie.first_met = tie.last_met = kNoon;
            tie.encounters = 1;
            met.push_back({all[i].id, tie, 0});
        }
        store::ties::save(tx, kAnn, met);
        return Done{};
    }));
    EXPECT_EQ(counted(kAnn), std::pair(4, 2));
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        for (const std::size_t i : {1U, 2U}) {
            auto blocked = store::people::find(tx, kAnn, all[i].id).value();
            blocked.blocked_at = kNoon;
            store::people::save(tx, kAnn, blocked);
        }
        return Done{};
    }));
    EXPECT_EQ(counted(kAnn), std::pair(2, 1));
    EXPECT_EQ(counted(kBob), std::pair(0, 0));
}

}  // namespace
}  // namespace vv::app
