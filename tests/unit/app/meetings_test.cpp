#include "app/meetings.h"

#include "app/blocks.h"
#include "app/links.h"
#include "app/meetings_changes.h"
#include "app/outgoing_mail.h"
#include "store/encounters.h"
#include "store/people.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using core::MeetingState;
using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;
using world::as;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;

const Instant kStart = *parse_rfc3339("2026-11-24T00:00:00Z");
const Instant kEnd = kStart + hours(2);

class Meetings : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) world::add_people(db());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    MeetingView propose(ProposeMeeting input = world::to_bob()) {
        auto view = run(&propose_meeting, as(kAnn), input);
        EXPECT_TRUE(view.ok()) << view.error().code;
        return *view;
    }
    Result<MeetingView> answer(core::AccountId by, core::MeetingId id, MeetingReply reply, int slot = 1,
                               Instant now = kNow) {
        AnswerMeeting input;
        input.meeting = id;
        input.reply = reply;
        input.acceptance = world::yes_to(slot, slot);
        input.offer = world::dinner().offer;
        for (core::Slot& one : input.offer.slots)
            one.when = {one.when.start + hours(72), one.when.end + hours(72)};
        input.offer.message = "Later would be better.";
        input.desk = world::desk();
        return run(&answer_meeting, as(by, now), input);
    }
    MeetingState state(core::AccountId of, core::MeetingId id) {
        return run(&find_meeting, as(of), id)->record.meeting.state;
    }
    Result<MeetingView> say(core::AccountId by, core::MeetingId id, core::Outcome outcome,
                            Instant now = kEnd) {
        return run(&say_outcome, as(by, now), SayOutcome{id, outcome, "", world::desk()});
    }
    void settle(core::MeetingId id, Instant now) {
        ASSERT_TRUE(run(&settle_due_meeting, kAnn, id, world::desk(), now).ok());
    }
    std::vector<core::Encounter> encounters(core::AccountId of) {
        return db()
            .read_now([&](store::Tx& tx) -> Result<std::vector<core::Encounter>> {
                return store::encounters::within(tx, of, {kNow - hours(1), kNow + hours(24 * 30)}).encounters;
            })
            .
            operator*();
    }
    std::vector<OutgoingMail> mails() { return world::take_mails(db()); }
};
VV_ON_EACH_DATABASE(Meetings);

std::string code_of(const Result<MeetingView>& result) {
    return result ? "done" : result.error().code;
}

TEST_P(Meetings, AreSeenTheSameByBothSides) {
    const MeetingView mine = propose();
    const MeetingView theirs = *run(&find_meeting, as(kBob), mine.record.meeting.id);
    EXPECT_EQ(mine.record.meeting.slots, theirs.record.meeting.slots);
    EXPECT_EQ(theirs.with_name, "Ann Lee");
    EXPECT_EQ(theirs.with_handle, "ann");
    EXPECT_EQ(mine.title, "Dinner with Bob Stone");
    EXPECT_EQ(theirs.title, "Dinner with Ann Lee");
    EXPECT_EQ(run(&meetings_today, as(kBob))->to_answer.size(), 1U);
    EXPECT_TRUE(run(&meetings_today, as(kAnn))->to_answer.empty());
}

TEST_P(Meetings, KeepAPrivateAddressAndContactsUntilAgreed) {
    const MeetingView mine = propose();
    const core::MeetingId id = mine.record.meeting.id;
    EXPECT_EQ(mine.record.meeting.places[1].address, "2 Elm Street");
    MeetingView theirs = *run(&find_meeting, as(kBob), id);
    EXPECT_EQ(theirs.record.meeting.places[0].address, "17 Spadina Avenue");
    EXPECT_EQ(theirs.record.meeting.places[1].address, "");
    EXPECT_FALSE(theirs.contact.has_value());
    EXPECT_FALSE(mine.contact.has_value());
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 1U);
    for (const std::string* part : {&sent[0].text, &sent[0].html, &sent[0].ics}) {
        EXPECT_THAT(*part, Not(HasSubstr("2 Elm Street")));
        EXPECT_THAT(*part, Not(HasSubstr("ann@example.com")));
    }
    EXPECT_EQ(sent[0].reply_to, "");

    theirs = *answer(kBob, id, MeetingReply::accept, 2);
    EXPECT_EQ(theirs.record.meeting.agreed->place.address, "2 Elm Street");
    EXPECT_EQ(theirs.contact->email, "ann@example.com");
    EXPECT_EQ(run(&find_meeting, as(kAnn), id)->contact->email, "bob@example.com");
}

