#include "store/polls.h"

#include "core/accounts.h"
#include "store/accounts.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

using std::chrono::hours;

const Instant kNow = *parse_rfc3339("2026-11-20T18:28:00Z");
const core::AccountId kAnn{7}, kBob{8};

core::Account account(core::AccountId id, const std::string& handle) {
    core::Account made;
    made.id = id;
    made.handle = handle;
    made.email = handle + "@example.com";
    made.full_name = handle;
    made.created_at = kNow;
    return made;
}

polls::Record record(std::int64_t id, int days_ahead) {
    core::Proposal proposal;
    proposal.kind = core::MeetingKind::lunch;
    proposal.title = "Lunch";
    proposal.purpose = "To sit at one table";
    proposal.zone = "Asia/Tokyo";
    for (const int day : {days_ahead, days_ahead + 1})
        proposal.offer.slots.push_back(
            {0, {kNow + hours(24 * day), kNow + hours(24 * day + 1)}, core::Wish::none});
    proposal.offer.places = {{0, "At home", "2 Elm Street", LatLng{35.5, 139.5}, false, {}}};
    polls::Record made{kAnn, *core::begin_poll(proposal, {true, false}, {id}, "uid", kNow), {}};
    made.voters.resize(2);
    made.voters[0].name = "Bob";
    made.voters[0].account = kBob;
    made.voters[1].name = "Meiling";
    made.voters[1].email = "meiling@example.com";
    made.voters[1].zone = "Europe/Paris";
    made.voters[1].mailed_at = kNow;
    return made;
}

class Polls : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
                            accounts::add(tx, account(kAnn, "ann"), "$hash");
                            accounts::add(tx, account(kBob, "bob"), "$hash");
                            return Done{};
                        })
                        .ok());
    }
    template <class Work>
    void in_a_transaction(const Work& work) {
        ASSERT_TRUE(db().write_now([&](Tx& tx) -> Result<Done> {
                            work(tx);
                            return Done{};
                        })
                        .ok());
    }
};
VV_ON_EACH_DATABASE(Polls);

TEST_P(Polls, ComeBackAsTheyWereSaved) {
    in_a_transaction([](Tx& tx) {
        polls::Record made = record(1, 1);
        polls::save(tx, made);
        EXPECT_EQ(*polls::find(tx, kAnn, {1}), made);
        const std::vector<core::PollWish> wishes{{1, core::Wish::no}, {2, core::Wish::if_need_be}};
        made.poll = *core::vote(made.poll, 2, wishes, kNow);
        made.poll = *core::pick(made.poll, 2, kNow);
        made.voters[1].refused_at = kNow;
        made.voters[0].meeting = core::MeetingId{5};
        polls::save(tx, made);
        EXPECT_EQ(*polls::find(tx, kAnn, {1}), made);
        EXPECT_EQ(polls::find(tx, kBob, {1}).error().code, "poll.unknown");
    });
}

TEST_P(Polls, AreListedOpenOnesFirst) {
    in_a_transaction([](Tx& tx) {
        polls::Record closed = record(1, 1);
        closed.poll = *core::close(closed.poll, kNow);
        for (const polls::Record& each : {closed, record(2, 9), record(3, 3)}) polls::save(tx, each);
        std::vector<std::int64_t> ids;
        for (const polls::Record& each : polls::list(tx, kAnn, 10)) ids.push_back(each.poll.id.value);
        EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 2, 1}));
        ids.clear();
        for (const polls::Seat& seat : polls::asking(tx, kBob, kNow, 10)) ids.push_back(seat.poll.value);
        EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 2}));
        EXPECT_TRUE(polls::asking(tx, kAnn, kNow, 10).empty());
        EXPECT_EQ(polls::mailed_since(tx, kAnn, kNow - hours(1)), 3);
        EXPECT_EQ(polls::mailed_since(tx, kAnn, kNow), 0);
    });
    EXPECT_QUERIES(4U, db(), db().read_now([](Tx& tx) -> Result<std::size_t> {
        return polls::list(tx, kAnn, 10).size();
    }));
}

TEST_P(Polls, AreFoundByAVotersLink) {
    in_a_transaction([](Tx& tx) {
        polls::save(tx, record(1, 1));
        polls::add_link(tx, {kAnn, {1}, 2}, "hash", kNow);
        EXPECT_EQ(polls::find_by_link(tx, "hash")->voter, 2);
        EXPECT_FALSE(polls::find_by_link(tx, "other"));
        EXPECT_EQ(polls::seat_of(tx, kBob, {1})->voter, 1);
        EXPECT_FALSE(polls::seat_of(tx, kAnn, {1}));
    });
}

}  // namespace
}  // namespace vv::store
