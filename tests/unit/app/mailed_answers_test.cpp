#include "app/mailed_answers.h"

#include "app/meetings_guest.h"
#include "app/outgoing_mail.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using core::MeetingState;
using core::Response;
using core::Side;
using formats::CalendarReply;
using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;
using world::as;
using world::kAnn;
using world::kBob;
using world::kNow;

const Span kFirst{*parse_rfc3339("2026-11-24T00:00:00Z"), *parse_rfc3339("2026-11-24T02:00:00Z")};

class MailedAnswers : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) world::add_people(db());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    static MeetingDesk desk() {
        MeetingDesk made = world::desk();
        made.mailbox = "answers@visavis.example";
        return made;
    }
    core::MeetingId propose(ProposeMeeting input = world::to_meiling()) {
        input.desk = desk();
        const auto view = run(&propose_meeting, as(kAnn), input);
        EXPECT_TRUE(view.ok()) << view.error().code;
        return view->record.meeting.id;
    }
    std::vector<OutgoingMail> mails() { return world::take_mails(db()); }
    /// What the calendar of whoever got this mail would answer.
    static CalendarReply reply_to(const OutgoingMail& mail, Response answer) {
        CalendarReply reply;
        reply.answer = answer;
        reply.attendee = reply.from = mail.to;
        std::string ics = mail.ics;
        for (std::size_t fold; (fold = ics.find("\r\n ")) != std::string::npos;) ics.erase(fold, 3);
        reply.uid = line(ics, "UID:");
        reply.sequence = std::stoi(line(ics, "SEQUENCE:"));
        const std::string organiser = line(ics, "ORGANIZER");
        reply.to = {organiser.substr(organiser.rfind("mailto:") + 7)};
        return reply;
    }
    static std::string line(const std::string& ics, const std::string& name) {
        const std::size_t at = ics.find("\r\n" + name) + 2 + name.size();
        return ics.substr(at, ics.find("\r\n", at) - at);
    }
    Result<MailedAnswer> take(const CalendarReply& reply, Instant now = kNow) {
        return run(&take_mailed_answer, reply, desk(), now);
    }
    core::Meeting organisers(core::MeetingId id) { return run(&find_meeting, as(kAnn), id)->record.meeting; }
};
VV_ON_EACH_DATABASE(MailedAnswers);

TEST_P(MailedAnswers, AreAskedForAtAnAddressOfTheReadersOwn) {
    propose();
    const OutgoingMail mail = mails().at(0);
    const CalendarReply reply = reply_to(mail, Response::accepted);
    EXPECT_THAT(reply.to.at(0), testing::MatchesRegex("answers\\+[0-9a-f]{32}@visavis\\.example"));
    EXPECT_THAT(mail.ics, HasSubstr("RSVP=TRUE"));
    propose(world::to_bob());
    EXPECT_NE(reply_to(mails().at(0), Response::accepted).to, reply.to);
}

TEST_P(MailedAnswers, AcceptForAGuest) {
    const core::MeetingId id = propose();
    const CalendarReply yes = reply_to(mails().at(0), Response::accepted);
    EXPECT_EQ(*take(yes), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).state, MeetingState::scheduled);
    EXPECT_EQ(organisers(id).agreed->when, kFirst);
    const auto told = mails();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].to, "ann@example.com");
    EXPECT_EQ(told[1].to, "meiling@example.com");
    // The same mail again, as when the program ended before it could remove it.
    EXPECT_EQ(*take(yes), MailedAnswer::outdated);
    EXPECT_EQ(*take(reply_to(told[1], Response::accepted)), MailedAnswer::known);
    EXPECT_TRUE(mails().empty());
}

TEST_P(MailedAnswers, AcceptForAnAccount) {
    const core::MeetingId id = propose(world::to_bob());
    EXPECT_EQ(*take(reply_to(mails().at(0), Response::accepted)), MailedAnswer::taken);
    EXPECT_EQ(run(&find_meeting, as(kBob), id)->record.meeting.state, MeetingState::scheduled);
}

TEST_P(MailedAnswers, DeclineWithoutATrace) {
    const core::MeetingId id = propose();
    EXPECT_EQ(*take(reply_to(mails().at(0), Response::declined)), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).state, MeetingState::proposed);
    EXPECT_TRUE(mails().empty());
}

