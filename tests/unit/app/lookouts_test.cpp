#include "app/lookouts.h"

#include "app/blocks.h"
#include "app/calendar.h"
#include "app/lookouts_friend.h"
#include "app/stop_links.h"
#include "store/statements.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using core::LookoutState;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using world::as;
using world::desk;
using world::kAnn;
using world::kBob;
using world::kNow;
using world::token_in;

const Instant kStart = *parse_rfc3339("2026-11-24T00:00:00Z");  // of world::dinner(), two hours long
const Instant kUntil = kStart + hours(3);
const Instant kAlarm = kStart + hours(4);

class Lookouts : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        meeting = run(&propose_meeting, as(kAnn), world::to_bob())->record.meeting.id;
        ASSERT_TRUE(run(&answer_meeting, as(kBob), yes()).ok());
        world::take_mails(db());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    AnswerMeeting yes() const { return {meeting, MeetingReply::accept, world::yes_to(1), {}, desk()}; }
    LookOut wanted(const std::string& email = "tom@example.com") const {
        LookOut input;
        input.meeting = meeting;
        input.friend_name = "Tom";
        input.friend_email = email;
        input.desk = desk();
        return input;
    }
    LookoutView ask(const std::string& email = "tom@example.com") {
        const auto made = run(&ask_friend, as(kAnn), wanted(email));
        EXPECT_TRUE(made.ok()) << made.error().code;
        return *made;
    }
    void settle(core::LookoutId id, Instant now) {
        EXPECT_TRUE(run(&settle_due_lookout, kAnn, id, desk(), now).ok());
    }
    Result<LookoutPage> page(const std::string& link, Instant now = kNow) {
        return run(&open_lookout, token_in(link, "/s/"), now);
    }
    Result<LookoutPage> answer(const std::string& link, bool is_home, Instant now) {
        return run(&answer_lookout, AnswerLookout{token_in(link, "/s/"), is_home, desk(), now});
    }
    core::MeetingId meeting;
};
VV_ON_EACH_DATABASE(Lookouts);

TEST_P(Lookouts, TellAFriendWhereWithWhomAndUntilWhen) {
    const LookoutView made = ask();
    EXPECT_EQ(made.lookout.company, "Bob Stone");
    EXPECT_EQ(made.lookout.place, "Silver Lantern, 17 Spadina Avenue");
    EXPECT_EQ(made.lookout.until, kUntil);
    EXPECT_EQ(made.lookout.grace, minutes(60));
    EXPECT_EQ(made.mail, MailState::sent);
    const auto mails = world::take_mails(db());
    ASSERT_THAT(mails, SizeIs(1));
    EXPECT_EQ(mails[0].to, "tom@example.com");
    EXPECT_EQ(mails[0].from_name, "Ann Lee via Visavis");
    EXPECT_THAT(mails[0].list_unsubscribe, HasSubstr("/stop/"));
    for (const char* told : {"Hello Tom,", "Bob Stone", "Silver Lantern, 17 Spadina Avenue",
                             "Monday 23 November, 19:00 to 22:00", "Monday 23 November, 23:00", "/stop/"})
        EXPECT_THAT(mails[0].text, HasSubstr(told));
    EXPECT_THAT(mails[0].text, Not(HasSubstr("ann@example.com"))) << "no address of hers";
    EXPECT_THAT(mails[0].text, Not(HasSubstr("bob@example.com"))) << "nor of his";
    for (const std::string& link : {made.link, mails[0].text}) {
        const auto shown = page(link);
        ASSERT_TRUE(shown.ok());
        EXPECT_EQ(shown->owner, "Ann Lee");
        EXPECT_EQ(shown->state, LookoutState::watching);
        EXPECT_FALSE(shown->is_owners);
        EXPECT_TRUE(shown->mails_friend);
    }
}

TEST_P(Lookouts, AskTheOwnerAndThenTellTheFriendAlone) {
    const LookoutView made = ask();
    world::take_mails(db());
    settle(made.lookout.id, kUntil - minutes(1));
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
    settle(made.lookout.id, kUntil);
    auto mails = world::take_mails(db());
    ASSERT_THAT(mails, SizeIs(1));
    EXPECT_EQ(mails[0].to, "ann@example.com");
    EXPECT_EQ(mails[0].subject, "Home safe?");
    settle(made.lookout.id, kUntil + minutes(10));
    EXPECT_THAT(world::take_mails(db()), IsEmpty()) << "asked once";
    settle(made.lookout.id, kAlarm);
    mails = world::take_mails(db());
    ASSERT_THAT(mails, SizeIs(1));
    EXPECT_EQ(mails[0].to, "tom@example.com");
    EXPECT_EQ(mails[0].subject, "No word from Ann Lee yet");
    EXPECT_THAT(mails[0].text, HasSubstr("no emergency service"));
    settle(made.lookout.id, kAlarm + minutes(1));
    EXPECT_THAT(world::take_mails(db()), IsEmpty()) << "told once";
    EXPECT_EQ(page(made.link, kAlarm)->state, LookoutState::raised);
}

