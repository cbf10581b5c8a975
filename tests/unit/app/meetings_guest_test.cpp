#include "app/meetings_guest.h"

#include "app/blocks.h"
#include "app/links.h"
#include "app/meetings_changes.h"
#include "app/outgoing_mail.h"
#include "app/stop_links.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <latch>
#include <thread>

namespace vv::app {
namespace {

using core::MeetingState;
using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;
using world::as;
using world::kAnn;
using world::kBob;
using world::kNow;

const Instant kEnd = *parse_rfc3339("2026-11-24T02:00:00Z");

class Guests : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) world::add_people(db());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    MeetingView propose(const ProposeMeeting& input = world::to_meiling()) {
        auto view = run(&propose_meeting, as(kAnn), input);
        EXPECT_TRUE(view.ok()) << view.error().code;
        return *view;
    }
    Result<GuestInvitation> answer(const std::string& token, GuestReply reply, Instant now = kNow) {
        AnswerInvitation input;
        input.token = token;
        input.reply = reply;
        input.acceptance = world::yes_to(1);
        input.offer = world::dinner().offer;
        input.offer.places.clear();
        input.desk = world::desk();
        input.now = now;
        return run(&answer_invitation, input);
    }
    MeetingView organisers(core::MeetingId id) { return *run(&find_meeting, as(kAnn), id); }
    std::vector<OutgoingMail> mails() { return world::take_mails(db()); }
    std::string token_of(const MeetingView& view) { return world::token_in(view.invitation_link, "/m/"); }
};
VV_ON_EACH_DATABASE(Guests);

TEST_P(Guests, AreWrittenToWithWhoWhyAndHowToStop) {
    const MeetingView view = propose();
    EXPECT_EQ(view.mail, MailState::sent);
    EXPECT_EQ(view.mail_to, "meiling@example.com");
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 1U);
    const OutgoingMail& mail = sent[0];
    EXPECT_EQ(mail.to, "meiling@example.com");
    EXPECT_EQ(mail.from_name, "Ann Lee via Visavis");
    EXPECT_THAT(mail.text, HasSubstr("Hello Meiling Ouyang"));
    EXPECT_THAT(mail.text, HasSubstr("Why: We have not sat at one table since June"));
    EXPECT_THAT(mail.text, HasSubstr("because Ann Lee has your address"));
    EXPECT_THAT(mail.text, HasSubstr(mail.list_unsubscribe));
    EXPECT_THAT(mail.list_unsubscribe, HasSubstr("https://visavis.example/stop/"));
    EXPECT_EQ(mail.reply_to, "");
    EXPECT_THAT(mail.text, Not(HasSubstr("ann@example.com")));
    EXPECT_EQ(mail.ics_method, "REQUEST");
    EXPECT_THAT(mail.ics, Not(HasSubstr("/m/")));  // calendars are shared, the link is not
    EXPECT_TRUE(run(&open_invitation, world::token_in(mail.text, "/m/")).ok());
}

TEST_P(Guests, SeeTheInvitationAndNoMore) {
    const GuestInvitation seen = *run(&open_invitation, token_of(propose()));
    EXPECT_EQ(seen.organiser, "Ann Lee");
    EXPECT_EQ(seen.guest, "Meiling Ouyang");
    EXPECT_EQ(seen.title, "Dinner with Ann Lee");
    EXPECT_EQ(seen.meeting.me, core::Side::invitee);
    EXPECT_EQ(seen.meeting.places[1].address, "");
    EXPECT_FALSE(seen.contact.has_value());
    EXPECT_EQ(run(&open_invitation, std::string("guess")).error().code, "invitation.unknown");
}

TEST_P(Guests, AcceptAndAreTold) {
    const MeetingView view = propose();
    mails();
    const auto agreed = answer(token_of(view), GuestReply::accept);
    ASSERT_TRUE(agreed.ok()) << agreed.error().code;
    EXPECT_EQ(agreed->meeting.state, MeetingState::scheduled);
    EXPECT_EQ(agreed->contact->email, "ann@example.com");
    const MeetingView mine = organisers(view.record.meeting.id);
    EXPECT_EQ(mine.record.meeting.state, MeetingState::scheduled);
    EXPECT_EQ(mine.contact->email, "meiling@example.com");
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].to, "ann@example.com");
    EXPECT_EQ(sent[0].reply_to, "meiling@example.com");
    EXPECT_EQ(sent[1].to, "meiling@example.com");
    EXPECT_EQ(sent[1].reply_to, "ann@example.com");
    EXPECT_THAT(sent[1].ics, HasSubstr("SEQUENCE:1"));
}

