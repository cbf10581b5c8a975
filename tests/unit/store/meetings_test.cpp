#include "store/meetings.h"

#include "core/accounts.h"
#include "store/accounts.h"
#include "store/statements.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

using std::chrono::hours;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");
const core::AccountId kAnn{7};
const core::AccountId kBob{8};

core::Account account(core::AccountId id, const std::string& handle) {
    core::Account made;
    made.id = id;
    made.handle = handle;
    made.email = handle + "@example.com";
    made.email_verified_at = kNow;
    made.full_name = handle;
    made.created_at = kNow;
    return made;
}

meetings::Record record(std::int64_t id, int days_ahead) {
    core::Proposal proposal;
    proposal.kind = core::MeetingKind::dinner;
    proposal.title = "Dinner before the year ends";
    proposal.purpose = "To sit at one table again";
    proposal.zone = "America/Toronto";
    const Instant start = kNow + hours(24 * days_ahead);
    proposal.offer.slots = {{0, {start, start + hours(2)}, core::Wish::none},
                            {0, {start + hours(24), start + hours(26)}, core::Wish::none}};
    proposal.offer.places = {{0, "Silver Lantern", "17 Spadina Avenue", LatLng{43.65, -79.39}, true},
                             {0, "At home", "2 Elm Street", std::nullopt, false}};
    meetings::Record made;
    made.meeting = *core::propose(proposal, {id}, "uid" + std::to_string(id), kNow);
    made.with_account = kBob;
    made.with_name = "Bob";
    made.has_peer = true;
    made.is_first = true;
    return made;
}

void expect_same(const meetings::Record& a, const meetings::Record& b) {
    EXPECT_EQ(a.meeting, b.meeting);
    EXPECT_EQ(a.with_account, b.with_account);
    EXPECT_EQ(a.with_name, b.with_name);
    EXPECT_EQ(a.has_peer, b.has_peer);
    EXPECT_EQ(a.is_first, b.is_first);
    EXPECT_EQ(a.encounter, b.encounter);
    EXPECT_EQ(a.feel, b.feel);
    EXPECT_EQ(a.asked_at, b.asked_at);
}

class Meetings : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        in_transaction([](Tx& tx) {
            EXPECT_TRUE(accounts::add(tx, account(kAnn, "ann"), "$hash"));
            EXPECT_TRUE(accounts::add(tx, account(kBob, "bob"), "$hash"));
        });
    }
    template <class F>
    void in_transaction(F body) {
        ASSERT_TRUE(db().write_now([&](Tx& tx) -> Result<Done> {
            body(tx);
            return Done{};
        }));
    }
};
VV_ON_EACH_DATABASE(Meetings);

TEST_P(Meetings, ComeBackAsTheyWentInAfterEachChange) {
    in_transaction([](Tx& tx) {
        meetings::Record it = record(1, 3);
        meetings::save(tx, kAnn, it);
        expect_same(*meetings::find(tx, kAnn, {1}), it);

        core::Meeting theirs =
            *core::accept(core::mirrored(it.meeting), {{{2, {}, core::Wish::yes}}, 1}, kNow);
        it.meeting = core::mirrored(theirs, it.meeting);
        it.encounter = core::EncounterId{9};
        it.asked_at = kNow;
        meetings::save(tx, kAnn, it);
        expect_same(*meetings::find(tx, kAnn, {1}), it);

        it.meeting = *core::cancel(it.meeting, "My train stands still.", kNow);
        it.feel = "fine";
        meetings::save(tx, kAnn, it);
        expect_same(*meetings::find(tx, kAnn, {1}), it);
    });
}

TEST_P(Meetings, AreTheirOwnersAlone) {
    in_transaction([](Tx& tx) {
        meetings::save(tx, kAnn, record(1, 3));
        EXPECT_FALSE(meetings::find(tx, kBob, {1}).ok());
        EXPECT_TRUE(meetings::list(tx, kBob, {}).empty());
    });
}