TEST_P(Lookouts, AreAnsweredByTheOwnersLinkAndByNoOther) {
    const LookoutView made = ask();
    world::take_mails(db());
    settle(made.lookout.id, kUntil);
    const std::string mail = world::take_mails(db()).at(0).text;
    EXPECT_TRUE(page(mail, kUntil)->is_owners);
    EXPECT_EQ(answer(made.link, true, kUntil).error().code, "lookout.friends");
    const auto longer = answer(mail, false, kUntil + minutes(10));
    ASSERT_TRUE(longer.ok());
    EXPECT_EQ(longer->lookout.until, kUntil + minutes(40));
    settle(made.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), SizeIs(1)) << "asked again, and the friend isn't told yet";
    EXPECT_EQ(answer(mail, true, kAlarm + minutes(5))->state, LookoutState::safe);
    settle(made.lookout.id, kAlarm + hours(2));
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
    EXPECT_EQ(page(made.link, kAlarm + hours(2))->state, LookoutState::safe);
}

TEST_P(Lookouts, TellAFriendWhoWasTroubledThatAllIsWell) {
    const LookoutView made = ask();
    settle(made.lookout.id, kAlarm);
    world::take_mails(db());
    ASSERT_TRUE(run(&come_home, as(kAnn, kAlarm + hours(1)), made.lookout.id, desk()).ok());
    const auto mails = world::take_mails(db());
    ASSERT_THAT(mails, SizeIs(1));
    EXPECT_EQ(mails[0].subject, "Ann Lee is home safe");
    EXPECT_EQ(mails[0].to, "tom@example.com");
    ASSERT_TRUE(run(&come_home, as(kAnn, kAlarm + hours(2)), made.lookout.id, desk()).ok());
    EXPECT_THAT(world::take_mails(db()), IsEmpty()) << "twice says it once";
}

TEST_P(Lookouts, AreNothingTheOtherSideCanLearnOf) {
    const auto seen = [&] {
        const auto view = *run(&find_meeting, as(kBob), meeting);
        return std::pair(view.record.meeting, view.warnings.size());
    };
    const auto before = seen();
    const LookoutView made = ask();
    settle(made.lookout.id, kUntil);
    settle(made.lookout.id, kAlarm);
    ASSERT_TRUE(run(&come_home, as(kAnn, kAlarm + hours(1)), made.lookout.id, desk()).ok());
    EXPECT_EQ(seen(), before);
    for (const auto& mail : world::take_mails(db())) EXPECT_NE(mail.to, "bob@example.com");
    EXPECT_THAT(*run(&list_lookouts, as(kBob)), IsEmpty());
    EXPECT_EQ(run(&come_home, as(kBob), made.lookout.id, desk()).error().code, "lookout.unknown");
    EXPECT_EQ(run(&remove_lookout, as(kBob), made.lookout.id).error().code, "lookout.unknown");
    EXPECT_EQ(run(&make_lookout_link, as(kBob), made.lookout.id, desk()).error().code, "lookout.unknown");
}

// Who wants no help to come could otherwise call the meeting off, and the lookout with it.
TEST_P(Lookouts, AreNotSilencedByTheOtherSide) {
    const LookoutView made = ask();
    ASSERT_TRUE(run(&cancel_meeting, as(kBob, kStart + hours(1)), CancelMeeting{meeting, "", desk()}).ok());
    world::take_mails(db());
    EXPECT_EQ(page(made.link, kUntil)->state, LookoutState::asking);
    settle(made.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), SizeIs(1));
}