TEST_P(Guests, AreNotToldAnAddressThatTheOrganiserHasNotProven) {
    world::unprove_address(db(), kAnn);
    const MeetingView view = propose();
    const auto agreed = answer(token_of(view), GuestReply::accept);
    ASSERT_TRUE(agreed.ok()) << agreed.error().code;
    EXPECT_FALSE(agreed->contact.has_value());
    for (const auto& mail : mails()) {
        EXPECT_EQ(mail.reply_to, "");
        EXPECT_THAT(mail.text + mail.html + mail.ics, Not(HasSubstr("ann@example.com")));
    }
}

TEST_P(Guests, DeclineWithoutATrace) {
    const MeetingView view = propose();
    const core::MeetingId id = view.record.meeting.id;
    mails();
    EXPECT_EQ(answer(token_of(view), GuestReply::decline)->meeting.state, MeetingState::declined);
    EXPECT_EQ(organisers(id).record.meeting, view.record.meeting);
    EXPECT_EQ(run(&open_invitation, token_of(view))->meeting.state, MeetingState::declined);
    ASSERT_TRUE(run(&settle_due_meeting, kAnn, id, world::desk(), view.record.meeting.expires_at).ok());
    EXPECT_EQ(run(&open_invitation, token_of(view))->meeting.state, MeetingState::expired);
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to, "ann@example.com");
}

TEST_P(Guests, MayChangeTheirMindWhileItIsOpen) {
    const MeetingView view = propose();
    ASSERT_TRUE(answer(token_of(view), GuestReply::decline).ok());
    EXPECT_EQ(answer(token_of(view), GuestReply::accept)->meeting.state, MeetingState::scheduled);
    EXPECT_EQ(run(&open_invitation, token_of(view))->meeting.state, MeetingState::scheduled);
}

// One evening offered to two people, and both say yes at the same instant.
TEST_P(Guests, OfTwoWhoTakeOneTimeExactlyOneGetsIt) {
    constexpr int kRounds = 5;  // as many strangers may be asked in a day
    for (int round = 0; round < kRounds; ++round) {
        const MeetingView to_guest = propose();
        const MeetingView to_bob = propose(world::to_bob());
        AnswerMeeting bobs;
        bobs.meeting = to_bob.record.meeting.id;
        bobs.acceptance = world::yes_to(1);
        bobs.desk = world::desk();
        std::latch both(2);
        std::optional<Result<MeetingView>> second;
        std::thread other([&] {
            both.arrive_and_wait();
            second = run(&answer_meeting, as(kBob), bobs);
        });
        both.arrive_and_wait();
        const auto first = answer(token_of(to_guest), GuestReply::accept);
        other.join();
        ASSERT_NE(first.ok(), second->ok());
        const Error& told = first ? second->error() : first.error();
        EXPECT_EQ(told.code, "meeting.slot_taken");
        EXPECT_THAT(told.detail, HasSubstr("Sorry"));
        const auto state = [&](const MeetingView& view) {
            return organisers(view.record.meeting.id).record.meeting.state;
        };
        EXPECT_EQ(state(first ? to_guest : to_bob), MeetingState::scheduled);
        EXPECT_EQ(state(first ? to_bob : to_guest), MeetingState::proposed) << "open for another time";
        for (const MeetingView& view : {to_guest, to_bob}) {
            CancelMeeting over{view.record.meeting.id, "", world::desk()};
            ASSERT_TRUE(run(&cancel_meeting, as(kAnn), over).ok());
        }
    }
}

TEST_P(Guests, SeeWhichTimesAreTakenAndGetTheNextThatSuits) {
    const MeetingView view = propose(world::to_meiling(""));
    AnswerMeeting bobs;
    bobs.meeting = propose(world::to_bob()).record.meeting.id;
    bobs.acceptance = world::yes_to(1);
    bobs.desk = world::desk();
    ASSERT_TRUE(run(&answer_meeting, as(kBob), bobs).ok());
    EXPECT_THAT(run(&open_invitation, token_of(view))->taken, testing::ElementsAre(1));
    EXPECT_EQ(answer(token_of(view), GuestReply::accept).error().code, "meeting.slot_taken");
    AnswerInvitation both;
    both.token = token_of(view);
    both.acceptance = world::yes_to(1);
    both.acceptance.wishes.push_back({2, {}, core::Wish::if_need_be});
    both.desk = world::desk();
    both.now = kNow;
    const auto agreed = run(&answer_invitation, both);
    ASSERT_TRUE(agreed.ok()) << agreed.error().code;
    EXPECT_EQ(agreed->meeting.agreed->when, agreed->meeting.slots[1].when);
    const auto late = answer(token_of(view), GuestReply::accept);
    EXPECT_EQ(late.error().code, "meeting.closed");
    EXPECT_THAT(late.error().detail, HasSubstr("agreed already"));
}

