#include "app/polls.h"

#include "app/accounts.h"
#include "app/blocks.h"
#include "app/calendar.h"
#include "app/free_time.h"
#include "app/links.h"
#include "app/meetings_guest.h"
#include "app/outgoing_mail.h"
#include "store/accounts.h"
#include "store/free_time.h"
#include "store/people.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <thread>

namespace vv::app {
namespace {

using core::MeetingState;
using core::PollState;
using core::PollWish;
using core::Wish;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using world::as;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;

const Instant kFirst = *parse_rfc3339("2026-11-24T00:00:00Z");  // of world::dinner()
const core::PersonId kOmar{30};                                 // Ann's person too, without an account

class Polls : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        link();
        add_omar();
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    void link() {
        const auto linked = db().write_now([&](store::Tx& tx) -> Result<Done> {
            link_person(tx, kAnn, kBob, kNow, ids);
            link_person(tx, kBob, kAnn, kNow, ids);
            return Done{};
        });
        ASSERT_TRUE(linked.ok());
    }
    void add_omar() {
        const auto added = db().write_now([&](store::Tx& tx) -> Result<Done> {
            core::Person omar;
            omar.id = kOmar;
            omar.name = "Omar Haddad";
            omar.created_at = kNow;
            store::people::add(tx, kAnn, omar);
            core::Identity identity;
            identity.id = {31};
            identity.key = "31";
            identity.attributes.name.full = omar.name;
            store::people::add_identity(tx, kAnn, kOmar, identity);
            return Done{};
        });
        ASSERT_TRUE(added.ok());
    }
    /// Bob by his account, Meiling by mail, Omar by a link; Bob must come.
    static MakePoll dinner() {
        MakePoll input;
        input.invitees = {{std::nullopt, "bob", "", true},
                          {kMeiling, "", "meiling@example.com", false},
                          {kOmar, "", "", false}};
        input.proposal = world::dinner();
        input.proposal.offer.places.resize(1);
        input.desk = world::desk();
        return input;
    }
    PollView make(const MakePoll& input = dinner()) {
        auto made = run(&make_poll, as(kAnn), input);
        EXPECT_TRUE(made.ok()) << made.error().code;
        return *made;
    }
    Result<GuestPoll> vote(const std::string& link, std::vector<PollWish> wishes, Instant now = kNow) {
        VoteByLink input;
        input.token = world::token_in(link, "/p/");
        input.wishes = std::move(wishes);
        input.desk = world::desk();
        input.now = now;
        return run(&vote_by_link, input);
    }
    Result<PollView> bob_votes(core::PollId poll, std::vector<PollWish> wishes, Instant now = kNow) {
        return run(&vote_in_poll, as(kBob, now), poll, wishes, world::desk());
    }
    Result<PollView> pick(core::PollId poll, int time, Instant now = kNow) {
        return run(&pick_in_poll, as(kAnn, now), poll, time, world::desk());
    }
    std::vector<OutgoingMail> mails() { return world::take_mails(db()); }
    std::vector<std::string> readers() {
        std::vector<std::string> to;
        for (const OutgoingMail& mail : mails()) to.push_back(mail.to);
        return to;
    }
    IdSource ids;
};
VV_ON_EACH_DATABASE(Polls);

// Each poll writes to everyone whom it asks.
TEST_P(Polls, AreAtMostTwentyADay) {
    MakePoll bobs = dinner();
    bobs.invitees.resize(1);
    for (int i = 0; i < 20; ++i) make(bobs);
    const auto refused = run(&make_poll, as(kAnn), bobs);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::too_many);
    EXPECT_EQ(refused.error().code, "poll.many");
    EXPECT_TRUE(run(&make_poll, as(kAnn, kNow + hours(24)), bobs).ok());
}

