#include "app/resolution.h"

#include "app/people.h"
#include "store/accounts.h"
#include "store/bind.h"
#include "store/people.h"
#include "store/resolution.h"
#include "store/statements.h"
#include "world/databases.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace vv::app {
namespace {

using core::Identity;
using core::IdentityId;
using core::Network;
using core::PersonId;
using core::Verdict;

const Instant kNoon = from_millis(1'700'000'000'000);
const core::AccountId kAnn{7};

Identity identity(std::int64_t id, Network network, const std::string& given, const std::string& family,
                  const std::string& email = {}, const std::string& organisation = {}) {
    Identity out;
    out.id = {id};
    out.network = network;
    out.key = "key-" + std::to_string(id);
    auto& a = out.attributes;
    a.name.given = given;
    a.name.family = family;
    a.name.full = given + (family.empty() ? "" : " " + family);
    if (!email.empty()) a.emails = {email};
    a.organisation = organisation;
    return out;
}

PeopleWanted asking(const std::string& query) {
    PeopleWanted wanted;
    wanted.query = query;
    return wanted;
}

class Resolution : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        in_transaction([](store::Tx& tx) {
            core::Account account;
            account.id = kAnn;
            account.handle = "ann";
            account.email = "ann@yarrow-systems.example.com";
            account.full_name = "Ann Owner";
            account.region = "CA";
            account.created_at = kNoon;
            ASSERT_TRUE(store::accounts::add(tx, account, "$hash"));
        });
    }

    template <class F>
    void in_transaction(F body) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            body(tx);
            return Done{};
        }));
    }
    [[nodiscard]] Caller caller(int minutes = 0) const {
        return {kAnn, kNoon + std::chrono::minutes(minutes), Zone()};
    }

    void bring(const std::vector<Identity>& identities) {
        in_transaction([&](store::Tx& tx) {
            for (const auto& i : identities) store::people::add_identity(tx, kAnn, PersonId{}, i);
        });
    }
    ResolutionReport resolve(const std::vector<IdentityId>& changed = {}) {
        auto report =
            db().write_now([&](store::Tx& tx) { return resolve_people(tx, kAnn, changed, kNoon, ids_); });
        EXPECT_TRUE(report);
        return *report;
    }
    PersonId person_of(std::int64_t identity) {
        PersonId found;
        in_transaction([&](store::Tx& tx) {
            const auto placed =
                store::resolution::find_identities(tx, kAnn, std::vector{IdentityId{identity}});
            if (!placed.people.empty()) found = placed.people.front();
        });
        return found;
    }
    static PersonId person_of_in(store::Tx& tx, std::int64_t identity) {
        return store::resolution::find_identities(tx, kAnn, std::vector{IdentityId{identity}}).people.at(0);
    }
    bool together(std::int64_t a, std::int64_t b) {
        return person_of(a).is_set() && person_of(a) == person_of(b);
    }
    std::vector<ReviewPair> questions() {
        auto found = db().read_now([&](store::Tx& tx) { return review_pairs(tx, caller(), 100); });
        EXPECT_TRUE(found);
        return *found;
    }
    Result<core::Person> merge(std::vector<PersonId> people, int minutes = 1) {
        auto acted =
            db().write_now([&](store::Tx& tx) { return merge_people(tx, caller(minutes), people, &ids_); });
        if (!acted) return acted.error();
        act_ = acted->act;
        return acted->what;
    }
    Result<std::vector<core::Person>> split(PersonId person, std::vector<IdentityId> identities,
                                            int minutes = 1) {
        auto acted = db().write_now(
            [&](store::Tx& tx) { return split_person(tx, caller(minutes), person, identities, &ids_); });
        if (!acted) return acted.error();
        act_ = acted->act;
        return acted->what;
    }
    Result<Done> answer(std::int64_t a, std::int64_t b, Verdict verdict, int minutes = 1) {
        const auto act = db().write_now([&](store::Tx& tx) {
            return answer_review(tx, caller(minutes), IdentityId{a}, IdentityId{b}, verdict, &ids_);
        });
        if (!act) return act.error();
        act_ = *act;
        return Done{};
    }
    /// Takes back what was done last.
    Result<Undone> undo() {
        return db().write_now([&](store::Tx& tx) { return undo_act(tx, caller(9), act_); });
    }
    Result<Done> forget(std::int64_t a, std::int64_t b) {
        return db().write_now([&](store::Tx& tx) {
            return forget_decision(tx, caller(9), IdentityId{a}, IdentityId{b}, &ids_);
        });
    }
    core::Person person(PersonId id) {
        std::optional<core::Person> found;
        in_transaction([&](store::Tx& tx) { found = store::people::find(tx, kAnn, id); });
        EXPECT_TRUE(found);
        return found.value_or(core::Person{});
    }

    // Two who are one by their address, a stranger, and one who may be the stranger.
    void bring_four() {
        bring({identity(1, Network::linkedin, "Patrick", "Shuttleworth", "", "Kestrel Bank"),
               identity(2, Network::vcard, "Paddy", "Shuttleworth", "paddy@example.com", "Kestrel Bank Ltd"),
               identity(3, Network::email, "", "", "paddy@example.com"),
               identity(4, Network::linkedin, "Quentin", "Zeller", "", "Yarrow Systems")});
    }

    core::ActId act_;
    IdSource ids_;
};
VV_ON_EACH_DATABASE(Resolution);

