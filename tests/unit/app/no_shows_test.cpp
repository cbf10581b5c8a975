#include "core/no_shows.h"

#include "app/links.h"
#include "app/meetings.h"
#include "app/meetings_guest.h"
#include "app/suggestions.h"
#include "app/sweeps.h"
#include "store/no_shows.h"
#include "store/statements.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using core::Outcome;
using std::chrono::hours;
using testing::IsEmpty;
using testing::SizeIs;
using world::as;
using world::desk;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;

const Instant kEnd = *parse_rfc3339("2026-11-24T02:00:00Z");  // of world::dinner()'s first evening
const Instant kAfter = kEnd + hours(1);
constexpr hours kSilence{24 * 14};
constexpr hours kKept{24 * 180};

class NoShows : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        meeting = run(&propose_meeting, as(kAnn), world::to_bob())->record.meeting.id;
        const AnswerMeeting yes{meeting, MeetingReply::accept, world::yes_to(1), {}, desk()};
        ASSERT_TRUE(run(&answer_meeting, as(kBob), yes).ok());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    std::string say(core::AccountId who, Outcome outcome, std::optional<std::string> excuse = {},
                    Instant now = kAfter) {
        const auto said =
            run(&say_outcome, as(who, now), SayOutcome{meeting, outcome, "", desk(), std::move(excuse)});
        return said ? "" : said.error().code;
    }
    void settle(Instant now) { ASSERT_TRUE(run(&settle_due_meeting, kAnn, meeting, desk(), now).ok()); }
    std::set<core::PersonId> of(core::AccountId owner, Instant now = kAfter) {
        std::set<core::PersonId> found;
        EXPECT_TRUE(db().read_now([&](store::Tx& tx) -> Result<Done> {
                            found = store::no_shows::of_owner(tx, owner, now);
                            return Done{};
                        })
                        .ok());
        return found;
    }
    core::Meeting seen_by(core::AccountId who) {
        return run(&find_meeting, as(who), meeting)->record.meeting;
    }
    core::MeetingId meeting;
};
VV_ON_EACH_DATABASE(NoShows);

TEST_P(NoShows, StandWhenBothSaySoAndForWhoWaitedAlone) {
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    EXPECT_THAT(of(kAnn), IsEmpty()) << "the other has not been heard";
    EXPECT_EQ(say(kBob, Outcome::absent), "");
    EXPECT_EQ(seen_by(kAnn).state, core::MeetingState::missed);
    EXPECT_THAT(of(kAnn), SizeIs(1));
    EXPECT_THAT(of(kBob), IsEmpty()) << "nothing stands against oneself";
}

TEST_P(NoShows, StandAfterTwoWeeksOfSilence) {
    settle(kAfter);
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    settle(kEnd + kSilence - hours(1));
    EXPECT_THAT(of(kAnn), IsEmpty());
    settle(kEnd + kSilence);
    EXPECT_THAT(of(kAnn), SizeIs(1));
    EXPECT_EQ(say(kBob, Outcome::called_off, {}, kEnd + kSilence + hours(1)), "") << "a late word counts";
    EXPECT_THAT(of(kAnn), IsEmpty());
}

TEST_P(NoShows, DoNotStandWhereTheTwoDisagree) {
    for (const Outcome other : {Outcome::not_there, Outcome::called_off, Outcome::missed}) {
        SCOPED_TRACE(core::to_string(other));
        meeting = run(&propose_meeting, as(kAnn), world::to_bob())->record.meeting.id;
        const AnswerMeeting yes{meeting, MeetingReply::accept, world::yes_to(2), {}, desk()};
        ASSERT_TRUE(run(&answer_meeting, as(kBob), yes).ok());
        EXPECT_EQ(say(kAnn, Outcome::not_there, {}, kAfter + hours(24)), "");
        EXPECT_EQ(say(kBob, other, {}, kAfter + hours(24)), "");
        EXPECT_THAT(of(kAnn), IsEmpty());
        EXPECT_THAT(of(kBob), IsEmpty());
    }
}

TEST_P(NoShows, DoNotStandOnceAnExcuseIsAccepted) {
    EXPECT_EQ(run(&accept_excuse, as(kAnn, kAfter), meeting, desk()).error().code, "meeting.no_absence");
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    EXPECT_EQ(say(kBob, Outcome::absent, "The last train was cancelled"), "");
    EXPECT_EQ(seen_by(kAnn).invitee_excuse, "The last train was cancelled");
    EXPECT_THAT(of(kAnn), SizeIs(1)) << "told, not yet accepted";
    ASSERT_TRUE(run(&accept_excuse, as(kAnn, kAfter), meeting, desk()).ok());
    EXPECT_THAT(of(kAnn), IsEmpty());
    EXPECT_TRUE(seen_by(kBob).is_excused);
    EXPECT_EQ(run(&accept_excuse, as(kBob, kAfter), meeting, desk()).error().code, "meeting.no_absence");
}