TEST_P(Meetings, TellNoAddressThatItsAccountHasNotProven) {
    world::unprove_address(db(), kBob);
    const core::MeetingId id = propose().record.meeting.id;
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    EXPECT_FALSE(run(&find_meeting, as(kAnn), id)->contact.has_value());
    EXPECT_TRUE(run(&find_meeting, as(kBob), id)->contact.has_value());
    for (const auto& mail : mails()) {
        EXPECT_NE(mail.to, "bob@example.com");
        EXPECT_NE(mail.reply_to, "bob@example.com");
        EXPECT_THAT(mail.text + mail.html + mail.ics, Not(HasSubstr("bob@example.com")));
    }
}

TEST_P(Meetings, ThatAreAcceptedLinkTheTwoAndArePlanned) {
    const core::MeetingId id = propose().record.meeting.id;
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    EXPECT_EQ(state(kAnn, id), MeetingState::scheduled);
    EXPECT_EQ(state(kBob, id), MeetingState::scheduled);
    for (const auto& [owner, other] : {std::pair{kAnn, kBob}, std::pair{kBob, kAnn}}) {
        const auto person = db().read_now([&](store::Tx& tx) -> Result<core::Person> {
            return *store::people::find(tx, owner, *store::people::find_by_account(tx, owner, other));
        });
        EXPECT_EQ(person->stage, core::Stage::planned);
    }
    EXPECT_EQ(run(&meetings_today, as(kAnn))->next->record.meeting.id, id);
    EXPECT_TRUE(encounters(kAnn).empty());
}

TEST_P(Meetings, TellBothSidesByMailWithOneCalendarEntry) {
    const core::MeetingId id = propose().record.meeting.id;
    const auto proposed = mails();
    ASSERT_EQ(proposed.size(), 1U);
    EXPECT_EQ(proposed[0].to, "bob@example.com");
    EXPECT_EQ(proposed[0].subject, "Ann Lee invites you to dinner");
    EXPECT_EQ(proposed[0].from_name, "Ann Lee via Visavis");
    EXPECT_EQ(proposed[0].ics_method, "REQUEST");
    EXPECT_THAT(
        proposed[0].text,
        HasSubstr("Monday 23 November, 19:00 to 21:00 (in Paris: Tuesday 24 November, 01:00 to 03:00)"));
    EXPECT_THAT(proposed[0].text, HasSubstr("Which evening suits you?"));
    EXPECT_THAT(proposed[0].text, HasSubstr("https://visavis.example/meetings/" + to_string(id)));

    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    const auto accepted = mails();
    ASSERT_EQ(accepted.size(), 2U);
    EXPECT_EQ(accepted[0].to, "ann@example.com");
    EXPECT_EQ(accepted[0].reply_to, "bob@example.com");
    EXPECT_THAT(accepted[0].text, HasSubstr("You can reach Bob Stone at bob@example.com"));
    EXPECT_EQ(accepted[1].to, "bob@example.com");
    for (const OutgoingMail& mail : accepted) {
        EXPECT_EQ(mail.ics_method, "REQUEST");
        EXPECT_THAT(mail.ics, HasSubstr("SEQUENCE:1"));
        EXPECT_THAT(mail.ics, HasSubstr("STATUS:CONFIRMED"));
    }

    ASSERT_TRUE(
        run(&cancel_meeting, as(kAnn), CancelMeeting{id, "My train stands still.", world::desk()}).ok());
    const auto cancelled = mails();
    ASSERT_EQ(cancelled.size(), 2U);
    EXPECT_EQ(cancelled[1].to, "bob@example.com");
    EXPECT_THAT(cancelled[1].text, HasSubstr("My train stands still."));
    const std::string uid = "UID:" + run(&find_meeting, as(kAnn), id)->record.meeting.uid;
    for (const OutgoingMail& mail : cancelled) {
        EXPECT_EQ(mail.ics_method, "CANCEL");
        EXPECT_THAT(mail.ics, HasSubstr("METHOD:CANCEL"));
        EXPECT_THAT(mail.ics, HasSubstr("SEQUENCE:2"));
        EXPECT_THAT(mail.ics, HasSubstr(uid));
    }
    EXPECT_THAT(proposed[0].ics, HasSubstr(uid));
}