TEST_P(Polls, AskEveryoneAndTellNobodyWhatTheOthersSay) {
    const PollView made = make();
    EXPECT_EQ(made.title, "Dinner with Bob Stone, Meiling Ouyang and Omar Haddad");
    EXPECT_EQ(made.voters[0].handle, "bob");
    EXPECT_EQ(made.voters[1].mail, MailState::sent);
    EXPECT_EQ(made.voters[2].mail, MailState::by_hand);
    EXPECT_THAT(made.voters[2].link, HasSubstr("https://visavis.example/p/"));
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].to, "bob@example.com");
    EXPECT_EQ(sent[0].subject, "Ann Lee asks when you could come to dinner");
    EXPECT_THAT(sent[0].text, HasSubstr("Asked too: Meiling Ouyang and Omar Haddad."));
    EXPECT_THAT(sent[0].text, HasSubstr("in Paris:"));  // the reader's own time
    EXPECT_THAT(sent[0].text, Not(HasSubstr("meiling@")));
    EXPECT_EQ(sent[0].ics, "");  // nothing is agreed yet, so nothing stands in a calendar
    EXPECT_THAT(sent[1].list_unsubscribe, HasSubstr("/stop/"));

    ASSERT_TRUE(vote(made.voters[2].link, {{1, Wish::no}, {2, Wish::yes}}).ok());
    const PollView bobs = *run(&find_poll, as(kBob), made.poll.id);
    EXPECT_EQ(bobs.me, 1);
    EXPECT_EQ(bobs.title, "Dinner with Ann Lee");
    EXPECT_TRUE(bobs.standings.empty());
    ASSERT_THAT(bobs.voters, SizeIs(3));
    EXPECT_EQ(bobs.voters[2].name, "Omar Haddad");
    EXPECT_TRUE(bobs.voters[2].vote.wishes.empty());
    EXPECT_FALSE(bobs.voters[2].vote.answered_at);
    EXPECT_TRUE(bobs.poll.voters[2].wishes.empty());
    const PollView mine = *run(&find_poll, as(kAnn), made.poll.id);
    EXPECT_EQ(mine.voters[2].vote.wish_for(2), Wish::yes);
    EXPECT_EQ(mine.standings.front().time, 2);
}

TEST_P(Polls, AreForPeopleOneKnows) {
    MakePoll input = dinner();
    const auto added = db().write_now([&](store::Tx& tx) -> Result<Done> {
        core::Account carol;
        carol.id = {9};
        carol.handle = "carol";
        carol.full_name = "Carol";
        carol.created_at = kNow;
        store::accounts::add(tx, carol, "$hash");
        return Done{};
    });
    ASSERT_TRUE(added.ok());
    input.invitees[0].account = "carol";
    EXPECT_EQ(run(&make_poll, as(kAnn), input).error().code, "poll.stranger");
    input = dinner();
    input.invitees.erase(input.invitees.begin());
    input.invitees.push_back(input.invitees.back());
    EXPECT_EQ(run(&make_poll, as(kAnn), input).error().code, "poll.twice");
    input.invitees = {{std::nullopt, "ann", "", false}};
    EXPECT_EQ(run(&make_poll, as(kAnn), input).error().code, "meeting.yourself");
    input.invitees.clear();
    EXPECT_EQ(run(&make_poll, as(kAnn), input).error().code, "poll.voters");
    EXPECT_TRUE(mails().empty());
}

TEST_P(Polls, KeepAPrivateAddressUntilATimeIsPicked) {
    MakePoll input = dinner();
    input.proposal.offer.places = {{0, "At home", "2 Elm Street", std::nullopt, false, {}}};
    const PollView made = make(input);
    for (const OutgoingMail& mail : mails()) {
        EXPECT_THAT(mail.text, HasSubstr("At home"));
        EXPECT_THAT(mail.text + mail.html, Not(HasSubstr("Elm Street")));
    }
    EXPECT_EQ(run(&find_poll, as(kBob), made.poll.id)->poll.place.address, "");
    EXPECT_EQ(vote(made.voters[2].link, {{1, Wish::yes}})->view.poll.place.address, "");
    EXPECT_EQ(run(&find_poll, as(kAnn), made.poll.id)->poll.place.address, "2 Elm Street");
    ASSERT_TRUE(pick(made.poll.id, 1).ok());
    for (const OutgoingMail& mail : mails())
        EXPECT_EQ(mail.text.find("Elm Street") != std::string::npos, mail.to == "ann@example.com") << mail.to;
}

TEST_P(Polls, TellTheOrganiserOnceWhenAllHaveAnswered) {
    const PollView made = make();
    mails();
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::yes}, {2, Wish::no}}).ok());
    ASSERT_TRUE(vote(made.voters[2].link, {{1, Wish::yes}, {2, Wish::no}}).ok());
    EXPECT_TRUE(mails().empty());
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::if_need_be}, {2, Wish::no}}).ok());
    const auto told = mails();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].to, "ann@example.com");
    EXPECT_THAT(told[0].text, HasSubstr("The best is Monday 23 November, 19:00"));
    ASSERT_TRUE(vote(made.voters[2].link, {}).ok());
    ASSERT_TRUE(vote(made.voters[2].link, {{1, Wish::no}}).ok());
    EXPECT_TRUE(mails().empty());  // once a day is enough
}