TEST_P(Meetings, ComeOpenOnesSoonestFirstThenThoseOverLatestFirst) {
    in_transaction([](Tx& tx) {
        for (const int days : {5, 1, 3, 2, 4}) {
            meetings::Record it = record(days, days);
            if (days % 2 == 0) it.meeting = *core::cancel(it.meeting, "", kNow);
            meetings::save(tx, kAnn, it);
        }
        meetings::Page page;
        page.limit = 2;
        std::vector<std::int64_t> order;
        for (auto part = meetings::list(tx, kAnn, page); !part.empty();
             part = meetings::list(tx, kAnn, page)) {
            for (const meetings::Record& one : part) order.push_back(one.meeting.id.value);
            EXPECT_EQ(part.back().meeting.slots.size(), 2U);
            page.after = meetings::place_of(part.back().meeting);
        }
        EXPECT_EQ(order, (std::vector<std::int64_t>{1, 3, 5, 4, 2}));
        page = {};
        page.state = core::MeetingState::cancelled;
        EXPECT_EQ(meetings::list(tx, kAnn, page).size(), 2U);
    });
}

TEST_P(Meetings, WaitForAnAnswerOrForAWordAfterwards) {
    in_transaction([](Tx& tx) {
        meetings::Record mine = record(1, 1);
        meetings::Record theirs = mine;
        theirs.meeting = core::mirrored(mine.meeting);
        meetings::save(tx, kAnn, mine);
        meetings::save(tx, kBob, theirs);
        EXPECT_TRUE(meetings::to_answer(tx, kAnn, 10).empty());
        EXPECT_EQ(meetings::to_answer(tx, kBob, 10).size(), 1U);

        theirs.meeting = *core::accept(theirs.meeting, {{{1, {}, core::Wish::yes}}, 1}, kNow);
        mine.meeting = core::mirrored(theirs.meeting, mine.meeting);
        meetings::save(tx, kAnn, mine);
        meetings::save(tx, kBob, theirs);
        EXPECT_TRUE(meetings::to_answer(tx, kBob, 10).empty());
        EXPECT_EQ(meetings::next_scheduled(tx, kAnn, kNow)->meeting.id.value, 1);
        const Instant end = mine.meeting.agreed->when.end;
        EXPECT_TRUE(meetings::to_confirm(tx, kAnn, end - hours(1), 10).empty());
        EXPECT_EQ(meetings::to_confirm(tx, kAnn, end, 10).size(), 1U);

        mine.meeting = *core::say_outcome(mine.meeting, core::Outcome::met, end);
        theirs.meeting = core::mirrored(mine.meeting, theirs.meeting);
        meetings::save(tx, kAnn, mine);
        meetings::save(tx, kBob, theirs);
        EXPECT_TRUE(meetings::to_confirm(tx, kAnn, end, 10).empty());
        EXPECT_EQ(meetings::to_confirm(tx, kBob, end, 10).size(), 1U);
        EXPECT_TRUE(meetings::open_with(tx, kAnn, {}, std::vector{kBob}).empty());
    });
}

TEST_P(Meetings, ToStrangersAndToGuestsAreCounted) {
    in_transaction([](Tx& tx) {
        meetings::Record stranger = record(1, 1);
        stranger.meeting.to_stranger = true;
        meetings::save(tx, kAnn, stranger);
        meetings::save(tx, kAnn, record(2, 1));
        meetings::save(tx, kAnn, record(3, 1));
        meetings::save_guest(tx, kAnn, {2}, {"meiling@example.com", "America/Toronto", {}, {}, {}});
        meetings::save_guest(tx, kAnn, {3}, {"", "America/Toronto", {}, {}, {}});
        const meetings::Proposals since = meetings::proposals_since(tx, kAnn, kNow - hours(24));
        EXPECT_EQ(since.to_strangers, 1);
        EXPECT_EQ(since.to_guests, 1);
        EXPECT_EQ(meetings::proposals_since(tx, kAnn, kNow).to_guests, 0);
        EXPECT_EQ(meetings::open_with(tx, kAnn, {}, std::vector{kBob}).size(), 3U);
    });
}