TEST_P(Meetings, ThatAreDeclinedLookUnansweredUntilTheyRunOut) {
    const core::MeetingId id = propose().record.meeting.id;
    const MeetingView before = *run(&find_meeting, as(kAnn), id);
    mails();
    EXPECT_EQ(answer(kBob, id, MeetingReply::decline)->record.meeting.state, MeetingState::declined);
    EXPECT_EQ(run(&find_meeting, as(kAnn), id)->record.meeting, before.record.meeting);
    EXPECT_TRUE(mails().empty());
    settle(id, before.record.meeting.expires_at);
    for (const core::AccountId side : {kAnn, kBob}) {
        const core::Meeting after = run(&find_meeting, as(side), id)->record.meeting;
        EXPECT_EQ(after.state, MeetingState::expired);
        for (const core::MeetingStep& step : after.history)
            EXPECT_NE(step.what, core::MeetingEvent::declined);
    }
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 1U);  // who declined hears no more of it
    EXPECT_EQ(sent[0].to, "ann@example.com");
    EXPECT_EQ(sent[0].subject, "Not now: Dinner with Bob Stone");
    EXPECT_THAT(sent[0].text, Not(HasSubstr("declin")));
    EXPECT_EQ(sent[0].ics_method, "CANCEL");
}

TEST_P(Meetings, ThatNobodyAnswersRunOutForBoth) {
    const core::MeetingId id = propose().record.meeting.id;
    const Instant end = run(&find_meeting, as(kAnn), id)->record.meeting.expires_at;
    mails();
    settle(id, end - hours(1));
    EXPECT_EQ(state(kBob, id), MeetingState::proposed);
    settle(id, end);
    settle(id, end);
    EXPECT_EQ(state(kAnn, id), MeetingState::expired);
    EXPECT_EQ(state(kBob, id), MeetingState::expired);
    EXPECT_EQ(mails().size(), 2U);
}

TEST_P(Meetings, CanBeCounteredAndMoved) {
    const core::MeetingId id = propose().record.meeting.id;
    mails();
    ASSERT_TRUE(answer(kBob, id, MeetingReply::counter).ok());
    const auto countered = mails();
    ASSERT_EQ(countered.size(), 1U);
    EXPECT_EQ(countered[0].subject, "Bob Stone suggests another time for dinner");
    EXPECT_THAT(countered[0].text, HasSubstr("Later would be better."));
    EXPECT_EQ(run(&meetings_today, as(kAnn))->to_answer.size(), 1U);
    AnswerMeeting accept;
    accept.meeting = id;
    accept.acceptance = world::yes_to(3, 3);
    accept.desk = world::desk();
    ASSERT_TRUE(run(&answer_meeting, as(kAnn), accept).ok());
    mails();
    ASSERT_TRUE(answer(kBob, id, MeetingReply::counter).ok());
    EXPECT_EQ(state(kAnn, id), MeetingState::proposed);
    const auto moved = mails();
    ASSERT_EQ(moved.size(), 2U);
    EXPECT_EQ(moved[0].to, "ann@example.com");
    EXPECT_EQ(moved[0].subject, "Bob Stone would like to move dinner");
    EXPECT_EQ(moved[1].subject, "You asked to move dinner");
}

TEST_P(Meetings, AreClaimedByOneAndMutualByBoth) {
    const core::MeetingId id = propose().record.meeting.id;
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    EXPECT_EQ(code_of(say(kAnn, id, core::Outcome::met, kStart - hours(1))), "meeting.not_begun");
    EXPECT_EQ(run(&meetings_today, as(kAnn, kEnd))->to_confirm.size(), 1U);

    const MeetingView met = *say(kAnn, id, core::Outcome::met);
    EXPECT_EQ(met.record.meeting.state, MeetingState::met);
    ASSERT_EQ(encounters(kAnn).size(), 1U);
    EXPECT_EQ(encounters(kAnn)[0].evidence, core::Evidence::claimed);
    EXPECT_EQ(encounters(kAnn)[0].id, met.record.encounter);
    EXPECT_TRUE(encounters(kBob).empty());
    EXPECT_EQ(state(kBob, id), MeetingState::met);
    EXPECT_TRUE(run(&meetings_today, as(kAnn, kEnd))->to_confirm.empty());
    EXPECT_EQ(run(&meetings_today, as(kBob, kEnd))->to_confirm.size(), 1U);

    ASSERT_TRUE(say(kBob, id, core::Outcome::met).ok());
    for (const core::AccountId side : {kAnn, kBob}) {
        ASSERT_EQ(encounters(side).size(), 1U);
        EXPECT_EQ(encounters(side)[0].evidence, core::Evidence::mutual);
        EXPECT_EQ(encounters(side)[0].kind, core::EncounterKind::dinner);
        EXPECT_EQ(encounters(side)[0].sources, std::vector<std::string>{"meeting"});
    }
}