// Several files and kinds tell of one tie: the earliest day counts, and who has none has no day.
TEST_P(Resolution, KnowsSinceWhenTheOwnerHasATie) {
    bring({identity(1, Network::linkedin, "Ann", "Thackeray"),
           identity(2, Network::vcard, "Ann", "Thackeray")});
    in_transaction([](store::Tx& tx) {
        const auto declare = [&](const std::string& kind, std::optional<Instant> since, long long file) {
            const long long identity = 1;
            store::run(tx,
                       "INSERT INTO ties (owner_id, identity_id, kind, since, file_id, line)"
                       " VALUES (:owner, :identity, :kind, :since, :file, 1)",
                       soci::use(kAnn, "owner"), soci::use(identity, "identity"), soci::use(kind, "kind"),
                       soci::use(since, "since"), soci::use(file, "file"));
        };
        declare("connected", kNoon, 1);
        declare("connected", kNoon - std::chrono::hours(24), 2);
        declare("invited", std::nullopt, 2);
        const auto since = store::resolution::tie_dates(tx, kAnn);
        ASSERT_EQ(since.size(), 1U);
        EXPECT_EQ(since.at(IdentityId{1}), kNoon - std::chrono::hours(24));
    });
}

TEST_P(Resolution, MakesPeopleOfIdentities) {
    bring_four();
    const auto report = resolve();
    EXPECT_EQ(report.people, 2);
    EXPECT_EQ(report.created, 2);
    EXPECT_EQ(report.merged, 2);
    EXPECT_TRUE(together(1, 2));
    EXPECT_TRUE(together(2, 3));
    EXPECT_FALSE(together(1, 4));
    const auto paddy = person(person_of(1));
    EXPECT_EQ(paddy.name, "Patrick Shuttleworth");
    EXPECT_EQ(paddy.organisation, "Kestrel Bank");
    EXPECT_EQ(person(person_of(4)).relation, core::Relation::colleague) << "at the owner's employer";
}

TEST_P(Resolution, ChangesNothingTheSecondTime) {
    bring_four();
    resolve();
    const auto before = person_of(2);
    const auto again = resolve();
    EXPECT_EQ(again.created, 0);
    EXPECT_EQ(again.merged, 0);
    EXPECT_EQ(again.people, 2);
    EXPECT_EQ(person_of(2), before);
}

TEST_P(Resolution, KeepsThePersonWhenMoreIsLearned) {
    bring_four();
    resolve();
    const auto before = person_of(1);
    bring({identity(9, Network::outlook, "Patrick", "Shuttleworth", "paddy@example.com")});
    const auto report = resolve();
    EXPECT_EQ(report.created, 0);
    EXPECT_EQ(report.merged, 1);
    EXPECT_EQ(person_of(9), before);
    EXPECT_EQ(person_of(1), before);
}