TEST_P(Polls, WhosePickMakesAMeetingWithEachWhoCanCome) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::no}, {2, Wish::if_need_be}}).ok());
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::yes}, {2, Wish::no}}).ok());
    mails();
    const auto picked = pick(made.poll.id, 2);  // Bob may come, Meiling can't, Omar hasn't said
    ASSERT_TRUE(picked.ok()) << picked.error().code;
    EXPECT_EQ(picked->poll.state, PollState::picked);
    ASSERT_TRUE(picked->voters[0].meeting);
    EXPECT_FALSE(picked->voters[1].meeting);
    ASSERT_TRUE(picked->voters[2].meeting);
    const MeetingView agreed = *run(&find_meeting, as(kAnn), *picked->voters[0].meeting);
    EXPECT_EQ(agreed.record.meeting.state, MeetingState::scheduled);
    EXPECT_EQ(agreed.record.meeting.agreed->when, (Span{kFirst + hours(24), kFirst + hours(26)}));
    EXPECT_EQ(run(&find_meeting, as(kBob), *picked->voters[0].meeting)->record.meeting.state,
              MeetingState::scheduled);
    const MeetingView asked = *run(&find_meeting, as(kAnn), *picked->voters[2].meeting);
    EXPECT_EQ(asked.record.meeting.state, MeetingState::proposed);

    const auto told = mails();
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].to, "ann@example.com");
    EXPECT_THAT(told[0].text, HasSubstr("You will meet Bob Stone face to face."));
    EXPECT_EQ(told[0].ics_method, "REQUEST");
    EXPECT_THAT(told[0].ics, HasSubstr(made.poll.uid));
    EXPECT_EQ(told[1].to, "bob@example.com");
    EXPECT_THAT(told[1].subject, HasSubstr("Agreed: Dinner with Ann Lee"));
    EXPECT_EQ(told[1].ics_method, "REQUEST");
    EXPECT_EQ(told[1].reply_to, "ann@example.com");
    EXPECT_EQ(told[2].to, "meiling@example.com");
    EXPECT_THAT(told[2].text, HasSubstr("when you said you can’t come"));
    EXPECT_EQ(told[2].ics, "");

    // Omar's link leads on to what he is asked now, and the others' yes to the same hour takes nothing away.
    const std::string token = world::token_in(made.voters[2].link, "/p/");
    EXPECT_EQ(run(&open_poll_link, token)->view.meeting, picked->voters[2].meeting);
    AnswerInvitation yes{token, GuestReply::accept, world::yes_to(1), {}, "", "", "", world::desk(), kNow};
    const auto accepted = run(&answer_invitation, yes);
    ASSERT_TRUE(accepted.ok()) << accepted.error().code;
    EXPECT_EQ(accepted->meeting.state, MeetingState::scheduled);
    const auto then = mails();
    ASSERT_EQ(then.size(), 1U);
    EXPECT_EQ(then[0].to, "ann@example.com");
    EXPECT_EQ(then[0].ics, "");  // the entry is there already
}

TEST_P(Polls, RefuseAVoteAfterTheEndKindly) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::yes}}).ok());
    ASSERT_TRUE(pick(made.poll.id, 1).ok());
    const Error late = vote(made.voters[1].link, {{1, Wish::yes}}).error();
    EXPECT_EQ(late.fault, Fault::conflict);
    EXPECT_EQ(late.code, "poll.closed");
    EXPECT_EQ(bob_votes(made.poll.id, {{1, Wish::no}}).error().code, "poll.closed");
    EXPECT_EQ(pick(made.poll.id, 2).error().code, "poll.closed");
    EXPECT_EQ(run(&close_poll, as(kAnn), made.poll.id, world::desk()).error().code, "poll.closed");
}