TEST_P(MailedAnswers, CancelWhatWasAgreed) {
    const core::MeetingId id = propose();
    EXPECT_EQ(*take(reply_to(mails().at(0), Response::accepted)), MailedAnswer::taken);
    EXPECT_EQ(*take(reply_to(mails().at(1), Response::declined)), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).state, MeetingState::cancelled);
    const auto told = mails();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].ics_method, "CANCEL");
    EXPECT_EQ(*take(reply_to(told[1], Response::accepted)), MailedAnswer::outdated);
}

TEST_P(MailedAnswers, KeepATentativeAnswerAsIfNeedBe) {
    const core::MeetingId id = propose();
    const OutgoingMail asked = mails().at(0);
    EXPECT_EQ(*take(reply_to(asked, Response::tentative)), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).state, MeetingState::proposed);
    EXPECT_EQ(organisers(id).slots[0].answer, core::Wish::if_need_be);
    EXPECT_TRUE(mails().empty());
    EXPECT_EQ(*take(reply_to(asked, Response::accepted)), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).state, MeetingState::scheduled);
}

TEST_P(MailedAnswers, CounterWithAnotherTimeWhichTheOrganiserAnswersByMail) {
    const core::MeetingId id = propose();
    CalendarReply counter = reply_to(mails().at(0), Response::tentative);
    counter.method = CalendarReply::Method::counter;
    counter.when = Span{kFirst.start + hours(48), kFirst.end + hours(48)};
    counter.comment = "After the train";
    EXPECT_EQ(*take(counter), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).asked, Side::organiser);
    EXPECT_EQ(organisers(id).message, "After the train");
    const OutgoingMail asked = mails().at(0);
    EXPECT_EQ(asked.to, "ann@example.com");
    EXPECT_EQ(*take(counter), MailedAnswer::outdated);  // its SEQUENCE is the older offer's
    EXPECT_EQ(*take(reply_to(asked, Response::accepted)), MailedAnswer::taken);
    EXPECT_EQ(organisers(id).agreed->when, *counter.when);
}

TEST_P(MailedAnswers, ToAnOlderOfferChangeNothing) {
    const core::MeetingId id = propose();
    const CalendarReply old = reply_to(mails().at(0), Response::accepted);
    AnswerMeeting change{id, MeetingReply::counter, {}, world::dinner().offer, desk()};
    ASSERT_TRUE(run(&answer_meeting, as(kAnn), change).ok());
    EXPECT_EQ(*take(old), MailedAnswer::outdated);
    EXPECT_EQ(organisers(id).state, MeetingState::proposed);
    EXPECT_EQ(*take(reply_to(mails().at(0), Response::accepted)), MailedAnswer::taken);
}

TEST_P(MailedAnswers, AreRefusedFromAnybodyElse) {
    const core::MeetingId id = propose();
    const CalendarReply yes = reply_to(mails().at(0), Response::accepted);
    const auto forged = [&](auto change) {
        CalendarReply reply = yes;
        change(reply);
        const auto taken = take(reply);
        return taken ? "taken" : taken.error().code;
    };
    EXPECT_EQ(forged([](CalendarReply& r) { r.uid = "guess"; }), "reply.not_ours");
    EXPECT_EQ(forged([](CalendarReply& r) { r.to = {"answers@visavis.example"}; }), "reply.not_ours");
    EXPECT_EQ(
        forged([](CalendarReply& r) { r.to = {"answers+" + std::string(32, '0') + "@visavis.example"}; }),
        "reply.not_ours");
    EXPECT_EQ(forged([](CalendarReply& r) { r.to.clear(); }), "reply.not_ours");
    EXPECT_EQ(forged([](CalendarReply& r) { r.from = "mallory@example.com"; }), "reply.not_ours");
    EXPECT_EQ(forged([](CalendarReply& r) { r.from = r.attendee = "mallory@example.com"; }),
              "reply.not_ours");
    EXPECT_EQ(forged([](CalendarReply& r) { r.from = r.attendee = "ann@example.com"; }), "reply.not_ours");
    EXPECT_EQ(organisers(id).state, MeetingState::proposed);
    EXPECT_TRUE(mails().empty());
}

TEST_P(MailedAnswers, ComeTooLateKindly) {
    const core::MeetingId id = propose();
    const CalendarReply yes = reply_to(mails().at(0), Response::accepted);
    EXPECT_EQ(*take(yes, kNow + hours(24 * 30)), MailedAnswer::outdated);
    EXPECT_EQ(organisers(id).state, MeetingState::proposed);
}

}  // namespace
}  // namespace vv::app