TEST_P(Guests, CounterWithoutLearningAPrivateAddress) {
    const MeetingView view = propose();
    const auto countered = answer(token_of(view), GuestReply::counter);
    ASSERT_TRUE(countered.ok());
    EXPECT_EQ(countered->meeting.places[1].address, "");
    const MeetingView mine = organisers(view.record.meeting.id);
    EXPECT_TRUE(mine.record.meeting.is_mine_to_answer());
    EXPECT_EQ(mine.record.meeting.places[1].address, "2 Elm Street");
}

TEST_P(Guests, CancelMoveAndSayWhetherTheyMet) {
    const MeetingView view = propose();
    const std::string token = token_of(view);
    ASSERT_TRUE(answer(token, GuestReply::accept).ok());
    ASSERT_TRUE(answer(token, GuestReply::met, kEnd).ok());
    EXPECT_EQ(organisers(view.record.meeting.id).record.meeting.theirs(), core::Outcome::met);

    const MeetingView other = propose();
    ASSERT_TRUE(answer(token_of(other), GuestReply::accept).ok());
    mails();
    ASSERT_TRUE(answer(token_of(other), GuestReply::cancel).ok());
    EXPECT_EQ(organisers(other.record.meeting.id).record.meeting.state, MeetingState::cancelled);
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    for (const OutgoingMail& mail : sent) EXPECT_EQ(mail.ics_method, "CANCEL");
}

TEST_P(Guests, ThatStoppedMailAreNeverWrittenToAgain) {
    const MeetingView view = propose();
    const OutgoingMail first = mails().at(0);
    const std::string stop = world::token_in(first.list_unsubscribe, "/stop/");
    EXPECT_FALSE(*run(&is_stopped, stop));
    ASSERT_TRUE(run(&stop_by_link, stop, kNow).ok());
    ASSERT_TRUE(run(&stop_by_link, stop, kNow).ok());
    EXPECT_TRUE(*run(&is_stopped, stop));
    ASSERT_TRUE(
        run(&cancel_meeting, as(kAnn), CancelMeeting{view.record.meeting.id, "", world::desk()}).ok());
    const MeetingView again = propose(world::to_meiling("Meiling@Example.com"));
    EXPECT_EQ(again.mail, MailState::refused);
    EXPECT_TRUE(mails().empty());
    EXPECT_EQ(answer(token_of(again), GuestReply::accept)->meeting.state, MeetingState::scheduled);
    ASSERT_EQ(mails().size(), 1U);  // the organiser's

    EXPECT_EQ(run(&is_stopped, stop.substr(1)).error().code, "stop.unknown");
    std::string forged = stop;
    forged.back() = forged.back() == '0' ? '1' : '0';
    EXPECT_EQ(run(&stop_by_link, forged, kNow).error().code, "stop.unknown");
    ASSERT_TRUE(run(&resume_by_link, stop).ok());
    EXPECT_FALSE(*run(&is_stopped, stop));
}

TEST_P(Guests, WhoseAccountBlockedTheOrganiserAreNotWrittenToAndNobodyCanTell) {
    ASSERT_TRUE(run(&block_account, as(kBob), kAnn, world::desk()).ok());
    const MeetingView view = propose(world::to_meiling("bob@example.com"));
    EXPECT_EQ(view.mail, MailState::sent);
    EXPECT_TRUE(mails().empty());
}

TEST_P(Guests, WithoutAnAddressGetTheLinkByHandAndMayLeaveOne) {
    const MeetingView view = propose(world::to_meiling(""));
    EXPECT_EQ(view.mail, MailState::by_hand);
    EXPECT_TRUE(mails().empty());
    const MeetingView again = *run(&make_invitation_link, as(kAnn), view.record.meeting.id, world::desk());
    EXPECT_NE(again.invitation_link, view.invitation_link);
    AnswerInvitation input;
    input.token = token_of(again);
    input.acceptance = world::yes_to(2);
    input.email = "not an address";
    input.zone = "Europe/Paris";
    input.desk = world::desk();
    input.now = kNow;
    EXPECT_FALSE(run(&answer_invitation, input).ok());
    input.email = "meiling@example.com";
    const GuestInvitation agreed = *run(&answer_invitation, input);
    EXPECT_EQ(agreed.zone.name(), "Europe/Paris");
    EXPECT_EQ(organisers(view.record.meeting.id).contact->email, "meiling@example.com");
    EXPECT_EQ(mails().size(), 2U);
    EXPECT_TRUE(run(&open_invitation, token_of(view)).ok());
}