TEST_P(Polls, AreNotPickedTwiceAtTheSameInstant) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::yes}, {2, Wish::yes}}).ok());
    mails();
    std::latch ready(2);
    std::vector<Result<PollView>> answers(2, Error(Fault::invalid, "none", ""));
    std::vector<std::thread> both;
    for (int i = 0; i < 2; ++i)
        both.emplace_back([&, i] {
            ready.arrive_and_wait();
            answers[static_cast<std::size_t>(i)] = pick(made.poll.id, i + 1);
        });
    for (std::thread& one : both) one.join();
    ASSERT_NE(answers[0].ok(), answers[1].ok());
    const Error& lost = (answers[0] ? answers[1] : answers[0]).error();
    EXPECT_EQ(lost.code, "poll.closed");
    const auto told = readers();
    EXPECT_EQ(std::ranges::count(told, "bob@example.com"), 1);
}

TEST_P(Polls, ThatNobodyCanComeToAreNotPicked) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::no}}).ok());
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::no}}).ok());
    ASSERT_TRUE(vote(made.voters[2].link, {{1, Wish::no}}).ok());
    mails();
    EXPECT_EQ(pick(made.poll.id, 1).error().code, "poll.nobody");
    EXPECT_TRUE(mails().empty());
    EXPECT_EQ(run(&find_poll, as(kAnn), made.poll.id)->poll.state, PollState::open);
}

TEST_P(Polls, OfOnesOwnAreListedInAsManyStatementsHoweverManyThereAre) {
    const auto statements = [&] {
        const auto before = db().statements();
        EXPECT_TRUE(run(&list_polls, as(kAnn)).ok());
        return db().statements() - before;
    };
    make();
    const auto of_one = statements();
    make();
    EXPECT_EQ(run(&list_polls, as(kAnn))->mine.size(), 2U);
    EXPECT_EQ(statements(), of_one);
}

TEST_P(Polls, OneIsAskedInAreListedInAsManyStatementsHoweverManyThereAre) {
    const auto statements = [&] {
        const auto before = db().statements();
        EXPECT_TRUE(run(&list_polls, as(kBob)).ok());
        return db().statements() - before;
    };
    const PollView first = make();
    const auto of_one = statements();
    MakePoll later = dinner();
    auto slot = later.proposal.offer.slots.back();
    slot.when = {slot.when.start + hours(24), slot.when.end + hours(24)};
    later.proposal.offer.slots.push_back(slot);
    const PollView second = make(later);
    ASSERT_TRUE(bob_votes(second.poll.id, {{1, Wish::if_need_be}}).ok());
    EXPECT_EQ(statements(), of_one);
    // Each is the one that is shown by itself.
    const auto asked = run(&list_polls, as(kBob))->asked;
    ASSERT_EQ(asked.size(), 2U);
    for (const PollView& listed : asked) {
        const PollView alone = *run(&find_poll, as(kBob), listed.poll.id);
        EXPECT_EQ(listed.poll, alone.poll);
        EXPECT_EQ(listed.title, alone.title);
        EXPECT_EQ(listed.organiser, "Ann Lee");
        EXPECT_EQ(listed.me, alone.me);
        ASSERT_EQ(listed.voters.size(), alone.voters.size());
        for (std::size_t i = 0; i < alone.voters.size(); ++i) {
            EXPECT_EQ(listed.voters[i].name, alone.voters[i].name);
            EXPECT_EQ(listed.voters[i].vote, alone.voters[i].vote);
        }
    }
    EXPECT_NE(asked[0].poll.id, asked[1].poll.id);
    EXPECT_NE(asked[0].poll.times.size(), asked[1].poll.times.size());
}

TEST_P(Polls, AreOnesOwnOrThoseOneIsAskedIn) {
    const PollView made = make();
    EXPECT_THAT(run(&list_polls, as(kAnn))->mine, SizeIs(1));
    EXPECT_THAT(run(&list_polls, as(kBob))->asked, SizeIs(1));
    EXPECT_TRUE(run(&list_polls, as(kBob))->mine.empty());
    EXPECT_EQ(run(&find_poll, as(kBob), core::PollId{1}).error().code, "poll.unknown");
    EXPECT_EQ(run(&pick_in_poll, as(kBob), made.poll.id, 1, world::desk()).error().code, "poll.unknown");
    EXPECT_EQ(run(&vote_in_poll, as(kAnn), made.poll.id, std::vector<PollWish>{}, world::desk()).error().code,
              "poll.unknown");
    EXPECT_EQ(run(&open_poll_link, std::string("guess")).error().code, "invitation.unknown");
    EXPECT_EQ(run(&make_poll_link, as(kAnn), made.poll.id, 1, world::desk()).error().code,
              "meeting.no_guest");
    EXPECT_THAT(run(&make_poll_link, as(kAnn), made.poll.id, 2, world::desk())->voters[1].link,
                HasSubstr("/p/"));
    ASSERT_TRUE(pick(made.poll.id, 1).ok());
    EXPECT_TRUE(run(&list_polls, as(kBob))->asked.empty());
}