TEST_P(Resolution, TakesAsManyStatementsForManyPeopleAsForFew) {
    const auto statements = [&] {
        const auto before = db().statements();
        resolve();
        return db().statements() - before;
    };
    bring_four();
    const auto few = statements();
    std::vector<Identity> crowd;
    for (std::int64_t i = 0; i < 300; ++i)
        crowd.push_back(identity(1000 + i, Network::linkedin,
                                 "Given" + std::string(1, static_cast<char>('a' + i % 26)),
                                 "Family" + std::string(1, static_cast<char>('a' + i / 26))));
    bring(crowd);
    EXPECT_LE(statements(), few + 2) << "PostgreSQL prepares what it sends twice";
}

TEST_P(Resolution, FindsPeopleByAnyOfTheirNames) {
    bring_four();
    resolve();
    const auto page =
        db().read_now([&](store::Tx& tx) { return list_people(tx, caller(), asking("paddy shutt")); });
    ASSERT_TRUE(page);
    ASSERT_EQ(page->people.size(), 1U);
    EXPECT_EQ(page->people[0].id, person_of(1));
}

TEST_P(Resolution, RemovesAPersonOfWhomNothingIsLeft) {
    bring_four();
    resolve();
    in_transaction([&](store::Tx& tx) {
        store::resolution::move_identities(tx, kAnn,
                                           std::vector{std::pair(IdentityId{4}, person_of_in(tx, 1))});
    });
    EXPECT_EQ(resolve().people, 1);
}

class Merge : public Resolution {};
VV_ON_EACH_DATABASE(Merge);

TEST_P(Merge, IsRememberedThroughEveryLaterResolution) {
    bring_four();
    resolve();
    const auto merged = merge({person_of(1), person_of(4)});
    ASSERT_TRUE(merged);
    EXPECT_TRUE(together(1, 4));
    bring({identity(9, Network::outlook, "Quentin", "Zeller", "qz@example.com")});
    resolve({IdentityId{1}, IdentityId{2}, IdentityId{3}, IdentityId{4}});
    EXPECT_TRUE(together(1, 4));
    EXPECT_EQ(person_of(1), merged->id);
}

TEST_P(Merge, KeepsWhatTheOwnerWroteOfBoth) {
    bring_four();
    resolve();
    const auto paddy = person_of(1), quentin = person_of(4);
    const auto note = [&](PersonId id, PersonEdit edit) {
        ASSERT_TRUE(
            db().write_now([&](store::Tx& tx) { return edit_person(tx, caller(), id, edit, &ids_); }));
    };
    PersonEdit of_paddy, of_quentin;
    of_paddy.note = "Likes tea.";
    of_quentin.relation = core::Relation::customer;
    of_quentin.note = "Met in Lyon.";
    of_quentin.next_step = "Send the book.";
    note(paddy, of_paddy);
    note(quentin, of_quentin);
    const auto merged = merge({quentin, paddy});
    ASSERT_TRUE(merged);
    EXPECT_EQ(merged->id, paddy) << "the person of most identities";
    EXPECT_EQ(merged->note, "Likes tea.\nMet in Lyon.");
    EXPECT_EQ(merged->next_step, "Send the book.");
    EXPECT_EQ(merged->relation, core::Relation::customer);
}

TEST_P(Merge, CanBeTakenBack) {
    bring_four();
    resolve();
    const auto paddy = person_of(1);
    ASSERT_TRUE(merge({paddy, person_of(4)}));
    ASSERT_TRUE(forget(1, 4));
    EXPECT_FALSE(together(1, 4));
    EXPECT_TRUE(together(1, 2));
    EXPECT_EQ(person_of(1), paddy);
    EXPECT_FALSE(forget(1, 4)) << "nothing is left to take back";
}

