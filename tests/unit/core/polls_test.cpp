#include "core/polls.h"

#include <gtest/gtest.h>
#include <random>

namespace vv::core {
namespace {

using std::chrono::hours;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");

Span day(int n, int length = 2) {
    const Instant start = kNow + hours(24 * n);
    return {start, start + hours(length)};
}

Proposal lunch(int times = 3) {
    Proposal asked;
    asked.kind = MeetingKind::lunch;
    asked.zone = "America/Toronto";
    for (int n = 1; n <= times; ++n) asked.offer.slots.push_back({0, day(n), Wish::none});
    asked.offer.places.push_back({0, "Silver Lantern", "17 Spadina Avenue", std::nullopt, true, {}});
    return asked;
}

Poll poll_of(std::vector<bool> must, int times = 3) {
    return *begin_poll(lunch(times), must, {1}, "uid", kNow);
}

Poll said(Poll poll, int voter, std::vector<Wish> wishes) {
    std::vector<PollWish> all;
    for (std::size_t i = 0; i < wishes.size(); ++i) all.push_back({static_cast<int>(i) + 1, wishes[i]});
    return *vote(std::move(poll), voter, all, kNow);
}

std::vector<int> order(const Poll& poll, const PollFreeTime& free = {}, Instant now = kNow) {
    std::vector<int> times;
    for (const PollStanding& one : standings(poll, free, now)) times.push_back(one.time);
    return times;
}

TEST(Polls, HaveOnePlaceAndOneToFortyNineVoters) {
    EXPECT_EQ(begin_poll(lunch(), {}, {1}, "u", kNow).error().code, "poll.voters");
    EXPECT_EQ(begin_poll(lunch(), std::vector<bool>(50), {1}, "u", kNow).error().code, "poll.voters");
    EXPECT_TRUE(begin_poll(lunch(), std::vector<bool>(49), {1}, "u", kNow).ok());
    Proposal nowhere = lunch();
    nowhere.offer.places.clear();
    EXPECT_EQ(begin_poll(nowhere, {false}, {1}, "u", kNow).error().code, "poll.place");
    Proposal past = lunch();
    past.offer.slots[0].when = day(-1);
    EXPECT_EQ(begin_poll(past, {false}, {1}, "u", kNow).error().code, "meeting.slot_past");
}

TEST(Polls, NumberTimesAsTheyCome) {
    Proposal asked = lunch();
    std::swap(asked.offer.slots[0], asked.offer.slots[2]);
    const Poll poll = *begin_poll(asked, {true, false}, {1}, "u", kNow);
    ASSERT_EQ(poll.times.size(), 3U);
    EXPECT_EQ(poll.times[0], (PollTime{1, day(1)}));
    EXPECT_EQ(poll.closes_at, day(3).start);
    EXPECT_TRUE(poll.voters[0].must_come);
    EXPECT_EQ(poll.voters[1].number, 2);
}

TEST(Polls, TakeAVoteAndAnotherInItsPlace) {
    Poll poll = said(poll_of({false, false}), 1, {Wish::yes, Wish::if_need_be, Wish::no});
    EXPECT_EQ(poll.voters[0].wish_for(2), Wish::if_need_be);
    EXPECT_EQ(poll.voters[0].answered_at, kNow);
    EXPECT_FALSE(poll.is_answered());
    poll = said(std::move(poll), 1, {Wish::none, Wish::yes});
    EXPECT_EQ(poll.voters[0].wish_for(1), Wish::none);
    EXPECT_EQ(poll.voters[0].wish_for(3), Wish::none);
    poll = said(std::move(poll), 2, {Wish::no});
    EXPECT_TRUE(poll.is_answered());
    const std::vector<PollWish> strange{{9, Wish::yes}, {-1, Wish::yes}};
    poll = *vote(std::move(poll), 2, strange, kNow);
    EXPECT_TRUE(poll.voters[1].wishes.empty());
    EXPECT_FALSE(poll.voters[1].answered_at);  // who takes everything back has not answered
    EXPECT_EQ(vote(poll, 3, strange, kNow).error().code, "poll.unknown");
}

TEST(Polls, RefuseAVoteAfterTheEndKindly) {
    const std::vector<PollWish> yes{{1, Wish::yes}};
    const Poll picked = *pick(poll_of({false}), 2, kNow);
    EXPECT_EQ(picked.state, PollState::picked);
    const Error late = vote(picked, 1, yes, kNow).error();
    EXPECT_EQ(late.code, "poll.closed");
    EXPECT_NE(late.detail.find("Thank you"), std::string::npos);
    EXPECT_EQ(vote(*close(poll_of({false}), kNow), 1, yes, kNow).error().code, "poll.closed");
    EXPECT_EQ(vote(poll_of({false}), 1, yes, day(3).start).error().code, "poll.closed");
    EXPECT_EQ(pick(picked, 1, kNow).error().code, "poll.closed");
    EXPECT_EQ(close(picked, kNow).error().code, "poll.closed");
}

TEST(Polls, PickOnlyATimeToCome) {
    EXPECT_EQ(pick(poll_of({false}), 4, kNow).error().code, "poll.time");
    EXPECT_EQ(pick(poll_of({false}), 1, day(1).start).error().code, "poll.time_past");
    EXPECT_EQ(pick(poll_of({false}), 2, day(1).start)->picked, 2);
    EXPECT_EQ(expire(poll_of({false}), day(2).start).error().code, "poll.not_due");
    EXPECT_EQ(expire(poll_of({false}), day(3).start)->state, PollState::expired);
}

TEST(Polls, RankWhomMustComeThenHowManyThenHowGladlyThenWhen) {
    // The first must come; the second and the third may.
    Poll poll = said(poll_of({true, false, false}, 4), 1, {Wish::no, Wish::yes, Wish::if_need_be, Wish::yes});
    poll = said(std::move(poll), 2, {Wish::yes, Wish::no, Wish::yes, Wish::yes});
    poll = said(std::move(poll), 3, {Wish::yes, Wish::no, Wish::yes, Wish::if_need_be});
    EXPECT_EQ(order(poll), (std::vector{3, 4, 2, 1}));  // 3 and 4: five points each, so the earlier
    poll = said(std::move(poll), 3, {Wish::yes, Wish::no, Wish::yes, Wish::yes});
    EXPECT_EQ(order(poll), (std::vector{4, 3, 2, 1}));
    const PollStanding best = standings(poll, {}, kNow).front();
    EXPECT_EQ(best.yes, 3);
    EXPECT_EQ(best.can, 3);
    EXPECT_TRUE(best.suits_all);
    EXPECT_FALSE(standings(poll, {}, kNow).back().suits_all);
}

TEST(Polls, LookAtFreeTimeWhereNobodyHasAnswered) {
    const Poll poll = poll_of({false, false});
    PollFreeTime free;
    free.voters = {std::vector{day(2)}, std::nullopt};
    EXPECT_EQ(order(poll, free), (std::vector{2, 1, 3}));
    free.organiser = std::vector{day(3)};  // the organiser has something at the other times
    EXPECT_EQ(order(poll, free), (std::vector{3, 2, 1}));
    EXPECT_FALSE(standings(poll, free, kNow)[1].suits_organiser);
    const Poll answered =
        said(poll, 1, {Wish::yes, Wish::no, Wish::no});  // the answer outweighs the calendar
    free.organiser.reset();
    EXPECT_EQ(order(answered, free), (std::vector{1, 2, 3}));
}

TEST(Polls, PutWhatHasBegunLast) {
    const Poll poll = said(poll_of({false}), 1, {Wish::yes, Wish::no, Wish::if_need_be});
    EXPECT_EQ(order(poll, {}, day(1).start), (std::vector{3, 2, 1}));
}

// Whatever is answered: every time is there once, and none that comes later is better by the rule as it
// reads.
TEST(Polls, RankAsTheRuleReadsForAnyAnswers) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        const int voters = 1 + static_cast<int>(random() % 49);
        std::vector<bool> must;
        for (int i = 0; i < voters; ++i) must.push_back(random() % 8 == 0);
        Poll poll = poll_of(must, 1 + static_cast<int>(random() % 10));
        for (int v = 1; v <= voters; ++v) {
            std::vector<Wish> wishes;
            for (std::size_t i = 0; i < poll.times.size(); ++i)
                wishes.push_back(static_cast<Wish>(random() % 4));
            poll = said(std::move(poll), v, wishes);
        }
        const auto key = [&](int time) {
            int can = 0, liked = 0;
            bool has_all = true;
            for (const PollVoter& voter : poll.voters) {
                const Wish wish = voter.wish_for(time);
                const bool suits = wish == Wish::yes || wish == Wish::if_need_be;
                can += suits;
                liked += wish == Wish::yes ? 2 : suits;
                has_all = has_all && (suits || !voter.must_come);
            }
            return std::tuple(!has_all, -can, -liked, time);
        };
        const std::vector<int> found = order(poll);
        ASSERT_EQ(found.size(), poll.times.size());
        for (std::size_t i = 1; i < found.size(); ++i) ASSERT_LT(key(found[i - 1]), key(found[i]));
    }
}

}  // namespace
}  // namespace vv::core