TEST_P(NoShows, AreNoneOfWhoCalledOffEvenLate) {
    ASSERT_TRUE(
        run(&cancel_meeting, as(kBob, kEnd - hours(2)), CancelMeeting{meeting, "Fever", desk()}).ok());
    EXPECT_EQ(say(kAnn, Outcome::not_there), "meeting.closed");
    EXPECT_THAT(of(kAnn), IsEmpty());
}

TEST_P(NoShows, AreWordsThatStayAndMayBecomeMoreExact) {
    EXPECT_EQ(say(kAnn, Outcome::missed), "");
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    EXPECT_EQ(say(kAnn, Outcome::absent), "meeting.already_said");
    EXPECT_EQ(say(kAnn, Outcome::met), "meeting.already_said");
    EXPECT_EQ(say(kBob, Outcome::not_there, "It was you"), "meeting.not_absent");
    EXPECT_EQ(say(kBob, Outcome::absent, std::string(301, 'a')), "meeting.excuse");
    EXPECT_EQ(say(kBob, Outcome::absent, "line\nbreak"), "meeting.excuse");
    EXPECT_EQ(say(kBob, Outcome::absent), "");
    EXPECT_EQ(say(kBob, Outcome::absent, "Overslept, sorry"), "") << "the excuse may come later";
    EXPECT_EQ(seen_by(kAnn).invitee_excuse, "Overslept, sorry");
}

TEST_P(NoShows, AreForgottenAfterHalfAYear) {
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    EXPECT_EQ(say(kBob, Outcome::absent, "Overslept"), "");
    EXPECT_THAT(of(kAnn, kEnd + kKept - hours(1)), SizeIs(1));
    EXPECT_THAT(of(kAnn, kEnd + kKept), IsEmpty()) << "before any sweep";
    ASSERT_TRUE(run(&sweep_accounts, kEnd + kKept - hours(1)).ok());
    EXPECT_EQ(seen_by(kAnn).mine(), Outcome::not_there);
    ASSERT_TRUE(run(&sweep_accounts, kEnd + kKept).ok());
    for (const auto who : {kAnn, kBob}) {
        EXPECT_EQ(seen_by(who).mine(), Outcome::missed);
        EXPECT_EQ(seen_by(who).theirs(), Outcome::missed);
        EXPECT_EQ(seen_by(who).invitee_excuse, "");
    }
}

TEST_P(NoShows, GoWithAHandshake) {
    EXPECT_EQ(say(kAnn, Outcome::not_there), "");
    EXPECT_EQ(say(kBob, Outcome::absent, "Was late"), "");
    ASSERT_TRUE(run(&prove_meeting, as(kBob, kAfter), ProveMeeting{meeting, {77}, {66}, desk()}).ok());
    EXPECT_THAT(of(kAnn), IsEmpty());
    EXPECT_EQ(seen_by(kAnn).invitee_excuse, "");
}

// A guest says it on the private page, by the same rules; it weighs in the owner's suggestions alone.
TEST_P(NoShows, AreATermOfWhomToMeetForWhoWaited) {
    const auto view = *run(&propose_meeting, as(kAnn), world::to_meiling(""));
    meeting = view.record.meeting.id;
    const std::string token = world::token_in(view.invitation_link, "/m/");
    const auto reply = [&](GuestReply what, Instant now) {
        AnswerInvitation input;
        input.token = token;
        input.reply = what;
        if (what == GuestReply::accept) input.acceptance = world::yes_to(2);
        input.message = what == GuestReply::absent ? "Snow everywhere" : "";
        input.desk = desk();
        input.now = now;
        return run(&answer_invitation, input);
    };
    ASSERT_TRUE(reply(GuestReply::accept, kNow).ok());
    const auto weight = [&] {
        const auto found = run(&suggest_meetings, as(kAnn, kAfter + hours(24)), SuggestionsWanted{});
        EXPECT_TRUE(found.ok());
        for (const auto& one : *found)
            if (one.suggestion.person == kMeiling)
                for (const core::Reason& reason : one.suggestion.reasons)
                    if (reason.kind == "stayed_away") return reason.weight;
        return 0.0;
    };
    EXPECT_EQ(say(kAnn, Outcome::not_there, {}, kAfter + hours(24)), "");
    ASSERT_TRUE(reply(GuestReply::absent, kAfter + hours(24)).ok());
    EXPECT_EQ(seen_by(kAnn).invitee_excuse, "Snow everywhere");
    EXPECT_LT(weight(), 0);
    ASSERT_TRUE(run(&accept_excuse, as(kAnn, kAfter + hours(25)), meeting, desk()).ok());
    EXPECT_EQ(weight(), 0);
}

}  // namespace
}  // namespace vv::app