TEST_P(Merge, RefusesFewerThanTwoAndStrangers) {
    bring_four();
    resolve();
    EXPECT_EQ(merge({person_of(1), person_of(1)}).error().code, "people.merge");
    EXPECT_EQ(merge({person_of(1), PersonId{999}}).error().code, "person.unknown");
}

class Split : public Resolution {};
VV_ON_EACH_DATABASE(Split);

TEST_P(Split, IsRememberedThroughEveryLaterResolution) {
    bring_four();
    resolve();
    const auto paddy = person_of(1);
    const auto parted = split(paddy, {IdentityId{1}});
    ASSERT_TRUE(parted);
    ASSERT_EQ(parted->size(), 2U);
    EXPECT_EQ((*parted)[0].id, paddy) << "who stays keeps the person";
    EXPECT_FALSE(together(1, 2));
    EXPECT_TRUE(together(2, 3));
    resolve({IdentityId{1}, IdentityId{2}, IdentityId{3}});
    EXPECT_FALSE(together(1, 2));
    EXPECT_TRUE(questions().empty()) << "what was said is not asked";
}

TEST_P(Split, IsUndoneByAMergeAndByTakingItBack) {
    bring_four();
    resolve();
    ASSERT_TRUE(split(person_of(1), {IdentityId{1}}, 1));
    ASSERT_TRUE(merge({person_of(1), person_of(2)}, 2));
    EXPECT_TRUE(together(1, 2));
    resolve({IdentityId{1}, IdentityId{2}, IdentityId{3}});
    EXPECT_TRUE(together(1, 2)) << "the latest word holds";
    ASSERT_TRUE(split(person_of(1), {IdentityId{1}}, 3));
    ASSERT_TRUE(forget(1, 2));
    EXPECT_TRUE(together(1, 2));
}

TEST_P(Split, RefusesAllNoneAndOthersIdentities) {
    bring_four();
    resolve();
    EXPECT_EQ(split(person_of(1), {}).error().code, "people.split");
    EXPECT_EQ(split(person_of(1), {IdentityId{1}, IdentityId{2}, IdentityId{3}}).error().code,
              "people.split");
    EXPECT_EQ(split(person_of(1), {IdentityId{4}}).error().code, "identity.unknown");
    EXPECT_EQ(split(PersonId{999}, {IdentityId{1}}).error().code, "person.unknown");
}

class Review : public Resolution {
protected:
    // Two accounts of one name in a network of one account each, and an address book that knows one of them.
    void bring_doubt() {
        bring({identity(1, Network::linkedin, "Pamela", "Penhaligon", "", "Redwater Media"),
               identity(2, Network::linkedin, "Pamela", "Penhaligon", "", "Orchard Labs"),
               identity(3, Network::email, "Pamela", "Penhaligon", "pam12@example.com"),
               identity(4, Network::linkedin, "Quentin", "Zeller")});
        resolve();
    }
};
VV_ON_EACH_DATABASE(Review);

TEST_P(Review, AsksWithBothSidesAndTheEvidence) {
    bring_doubt();
    const auto asked = questions();
    ASSERT_FALSE(asked.empty());
    EXPECT_EQ(asked[0].a.person.name, "Pamela Penhaligon");
    EXPECT_FALSE(asked[0].evidence.empty());
    EXPECT_GT(asked[0].probability, 0.3);
    EXPECT_EQ(asked[0].b.identities.size(), 1U);
    EXPECT_QUERIES(4U, db(), questions());
}

TEST_P(Review, DoesAsItIsTold) {
    bring_doubt();
    ASSERT_TRUE(answer(1, 3, Verdict::same));
    EXPECT_TRUE(together(1, 3));
    EXPECT_TRUE(questions().empty()) << "the second Pamela is another, as one network has both";
    ASSERT_TRUE(forget(3, 1));
    EXPECT_FALSE(together(1, 3));
    EXPECT_FALSE(questions().empty());
}