TEST_P(Lookouts, EndWhenTheirOwnerCallsTheMeetingOff) {
    const LookoutView made = ask();
    ASSERT_TRUE(run(&cancel_meeting, as(kAnn), CancelMeeting{meeting, "", desk()}).ok());
    EXPECT_EQ(page(made.link)->state, LookoutState::called_off);
    world::take_mails(db());
    settle(made.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
}

TEST_P(Lookouts, DeleteThemselvesWithEverythingInThem) {
    const LookoutView made = ask();
    const auto count = [&](const std::string& table) {
        int n = 0;
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
                            store::run(tx, "SELECT count(*) FROM " + table, soci::into(n));
                            return Done{};
                        })
                        .ok());
        return n;
    };
    const Instant gone = kAlarm + hours(72);
    EXPECT_TRUE(page(made.link, gone - minutes(1)).ok());
    EXPECT_EQ(page(made.link, gone).error().code, "lookout.unknown") << "before any sweep";
    EXPECT_THAT(*run(&list_lookouts, as(kAnn, gone)), IsEmpty());
    ASSERT_TRUE(run(&sweep_lookouts, gone - minutes(1)).ok());
    EXPECT_EQ(count("lookouts"), 1);
    ASSERT_TRUE(run(&sweep_lookouts, gone).ok());
    EXPECT_EQ(count("lookouts"), 0);
    EXPECT_EQ(count("lookout_links"), 0);
}

TEST_P(Lookouts, AreTakenAwayAtOnce) {
    const LookoutView made = ask();
    ASSERT_TRUE(run(&remove_lookout, as(kAnn), made.lookout.id).ok());
    EXPECT_FALSE(page(made.link).ok());
    world::take_mails(db());
    settle(made.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
}

TEST_P(Lookouts, NeedNoAddress) {
    const LookoutView made = ask("");
    EXPECT_EQ(made.mail, MailState::by_hand);
    world::take_mails(db());
    settle(made.lookout.id, kUntil);
    EXPECT_THAT(world::take_mails(db()).at(0).text, HasSubstr("the page of your link says so"));
    settle(made.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
    const auto shown = page(made.link, kAlarm);
    EXPECT_EQ(shown->state, LookoutState::raised) << "the page says it in any case";
    EXPECT_FALSE(shown->mails_friend);
    const auto again = run(&make_lookout_link, as(kAnn), made.lookout.id, desk());
    EXPECT_TRUE(page(again->link).ok());
    EXPECT_TRUE(page(made.link).ok()) << "the first goes on working";
}

TEST_P(Lookouts, LeaveAnAddressAloneThatStoppedOrTakesNoMail) {
    const LookoutView made = ask();
    const std::string mail = world::take_mails(db()).at(0).text;
    ASSERT_TRUE(
        run(&note_refused_mail, "lookout/" + to_string(kAnn) + "/" + to_string(made.lookout.id), kNow).ok());
    EXPECT_EQ(run(&list_lookouts, as(kAnn))->at(0).mail, MailState::refused);
    ASSERT_TRUE(run(&remove_lookout, as(kAnn), made.lookout.id).ok());
    ASSERT_TRUE(run(&stop_by_link, token_in(mail, "/stop/"), kNow).ok());
    const LookoutView again = ask();
    EXPECT_EQ(again.mail, MailState::refused) << "the owner hands the link on instead";
    settle(again.lookout.id, kAlarm);
    EXPECT_THAT(world::take_mails(db()), IsEmpty());
}

TEST_P(Lookouts, AreForWhatIsAgreedAndOneAtATime) {
    const LookoutView first = ask("");
    EXPECT_EQ(run(&ask_friend, as(kAnn), wanted()).error().code, "lookout.already");
    ASSERT_TRUE(run(&come_home, as(kAnn), first.lookout.id, desk()).ok());
    EXPECT_TRUE(run(&ask_friend, as(kAnn), wanted("")).ok()) << "that one has ended";
    LookOut other = wanted("");
    other.meeting = run(&propose_meeting, as(kAnn), world::to_meiling())->record.meeting.id;
    EXPECT_EQ(run(&ask_friend, as(kAnn), other).error().code, "lookout.not_agreed");
    EXPECT_EQ(run(&ask_friend, as(core::AccountId{99}), wanted()).ok(), false);
}

TEST_P(Lookouts, ComeInLimitedNumbers) {
    const auto until_refused = [&](const std::string& email) {
        for (int i = 0; i < 30; ++i) {
            const auto made = run(&ask_friend, as(kAnn), wanted(email));
            if (!made) return made.error().code;
            EXPECT_TRUE(run(&remove_lookout, as(kAnn), made->lookout.id).ok());
        }
        return std::string("never");
    };
    EXPECT_EQ(until_refused("tom@example.com"), "throttle.guest_mail") << "six mails a day to one address";
    EXPECT_EQ(until_refused(""), "throttle.lookouts");
}

}  // namespace
}  // namespace vv::app