TEST_P(Polls, LookUnansweredFromBehindABlock) {
    const PollView made = make();
    ASSERT_TRUE(run(&block_handle, as(kBob), std::string("ann"), world::desk()).ok());
    mails();
    EXPECT_EQ(run(&find_poll, as(kBob), made.poll.id).error().code, "poll.unknown");
    EXPECT_TRUE(run(&list_polls, as(kBob))->asked.empty());
    EXPECT_EQ(bob_votes(made.poll.id, {{1, Wish::yes}}).error().code, "poll.unknown");
    const auto picked = pick(made.poll.id, 1);
    ASSERT_TRUE(picked.ok());
    EXPECT_EQ(run(&find_meeting, as(kAnn), *picked->voters[0].meeting)->record.meeting.state,
              MeetingState::proposed);
    EXPECT_THAT(readers(), ElementsAre("meiling@example.com"));
}

TEST_P(Polls, EndWhenTheLastTimeBegins) {
    const PollView made = make();
    mails();
    ASSERT_TRUE(run(&settle_due_poll, kAnn, made.poll.id, world::desk(), kNow).ok());
    EXPECT_TRUE(mails().empty());
    ASSERT_TRUE(run(&settle_due_poll, kAnn, made.poll.id, world::desk(), kFirst + hours(24)).ok());
    ASSERT_TRUE(run(&settle_due_poll, kAnn, made.poll.id, world::desk(), kFirst + hours(24)).ok());
    EXPECT_THAT(readers(), ElementsAre("ann@example.com"));
    EXPECT_EQ(run(&find_poll, as(kAnn), made.poll.id)->poll.state, PollState::expired);
}

TEST_P(Polls, AreGivenUpWithAWordToEveryone) {
    const PollView made = make();
    mails();
    ASSERT_TRUE(run(&close_poll, as(kAnn), made.poll.id, world::desk()).ok());
    EXPECT_THAT(readers(), ElementsAre("bob@example.com", "meiling@example.com"));
    EXPECT_EQ(run(&open_poll_link, world::token_in(made.voters[1].link, "/p/"))->view.poll.state,
              PollState::closed);
}

TEST_P(Polls, SeeTheFreeTimeOfWhoShares) {
    ASSERT_TRUE(run(&share_free_time, as(kBob), std::string("ann")).ok());
    core::MeetingHabits habits = core::usual_habits();
    for (auto& day : habits.hours) day = {{hours(0), hours(24)}};
    habits.kept_free = {{*parse_date("2026-11-24"), *parse_date("2026-11-24")}};  // in Paris: the first time
    ASSERT_TRUE(run(&set_meeting_habits, as(kBob), habits).ok());
    const PollView made = make();
    EXPECT_EQ(made.standings.front().time, 2);
    EXPECT_EQ(made.standings.front().can, 1);
    EXPECT_FALSE(made.standings.back().suits_all);
}

TEST_P(Polls, AreOneEntryInTheOrganisersCalendarAndOneMeetingToThePace) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::yes}}).ok());
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::yes}}).ok());
    ASSERT_TRUE(pick(made.poll.id, 1).ok());
    const std::string secret = *run(&make_feed, as(kAnn));
    const std::string feed = *run(&calendar_feed, secret, std::string("https://visavis.example"), kNow);
    EXPECT_THAT(feed, HasSubstr("SUMMARY:Dinner with Bob Stone and Meiling Ouyang"));
    EXPECT_EQ(feed.find("BEGIN:VEVENT"), feed.rfind("BEGIN:VEVENT"));
    EXPECT_THAT(feed, HasSubstr(made.poll.uid));
    core::MeetingHabits habits = core::usual_habits();
    habits.pace.a_week = 2;
    ASSERT_TRUE(run(&set_meeting_habits, as(kAnn), habits).ok());
    FreeTimeWanted wanted;
    wanted.from = *parse_date("2026-11-23");
    wanted.to = *parse_date("2026-11-29");
    EXPECT_FALSE(run(&find_free_time, as(kAnn), wanted)->slots.empty());
}