TEST_P(Review, DoesNotAskAgainWhatWasDenied) {
    bring_doubt();
    const auto before = questions().size();
    ASSERT_TRUE(answer(1, 3, Verdict::different));
    EXPECT_EQ(questions().size(), before - 1);
    resolve({IdentityId{1}, IdentityId{2}, IdentityId{3}});
    for (const auto& q : questions()) EXPECT_FALSE(q.a.identity.id.value == 1 && q.b.identity.id.value == 3);
}

TEST_P(Review, KnowsOnlyTheOwnersIdentities) {
    bring_doubt();
    EXPECT_EQ(answer(1, 99, Verdict::same).error().code, "identity.unknown");
    EXPECT_EQ(answer(1, 1, Verdict::same).error().code, "identity.unknown");
    EXPECT_EQ(forget(1, 3).error().code, "decision.unknown");
}

TEST_P(Review, LeavesBlockedPeopleOut) {
    bring_doubt();
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return block_person(tx, caller(), person_of_in(tx, 3), {&ids_, "", ""});
    }));
    EXPECT_TRUE(questions().empty());
}

TEST_P(Resolution, LeavesAnAccountThatAgreedWithThePersonItIs) {
    PersonId bobby;
    in_transaction([&](store::Tx& tx) {
        NewPerson wanted;
        wanted.name = "Bobby";
        const auto added = add_people(tx, caller(), {wanted}, &ids_);
        ASSERT_TRUE(added);
        bobby = added->front().id;
        store::people::add_identity(tx, kAnn, bobby,
                                    identity(50, Network::account, "Robert", "Quillfeather"));
    });
    bring_four();
    resolve();
    EXPECT_EQ(person_of(50), bobby);
    EXPECT_EQ(person(bobby).name, "Bobby");
}

class EditPerson : public Resolution {};
VV_ON_EACH_DATABASE(EditPerson);

TEST_P(EditPerson, GivesANameThatNoLaterImportOverwrites) {
    bring_four();
    resolve();
    const auto id = person_of(1);
    PersonEdit edit;
    edit.name = "Paddy S.";
    edit.city = "Toronto";
    const auto edited =
        db().write_now([&](store::Tx& tx) { return edit_person(tx, caller(), id, edit, &ids_); });
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->name, "Paddy S.");
    EXPECT_EQ(edited->city, "Toronto");
    bring({identity(9, Network::outlook, "Patrick", "Shuttleworth", "paddy@example.com")});
    resolve();
    EXPECT_EQ(person_of(9), id);
    EXPECT_EQ(person(id).name, "Paddy S.");
    const auto found =
        db().read_now([&](store::Tx& tx) { return list_people(tx, caller(), asking("patrick")); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->people.size(), 1U) << "the other names still find them";
}

class Undo : public Resolution {
protected:
    core::ActId edit(PersonId id, PersonEdit change) {
        const auto page =
            db().write_now([&](store::Tx& tx) { return edit_person_page(tx, caller(), id, change, &ids_); });
        EXPECT_TRUE(page);
        return act_ = page ? page->act.value_or(core::ActId{}) : core::ActId{};
    }
    core::ActId edit(BulkEdit change) {
        const auto acted = db().write_now([&](store::Tx& tx) {
            return edit_people(tx, caller(), change, {&ids_, "", ""});
        });
        EXPECT_TRUE(acted);
        return act_ = acted ? acted->act : core::ActId{};
    }
    std::size_t decisions() {
        std::size_t count = 0;
        in_transaction([&](store::Tx& tx) { count = store::resolution::decisions(tx, kAnn).size(); });
        return count;
    }
};
VV_ON_EACH_DATABASE(Undo);

