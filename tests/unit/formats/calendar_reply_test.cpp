#include "formats/calendar_reply.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace vv::formats {
namespace {

using core::Response;
using testing::Contains;

const Zone kHome = *Zone::find("America/Toronto");

std::string mail_in(const std::string& name) {
    std::ifstream file(std::string(VV_TEST_DATA) + "/calendar_reply/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    return text.str();
}

std::string event(const std::string& lines, const std::string& method = "REPLY") {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:" + method +
           "\r\nBEGIN:VEVENT\r\nUID:abc\r\nSEQUENCE:2\r\n"
           "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Wei@Example.com\r\n" +
           lines + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

std::string mail(const std::string& calendar, const std::string& headers = {}) {
    return "From: Wei Zhou <Wei@example.com>\r\nTo: visavis+tag@visavis.test\r\n" + headers +
           "Content-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n" + calendar;
}

std::string fault(const std::string& text) {
    const auto reply = read_calendar_reply(text, kHome);
    return reply ? "none" : reply.error().code;
}

TEST(CalendarReply, ASequenceThatIsNoNumberIsNotTakenForTheFirst) {
    EXPECT_EQ(fault(mail(event(""))), "none");
    for (const char* sequence : {"99999999999999999999", "0x1", "one"})
        EXPECT_EQ(fault(mail(event("SEQUENCE:" + std::string(sequence) + "\r\n"))),
                  "reply.calendar_unreadable")
            << sequence;
}

TEST(CalendarReply, IsReadFromWhatProgramsSend) {
    const struct {
        const char* file;
        Response answer;
    } cases[] = {{"google_accepted.eml", Response::accepted},
                 {"outlook_declined.eml", Response::declined},
                 {"apple_tentative.eml", Response::tentative},
                 {"thunderbird_accepted.eml", Response::accepted}};
    for (const auto& each : cases) {
        const auto reply = read_calendar_reply(mail_in(each.file), kHome);
        ASSERT_TRUE(reply.ok()) << each.file << " " << reply.error().code;
        EXPECT_EQ(reply->method, CalendarReply::Method::reply) << each.file;
        EXPECT_EQ(reply->answer, each.answer) << each.file;
        EXPECT_EQ(reply->uid, "Zk3w9XyQ0bT7aLr2VnHc5eJd") << each.file;
        EXPECT_EQ(reply->sequence, 3) << each.file;
        EXPECT_EQ(reply->attendee, "wei.zhou@example.com") << each.file;
        EXPECT_EQ(reply->from, "wei.zhou@example.com") << each.file;
        EXPECT_THAT(reply->to, Contains("visavis+0123456789abcdef0123456789abcdef@visavis.test"))
            << each.file;
        EXPECT_FALSE(reply->when) << each.file;
    }
}

TEST(CalendarReply, NamesAnotherTimeInItsOwnZone) {
    const auto reply = read_calendar_reply(mail_in("outlook_counter.eml"), kHome);
    ASSERT_TRUE(reply.ok()) << reply.error().code;
    EXPECT_EQ(reply->method, CalendarReply::Method::counter);
    // 14:00 to 15:00 of "W. Europe Standard Time", as Outlook calls it.
    EXPECT_EQ(reply->when,
              (Span{*parse_rfc3339("2026-11-25T13:00:00Z"), *parse_rfc3339("2026-11-25T14:00:00Z")}));
    EXPECT_EQ(reply->comment, "Could we make it an hour later, after the Zürich train?");
}

TEST(CalendarReply, TakesTimesWithoutAZoneAsHomes) {
    const auto reply =
        read_calendar_reply(mail(event("DTSTART:20261125T120000\r\nDURATION:PT45M\r\n", "COUNTER")), kHome);
    ASSERT_TRUE(reply.ok()) << reply.error().code;
    EXPECT_EQ(reply->when,
              (Span{*parse_rfc3339("2026-11-25T17:00:00Z"), *parse_rfc3339("2026-11-25T17:45:00Z")}));
}

TEST(CalendarReply, IsNothingElse) {
    EXPECT_EQ(fault(mail(event(""))), "none");
    EXPECT_EQ(fault(""), "reply.unreadable");
    EXPECT_EQ(fault(std::string(1000, '\0')), "reply.unreadable");
    EXPECT_EQ(fault("To: a@b.c\r\n\r\nHello\r\n"), "reply.unreadable");
    EXPECT_EQ(fault("From: a@b.c, d@e.f\r\n\r\nHello\r\n"), "reply.unreadable");
    EXPECT_EQ(fault("From: a@b.c\r\n\r\nSee you on Tuesday!\r\n"), "reply.no_calendar");
    for (const char* method : {"REQUEST", "CANCEL", "PUBLISH", "REFRESH", "DECLINECOUNTER", ""})
        EXPECT_EQ(fault(mail(event("", method))), "reply.method") << method;
    EXPECT_EQ(fault(mail(event("RRULE:FREQ=DAILY\r\n"))), "reply.recurring");
    EXPECT_EQ(fault(mail(event("RECURRENCE-ID:20261125T120000Z\r\n"))), "reply.recurring");
    EXPECT_EQ(fault(mail(event("ATTENDEE:mailto:mallory@example.com\r\n"))), "reply.attendee");
    EXPECT_EQ(fault(mail(event("END:VEVENT\r\nBEGIN:VEVENT\r\n"))), "reply.calendar_unreadable");
    EXPECT_EQ(fault(mail("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n")), "reply.calendar_unreadable");
    EXPECT_EQ(fault(mail(event("", "COUNTER"))), "reply.calendar_unreadable");
    EXPECT_EQ(fault(mail(event("DTSTART;VALUE=DATE:20261125\r\n", "COUNTER"))), "reply.calendar_unreadable");
    EXPECT_EQ(fault(mail(event("DTSTART:20261125T120000Z\r\nDTEND:20261125T110000Z\r\n", "COUNTER"))),
              "reply.calendar_unreadable");
    EXPECT_EQ(fault(mail(event("DTSTART:99991125T120000Z\r\nDURATION:P9999999W\r\n", "COUNTER"))),
              "reply.calendar_unreadable");
}

TEST(CalendarReply, IsBoundedWhateverTheMailIs) {
    EXPECT_EQ(fault(mail(event("")) + std::string(kLongestMail, 'x')), "reply.too_large");
    EXPECT_EQ(fault(mail(event("COMMENT:" + std::string(70'000, 'x') + "\r\n"))), "reply.method");  // emptied
    std::string nested = "From: a@b.c\r\n";
    for (int i = 0; i < 2'000; ++i) {
        const std::string b = std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=\"" + b + "\"\r\n\r\n--" + b + "\r\n";
    }
    EXPECT_EQ(fault(nested), "reply.no_calendar");
    std::string wide = "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (int i = 0; i < 5'000; ++i) wide += "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    EXPECT_EQ(fault(wide + "--b\r\nContent-Type: text/calendar\r\n\r\n" + event("") + "--b--\r\n"),
              "reply.no_calendar");
    std::string begins = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n";
    for (int i = 0; i < 3'000; ++i) begins += "BEGIN:VALARM\r\n";
    EXPECT_EQ(fault(mail(begins)), "reply.calendar_unreadable");
}

TEST(CalendarReply, IsNotSoughtInGroupsWithinGroups) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "g:";
    EXPECT_EQ(fault("From: " + deep + "\r\n\r\nHello\r\n"), "reply.unreadable");
    EXPECT_EQ(fault("From: a@b.c\r\nContent-Type: message/rfc822\r\n\r\nTo: " + deep + "\r\n\r\nHello\r\n"),
              "reply.unreadable");
}

// A mail that somebody forwards, or that bounced, holds another mail: its answer is not the sender's.
TEST(CalendarReply, IsNotLookedForInAMailWithinTheMail) {
    EXPECT_EQ(fault("From: mallory@example.com\r\nContent-Type: message/rfc822\r\n\r\n" + mail(event(""))),
              "reply.no_calendar");
}

}  // namespace
}  // namespace vv::formats