// A time that several are asked about, or that one has said to suit, may be agreed any moment.
TEST_P(Polls, TakeTheirTimesUntilOneIsPicked) {
    const auto offered = [&](core::AccountId who) {
        return *db().read_now([&](store::Tx& tx) -> Result<std::vector<Span>> {
            auto spans = store::free_time::offered(tx, who, {kFirst, kFirst + hours(24 * 7)});
            std::ranges::sort(spans, {}, &Span::start);
            return spans;
        });
    };
    const PollView made = make();
    const std::vector<Span> both{made.poll.times[0].when, made.poll.times[1].when};
    EXPECT_EQ(offered(kAnn), both);
    EXPECT_THAT(offered(kBob), SizeIs(0)) << "he has not said anything yet";
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::if_need_be}, {2, Wish::no}}).ok());
    EXPECT_THAT(offered(kBob), ElementsAre(both[0]));
    ASSERT_TRUE(run(&close_poll, as(kAnn), made.poll.id, world::desk()).ok());
    EXPECT_THAT(offered(kAnn), SizeIs(0));
    EXPECT_THAT(offered(kBob), SizeIs(0));
}

// Free times that are proposed to somebody else come from what is not asked about.
TEST_P(Polls, PutTheirTimesLastAmongFreeOnes) {
    FreeTimeWanted wanted;
    wanted.from = *parse_date("2026-11-23");
    wanted.to = *parse_date("2026-11-29");
    wanted.limit = 1;
    const Span best = run(&find_free_time, as(kAnn), wanted)->slots.front().when;
    MakePoll input = dinner();
    input.proposal.offer.slots = {{0, best, Wish::none}};
    make(input);
    const Span other = run(&find_free_time, as(kAnn), wanted)->slots.front().when;
    EXPECT_TRUE(other.end <= best.start || best.end <= other.start);
}

TEST_P(Polls, AskOnceWhetherOneMet) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::yes}}).ok());
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::yes}}).ok());
    const auto picked = pick(made.poll.id, 1);
    ASSERT_TRUE(picked.ok());
    mails();
    const Instant after = kFirst + hours(4);
    for (const std::size_t i : {0U, 1U})
        ASSERT_TRUE(run(&settle_due_meeting, kAnn, *picked->voters[i].meeting, world::desk(), after).ok());
    EXPECT_THAT(readers(), ElementsAre("ann@example.com", "bob@example.com", "meiling@example.com"));
}

TEST_P(Polls, TakeTheEntryOutWithTheLastOfThem) {
    const PollView made = make();
    ASSERT_TRUE(bob_votes(made.poll.id, {{1, Wish::yes}}).ok());
    ASSERT_TRUE(vote(made.voters[1].link, {{1, Wish::yes}}).ok());
    const auto picked = pick(made.poll.id, 1);
    ASSERT_TRUE(picked.ok());
    const auto cancel = [&](std::size_t voter) {
        mails();
        EXPECT_TRUE(
            run(&cancel_meeting, as(kAnn), CancelMeeting{*picked->voters[voter].meeting, "", world::desk()})
                .ok());
        auto told = mails();
        std::erase_if(told, [](const OutgoingMail& mail) { return mail.to != "ann@example.com"; });
        return told.at(0);
    };
    EXPECT_EQ(cancel(0).ics, "");
    // Omar, who was asked and hasn't answered, still may.
    ASSERT_TRUE(
        run(&cancel_meeting, as(kAnn), CancelMeeting{*picked->voters[2].meeting, "", world::desk()}).ok());
    const OutgoingMail last = cancel(1);
    EXPECT_EQ(last.ics_method, "CANCEL");
    EXPECT_THAT(last.ics, HasSubstr(made.poll.uid));
}

TEST_P(Polls, NoteAnAddressThatTakesNoMail) {
    const PollView made = make();
    const auto sent = mails();
    ASSERT_TRUE(run(&note_refused_mail, sent[1].about, kNow).ok());
    EXPECT_EQ(run(&find_poll, as(kAnn), made.poll.id)->voters[1].mail, MailState::refused);
    ASSERT_TRUE(run(&note_refused_mail, std::string("poll/7/1/9"), kNow).ok());
}

}  // namespace
}  // namespace vv::app