TEST_P(Meetings, AreFoundThroughEveryLinkOfTheGuest) {
    in_transaction([](Tx& tx) {
        meetings::save(tx, kAnn, record(2, 1));
        meetings::save_guest(tx, kAnn, {2}, {"meiling@example.com", "Europe/Paris", {}, {}, {}});
        meetings::add_link(tx, kAnn, {2}, "first", kNow);
        meetings::add_link(tx, kAnn, {2}, "second", kNow);
        EXPECT_EQ(meetings::find_by_link(tx, "first")->meeting.value, 2);
        EXPECT_EQ(meetings::find_by_link(tx, "second")->owner, kAnn);
        EXPECT_FALSE(meetings::find_by_link(tx, "third").has_value());
        meetings::Guest guest = *meetings::find_guest(tx, kAnn, {2});
        EXPECT_EQ(guest.zone, "Europe/Paris");
        guest.declined_at = kNow;
        meetings::save_guest(tx, kAnn, {2}, guest);
        EXPECT_EQ(meetings::find_guest(tx, kAnn, {2})->declined_at, kNow);
        const auto several = meetings::guests(tx, kAnn, {{1}, {2}});
        ASSERT_EQ(several.size(), 1U);
        EXPECT_EQ(several.at({2}).email, "meiling@example.com");
        EXPECT_TRUE(meetings::guests(tx, kAnn, {}).empty());
    });
}

TEST_P(Meetings, KnowTheOwnersPerson) {
    in_transaction([](Tx& tx) {
        tx.sql() << "INSERT INTO people (owner_id, id, name, name_folded, relation, account_id, first_met, "
                    "created_at)"
                    " VALUES (7, 20, 'Bob Stone', 'bob stone', 'friend', 8, 1000, 0)";
        for (const char* row :
             {"(7, 30, 20, 'manual', '30', 'Bob', '{}')", "(7, 31, 20, 'account', 'bob', 'Bob', '{}')"})
            tx.sql() << std::string(
                            "INSERT INTO identities (owner_id, id, person_id, network, key, name, attributes)"
                            " VALUES ") +
                            row;
        const meetings::Invitee bob = *meetings::invitee(tx, kAnn, core::PersonId{20});
        EXPECT_EQ(bob.name, "Bob Stone");
        EXPECT_EQ(bob.relation, core::Relation::friend_);
        EXPECT_EQ(bob.account, kBob);
        EXPECT_EQ(bob.identity.value, 31);
        EXPECT_TRUE(bob.first_met.has_value());
        EXPECT_FALSE(bob.is_blocked);
        EXPECT_EQ(meetings::invitee(tx, kAnn, kBob)->person.value, 20);
        EXPECT_EQ(meetings::invitee(tx, kAnn, core::PersonId{21}).error().code, "person.unknown");
        EXPECT_FALSE(meetings::invitee(tx, kBob, kAnn).has_value());

        meetings::Record it = record(1, 1);
        it.identity = bob.identity;
        meetings::save(tx, kAnn, it);
        EXPECT_EQ(meetings::find(tx, kAnn, {1})->person, core::PersonId{20});
        EXPECT_EQ(meetings::find(tx, kAnn, {1})->person_name, "Bob Stone");
        EXPECT_EQ(meetings::others(tx, {kBob, {99}}).at(kBob).email, "bob@example.com");
        EXPECT_EQ(meetings::open_with(tx, kAnn, std::vector{core::PersonId{20}}, {}).size(), 1U);
        meetings::Page page;
        page.person = core::PersonId{20};
        EXPECT_EQ(meetings::list(tx, kAnn, page).size(), 1U);
        page.person = core::PersonId{21};
        EXPECT_TRUE(meetings::list(tx, kAnn, page).empty());
    });
}

}  // namespace
}  // namespace vv::store