TEST_P(Meetings, ThatBothMissedLeaveNoEncounter) {
    const core::MeetingId id = propose().record.meeting.id;
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    ASSERT_TRUE(say(kAnn, id, core::Outcome::missed).ok());
    EXPECT_EQ(state(kAnn, id), MeetingState::scheduled);
    ASSERT_TRUE(say(kBob, id, core::Outcome::missed).ok());
    EXPECT_EQ(state(kAnn, id), MeetingState::missed);
    EXPECT_TRUE(encounters(kAnn).empty());
}

TEST_P(Meetings, AskBothSidesOnceAfterwards) {
    const core::MeetingId id = propose().record.meeting.id;
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    mails();
    settle(id, kEnd);
    settle(id, kEnd + hours(1));
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].subject, "Did you meet Bob Stone?");
    EXPECT_EQ(sent[1].subject, "Did you meet Ann Lee?");
    EXPECT_EQ(sent[0].ics, "");
    ASSERT_TRUE(say(kAnn, id, core::Outcome::missed).ok());
    settle(id, kEnd + hours(24 * 14));
    EXPECT_EQ(state(kBob, id), MeetingState::missed);
}

TEST_P(Meetings, ProvedByAHandshakeAreMetForBoth) {
    const core::MeetingId id = propose().record.meeting.id;
    EXPECT_EQ(run(&prove_meeting, as(kAnn), ProveMeeting{id, {1}, {2}, world::desk()}).error().code,
              "meeting.not_agreed");
    ASSERT_TRUE(answer(kBob, id, MeetingReply::accept).ok());
    EXPECT_FALSE(run(&meeting_to_prove, as(kAnn, kStart - hours(3)), kBob)->has_value());
    EXPECT_EQ(*run(&meeting_to_prove, as(kAnn, kStart - hours(1)), kBob), id);
    ASSERT_TRUE(say(kAnn, id, core::Outcome::met, kStart).ok());
    ASSERT_TRUE(run(&prove_meeting, as(kBob, kStart), ProveMeeting{id, {77}, {66}, world::desk()}).ok());
    const MeetingView mine = *run(&find_meeting, as(kAnn), id);
    EXPECT_EQ(mine.record.meeting.state, MeetingState::met);
    EXPECT_EQ(mine.record.meeting.theirs(), core::Outcome::met);
    EXPECT_EQ(mine.record.encounter, core::EncounterId{66});
    EXPECT_TRUE(encounters(kAnn).empty());  // the proven one stands for what was claimed
}

TEST_P(Meetings, ToAStrangerNeedAPurposeAndAreFew) {
    ProposeMeeting short_words = world::to_bob();
    short_words.proposal.purpose = "Hi";
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), short_words)), "meeting.purpose_missing");
    propose();
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), world::to_bob())), "meeting.open_already");
    for (int i = 0; i < 4; ++i) {
        const core::MeetingId id =
            run(&list_meetings, as(kAnn), store::meetings::Page{})->items[0].record.meeting.id;
        ASSERT_TRUE(run(&cancel_meeting, as(kAnn), CancelMeeting{id, "", world::desk()}).ok());
        propose();
    }
    const core::MeetingId last =
        run(&list_meetings, as(kAnn), store::meetings::Page{})->items[0].record.meeting.id;
    ASSERT_TRUE(run(&cancel_meeting, as(kAnn), CancelMeeting{last, "", world::desk()}).ok());
    const auto sixth = run(&propose_meeting, as(kAnn), world::to_bob());
    EXPECT_EQ(code_of(sixth), "meeting.many_strangers");
    EXPECT_EQ(sixth.error().fault, Fault::too_many);
    EXPECT_TRUE(run(&propose_meeting, as(kAnn, kNow + hours(25)), world::to_bob()).ok());
}