TEST_P(Guests, AreAskedAtMostSixTimesADay) {
    int asked = 0;
    for (int i = 0; i < 8; ++i) {
        propose();
        asked += static_cast<int>(mails().size());
    }
    EXPECT_EQ(asked, 6);
}

TEST_P(Guests, MayAnswerEightTimesADay) {
    const MeetingView view = propose();
    mails();
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(answer(token_of(view), GuestReply::counter).ok()) << i;
    EXPECT_EQ(mails().size(), 8U) << "each writes to the organiser";
    EXPECT_EQ(answer(token_of(view), GuestReply::counter).error().code, "throttle.guest_answers");
    EXPECT_TRUE(answer(token_of(view), GuestReply::counter, kNow + std::chrono::hours(3)).ok());
}

TEST_P(Guests, AreAtMostTwentyADayForOneOrganiser) {
    for (int i = 0; i < 20; ++i) propose(world::to_meiling("guest" + std::to_string(i) + "@example.com"));
    const auto more = run(&propose_meeting, as(kAnn), world::to_meiling("guest20@example.com"));
    EXPECT_EQ(more.error().code, "meeting.many_mails");
    propose(world::to_meiling(""));
}

TEST_P(Guests, AreNotWrittenToByAServerThatSendsNoMail) {
    ProposeMeeting input = world::to_meiling();
    input.desk.mail_from.clear();
    const MeetingView view = propose(input);
    EXPECT_EQ(view.mail, MailState::by_hand);
    EXPECT_FALSE(view.invitation_link.empty());
    EXPECT_TRUE(mails().empty());
}

TEST_P(Guests, WhoTurnOutToHaveAnAccountFindTheMeetingThere) {
    const MeetingView view = propose();
    const MeetingView declined = propose();
    ASSERT_TRUE(answer(token_of(declined), GuestReply::decline));
    EXPECT_EQ(run(&find_meeting, as(kBob), view.record.meeting.id).error().code, "meeting.unknown");
    ASSERT_TRUE(db().write_now([](store::Tx& tx) -> Result<core::IdentityId> {
        IdSource ids{3};
        return link_person(tx, kAnn, kBob, kNow, ids, world::kMeiling);
    }));
    mails();
    const auto bobs = run(&find_meeting, as(kBob), view.record.meeting.id);
    ASSERT_TRUE(bobs) << bobs.error().code;
    EXPECT_TRUE(bobs->record.meeting.is_mine_to_answer());
    EXPECT_EQ(bobs->record.meeting.uid, view.record.meeting.uid);
    EXPECT_EQ(run(&find_meeting, as(kBob), declined.record.meeting.id)->record.meeting.state,
              MeetingState::declined);
    EXPECT_EQ(organisers(declined.record.meeting.id).record.meeting.state, MeetingState::proposed)
        << "a no is still nobody's to see";
    EXPECT_FALSE(organisers(view.record.meeting.id).with_handle.empty());
    EXPECT_EQ(run(&make_invitation_link, as(kAnn), view.record.meeting.id, world::desk()).error().code,
              "meeting.no_guest");

    // The mail's own link goes on working, and both sides see what comes of it.
    EXPECT_TRUE(answer(token_of(view), GuestReply::accept));
    EXPECT_EQ(run(&find_meeting, as(kBob), view.record.meeting.id)->record.meeting.state,
              MeetingState::scheduled);
    EXPECT_EQ(organisers(view.record.meeting.id).record.meeting.state, MeetingState::scheduled);
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    for (const OutgoingMail& mail : sent) {
        EXPECT_NE(mail.to, "meiling@example.com") << "is written to as an account";
        EXPECT_THAT(mail.text, HasSubstr("/meetings/"));
    }
}

TEST_P(Guests, TakeTheMeetingHomeAsAFile) {
    const MeetingView view = propose();
    ASSERT_TRUE(answer(token_of(view), GuestReply::accept).ok());
    const std::string file = *run(&guest_calendar, token_of(view));
    EXPECT_THAT(file, HasSubstr("METHOD:PUBLISH"));
    EXPECT_THAT(file, HasSubstr("UID:" + view.record.meeting.uid));
    EXPECT_THAT(file, Not(HasSubstr("mailto:")));
}

}  // namespace
}  // namespace vv::app