TEST_P(Undo, OfAMergeBringsBothPeopleBackAsTheyWere) {
    bring_four();
    resolve();
    const auto paddy = person_of(1), quentin = person_of(4);
    PersonEdit note;
    note.note = "Met in Lyon.";
    note.tags = {"met at the book fair in Lyon", "press", "tea"};
    edit(quentin, note);
    const auto name = person(quentin).name;
    ASSERT_TRUE(merge({paddy, quentin}));
    EXPECT_TRUE(together(1, 4));
    EXPECT_EQ(person(person_of(1)).tags, note.tags);
    ASSERT_TRUE(undo());
    EXPECT_EQ(person_of(4), quentin);
    EXPECT_EQ(person_of(1), paddy);
    EXPECT_EQ(person(quentin).name, name);
    EXPECT_EQ(person(quentin).note, "Met in Lyon.");
    EXPECT_EQ(person(quentin).tags, note.tags);
    EXPECT_EQ(person(paddy).note, "");
    EXPECT_EQ(decisions(), 0U);
    EXPECT_EQ(undo().error().code, "act.unknown") << "once is enough";
}

TEST_P(Undo, OfASplitMakesOnePersonAgain) {
    bring_four();
    resolve();
    const auto paddy = person_of(1);
    ASSERT_TRUE(split(paddy, {IdentityId{1}}));
    EXPECT_FALSE(together(1, 2));
    ASSERT_TRUE(undo());
    EXPECT_TRUE(together(1, 2));
    EXPECT_EQ(person_of(1), paddy);
    EXPECT_EQ(decisions(), 0U);
}

TEST_P(Undo, LeavesWhatWasWrittenSince) {
    bring_four();
    resolve();
    const auto paddy = person_of(1);
    PersonEdit first, second;
    first.name = "Patrick the Tall";
    first.note = "Likes tea.";
    first.relation = core::Relation::friend_;
    second.note = "Likes coffee.";
    const auto before = person(paddy);
    const auto renamed = edit(paddy, first);
    edit(paddy, second);
    act_ = renamed;
    ASSERT_TRUE(undo());
    EXPECT_EQ(person(paddy).name, before.name);
    EXPECT_EQ(person(paddy).relation, before.relation);
    EXPECT_EQ(person(paddy).note, "Likes coffee.");
    in_transaction([&](store::Tx& tx) {
        for (const auto& one : store::resolution::identities_of(tx, kAnn, std::vector{paddy}).identities)
            EXPECT_NE(one.network, Network::manual) << "what was written by hand is gone with it";
    });
}

TEST_P(Undo, OfOneChangeForManyPeople) {
    bring_four();
    resolve();
    const std::map<std::int64_t, core::Relation> before{{1, person(person_of(1)).relation},
                                                        {4, person(person_of(4)).relation}};
    BulkEdit change;
    change.people = {person_of(1), person_of(4)};
    change.relation = core::Relation::customer;
    change.add_tags = {"fair"};
    change.blocked = true;
    edit(change);
    EXPECT_TRUE(person(person_of(4)).blocked_at);
    EXPECT_EQ(person(person_of(4)).tags, std::vector<std::string>{"fair"});
    ASSERT_TRUE(undo());
    for (const std::int64_t id : {1, 4}) {
        const auto now = person(person_of(id));
        EXPECT_FALSE(now.blocked_at);
        EXPECT_TRUE(now.tags.empty());
        EXPECT_EQ(now.relation, before.at(id));
        EXPECT_EQ(now.relation_set_by, core::SetBy::evidence);
    }
}

TEST_P(Undo, OfAnAnswerAsksAgain) {
    bring({identity(1, Network::linkedin, "Pamela", "Penhaligon"),
           identity(2, Network::linkedin, "Pamela", "Penhaligon"),
           identity(3, Network::email, "Pamela", "Penhaligon", "pam12@example.com")});
    resolve();
    const auto asked = questions();
    ASSERT_FALSE(asked.empty());
    const auto a = asked[0].a.identity.id, b = asked[0].b.identity.id;
    for (const auto verdict : {Verdict::same, Verdict::different}) {
        ASSERT_TRUE(answer(a.value, b.value, verdict));
        ASSERT_TRUE(undo());
        const auto again = questions();
        ASSERT_EQ(again.size(), asked.size());
        EXPECT_EQ(again[0].a.identity.id, a);
        EXPECT_EQ(again[0].b.identity.id, b);
        EXPECT_EQ(decisions(), 0U);
    }
}

}  // namespace
}  // namespace vv::app