// Each is a mail, and whoever is linked has said that they know each other, not that they want to read fifty.
TEST_P(Meetings, ToOneAccountAreAtMostTenADay) {
    IdSource ids;
    const auto linked = db().write_now([&](store::Tx& tx) -> Result<Done> {
        link_person(tx, kAnn, kBob, kNow, ids);
        return Done{};
    });
    ASSERT_TRUE(linked.ok());
    for (int i = 0; i < 10; ++i) propose();
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), world::to_bob())), "meeting.many_to_one");
    EXPECT_TRUE(run(&propose_meeting, as(kAnn, kNow + hours(25)), world::to_bob()).ok());
}

TEST_P(Meetings, BehindABlockLookLikeAnyOther) {
    const MeetingView open = propose();
    ASSERT_TRUE(
        run(&cancel_meeting, as(kAnn), CancelMeeting{open.record.meeting.id, "", world::desk()}).ok());
    mails();
    ASSERT_TRUE(run(&block_account, as(kBob), kAnn, world::desk()).ok());
    const MeetingView hidden = propose();
    EXPECT_EQ(hidden.record.meeting.state, MeetingState::proposed);
    EXPECT_EQ(hidden.with_handle, open.with_handle);
    EXPECT_EQ(hidden.title, open.title);
    EXPECT_TRUE(mails().empty());
    EXPECT_EQ(run(&find_meeting, as(kBob), hidden.record.meeting.id).error().code, "meeting.unknown");
    settle(hidden.record.meeting.id, hidden.record.meeting.expires_at);
    EXPECT_EQ(state(kAnn, hidden.record.meeting.id), MeetingState::expired);
    EXPECT_EQ(mails().size(), 1U);

    ASSERT_TRUE(run(&block_account, as(kAnn), kBob, world::desk()).ok());
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), world::to_bob())), "meeting.you_blocked");
}

TEST_P(Meetings, WithABlockedAccountEnd) {
    const core::MeetingId open = propose().record.meeting.id;
    ASSERT_TRUE(
        run(&end_meetings_with, as(kBob), std::vector<core::PersonId>(), std::vector{kAnn}, world::desk())
            .ok());
    EXPECT_EQ(state(kAnn, open), MeetingState::proposed);
    EXPECT_EQ(state(kBob, open), MeetingState::declined);
    ASSERT_TRUE(answer(kBob, open, MeetingReply::accept).ok());
    ASSERT_TRUE(
        run(&end_meetings_with, as(kBob), std::vector<core::PersonId>(), std::vector{kAnn}, world::desk())
            .ok());
    EXPECT_EQ(state(kAnn, open), MeetingState::cancelled);
}

TEST_P(Meetings, WithOneselfOrNobodyAreRefused) {
    ProposeMeeting input = world::to_bob();
    input.account = "ann";
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), input)), "meeting.yourself");
    input.account = "nobody";
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), input)), "account.unknown");
    input.account = "";
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), input)), "meeting.nobody");
    input.person = core::PersonId{99};
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), input)), "person.unknown");
    input = world::to_bob();
    input.proposal.zone = "Mars/Olympus";
    EXPECT_EQ(code_of(run(&propose_meeting, as(kAnn), input)), "zone.unknown");
}

TEST_P(Meetings, CanBeSeenAsTheOtherWillReadThem) {
    const auto preview = run(&preview_meeting, as(kAnn), world::to_meiling());
    ASSERT_TRUE(preview.ok());
    EXPECT_EQ(preview->to, "Meiling Ouyang <meiling@example.com>");
    ASSERT_EQ(preview->warnings.size(), 1U);
    EXPECT_EQ(preview->warnings[0].code, "private_place");
    EXPECT_TRUE(run(&list_meetings, as(kAnn), store::meetings::Page{})->items.empty());
    EXPECT_TRUE(mails().empty());
    propose(world::to_meiling());
    const auto sent = mails();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].subject, preview->subject);
    const std::string same = preview->text.substr(0, preview->text.find("(a private link)"));
    EXPECT_EQ(sent[0].text.substr(0, same.size()), same);
}

}  // namespace
}  // namespace vv::app
