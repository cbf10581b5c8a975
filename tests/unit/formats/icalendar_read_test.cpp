#include "formats/icalendar_read.h"

#include "formats/calendar/event.h"
#include "unit/formats/facts.h"

#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

std::string calendar(const std::string& inside) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + inside + "END:VCALENDAR\r\n";
}

std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\nUID:e\r\nSUMMARY:Lunch\r\n" + lines + "END:VEVENT\r\n";
}

Collected read(const std::string& text, const ParseOptions& options = options_of_tests()) {
    return facts_of({{"calendar.ics", text}}, options);
}

std::vector<std::string> starts(const std::string& text, const ParseOptions& options = options_of_tests()) {
    std::vector<std::string> out;
    for (const auto& g : read(text, options).all<core::GatheringRecorded>())
        out.push_back(format_rfc3339(g.start));
    return out;
}

using Times = std::vector<std::string>;

TEST(ReadCalendar, FollowsAnEndlessRuleThroughTheWindowOnly) {
    auto options = options_of_tests();
    options.window = {*parse_rfc3339("2026-01-01T00:00:00Z"), *parse_rfc3339("2026-01-22T00:00:00Z")};
    EXPECT_EQ(
        starts(calendar(event("DTSTART:19700105T100000Z\r\nDTEND:19700105T110000Z\r\nRRULE:FREQ=WEEKLY\r\n")),
               options),
        (Times{"2026-01-05T10:00:00Z", "2026-01-12T10:00:00Z", "2026-01-19T10:00:00Z"}));
    EXPECT_EQ(
        starts(
            calendar(event("DTSTART:20260105T100000Z\r\nRRULE:FREQ=DAILY;COUNT=2000000000;INTERVAL=7\r\n")),
            options)
            .size(),
        3U);
}

TEST(ReadCalendar, NamesAZoneOfBrokenBytesInWholeLetters) {
    const auto found = read(calendar(event("DTSTART;TZID=Toro\xff\xffnto:20261105T133000\r\n")));
    const auto rejected = found.all<core::Rejected>();
    ASSERT_EQ(rejected.size(), 1U);
    EXPECT_EQ(rejected[0].error,
              "the zone 'Toro\uFFFD\uFFFDnto' is not known; its times were taken as America/Toronto's.");
}

TEST(ReadCalendar, CutsLongTextsBetweenLetters) {
    std::string text = "a", escaped = "a\\,";
    for (int i = 0; i < 600; ++i) text += "é", escaped += "é";
    const auto shown = calendar::text_value(text, 500);
    EXPECT_EQ(shown, std::string_view(text).substr(0, 499));
    EXPECT_EQ(calendar::text_value(escaped, 500), "a," + escaped.substr(3, 498));
}

TEST(ReadCalendar, TakesFreeAndBusyTime) {
    const std::string text = calendar(
        "BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTART:20261101T000000Z\r\nDTEND:20261201T000000Z\r\n"
        "FREEBUSY:20261124T170000Z/20261124T180000Z,20261125T090000Z/PT1H30M\r\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261126T090000Z/PT1H\r\n"
        "FREEBUSY;FBTYPE=FREE:20261127T090000Z/PT1H\r\n"
        "FREEBUSY:20261128T090000Z/20261128T080000Z,nonsense,20261129T090000/PT1H,20261130T000000Z/"
        "P9999999W\r\n"
        "END:VFREEBUSY\r\nBEGIN:VTODO\r\nFREEBUSY:20261130T090000Z/PT1H\r\nEND:VTODO\r\n");
    Times times;
    std::vector<std::string> keys;
    for (const auto& busy : read(text).all<core::Busy>()) {
        times.push_back(format_rfc3339(busy.when.start) + "/" + format_rfc3339(busy.when.end));
        keys.push_back(busy.key);
    }
    EXPECT_EQ(times,
              (Times{"2026-11-24T17:00:00Z/2026-11-24T18:00:00Z", "2026-11-25T09:00:00Z/2026-11-25T10:30:00Z",
                     "2026-11-26T09:00:00Z/2026-11-26T10:00:00Z"}));
    EXPECT_EQ(read(text).all<core::GatheringRecorded>().size(), 0U);
    const auto uids = event_uids(text);
    EXPECT_EQ(std::vector<std::string>(uids.begin(), uids.end()), keys);
}

// Of a file of 100 MB too, in lines or all in one: no more is kept than an account may have.
TEST(ReadCalendar, TakesAHundredThousandIntervalsOfFreeAndBusyTimeAtMost) {
    std::string lines, line = "FREEBUSY:20261124T170000Z/PT5M";
    const std::string head = "BEGIN:VFREEBUSY\r\nUID:f\r\n", end = "END:VFREEBUSY\r\n";
    const Instant first = *parse_rfc3339("2026-11-24T17:00:00Z");
    for (int i = 0; i < 100'500; ++i) {
        std::string start = format_rfc3339(first + std::chrono::minutes(7 * i));
        std::erase_if(start, [](char c) { return c == '-' || c == ':'; });
        lines += "FREEBUSY:" + start + "/PT5M\r\n";
        line += "," + start + "/PT5M";
    }
    auto options = options_of_tests();
    options.window = {first, first + std::chrono::days(600)};
    EXPECT_EQ(read(calendar(head + lines + end), options).all<core::Busy>().size(), 100'000U);
    EXPECT_LE(read(calendar(head + line + "\r\n" + end), options).all<core::Busy>().size(), 100'000U)
        << "a line is read as far as a line may go";
}

TEST(ReadCalendar, KeepsTheWallTimeAcrossAShiftOfTheClocks) {
    EXPECT_EQ(starts(calendar(
                  event("DTSTART;TZID=America/Toronto:20261026T093000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"))),
              (Times{"2026-10-26T13:30:00Z", "2026-11-02T14:30:00Z", "2026-11-09T14:30:00Z"}));
}

TEST(ReadCalendar, HoldsUntilToTheLastInstanceEastOfGreenwich) {
    EXPECT_EQ(starts(calendar(event(
                  "DTSTART;TZID=Asia/Tokyo:20260105T080000\r\nRRULE:FREQ=DAILY;UNTIL=20260106T230000Z\r\n"))),
              (Times{"2026-01-04T23:00:00Z", "2026-01-05T23:00:00Z", "2026-01-06T23:00:00Z"}));
}

TEST(ReadCalendar, TakesZonesByTheirWindowsNamesAndAsTheFileDefinesThem) {
    EXPECT_EQ(starts(calendar(event("DTSTART;TZID=\"W. Europe Standard Time\":20260713T100000\r\n"))),
              (Times{"2026-07-13T08:00:00Z"}));
    const std::string zone =
        "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+"
        "0330\r\nTZOFFSETTO:+0330\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n";
    EXPECT_EQ(starts(calendar(event("DTSTART;TZID=Mine:20260713T100000\r\n") + zone)),
              (Times{"2026-07-13T06:30:00Z"}));
}

TEST(ReadCalendar, IsNotKeptBusyByAZoneThatShiftsEverySecond) {
    const std::string zone =
        "BEGIN:VTIMEZONE\r\nTZID:Mad\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+"
        "0100\r\nTZOFFSETTO:+0200\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    const auto facts = read(calendar(zone + event("DTSTART;TZID=Mad:20260713T100000\r\n")));
    EXPECT_EQ(facts.all<core::GatheringRecorded>().size(), 1U);
    ASSERT_EQ(facts.all<core::Rejected>().size(), 1U);
    EXPECT_EQ(facts.all<core::Rejected>()[0].error,
              "the zone 'Mad' is not known; its times were taken as America/Toronto's.");
    EXPECT_GT(facts.facts.back().from.line, 10) << "where it was met";
}

TEST(ReadCalendar, GivesUpRulesThatNeverComeTrue) {
    std::string events;
    for (int i = 0; i < 60; ++i)
        events +=
            "BEGIN:VEVENT\r\nUID:" + std::to_string(i) +
            "\r\nDTSTART:20260105T100000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n";
    const auto facts = read(calendar(events));
    EXPECT_EQ(facts.all<core::GatheringRecorded>().size(), 60U);
    EXPECT_EQ(facts.all<core::Rejected>().size(), 60U);
}

TEST(ReadCalendar, LetsAnAttachmentPassBy) {
    const auto facts =
        read(calendar(event("DTSTART:20260105T100000Z\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:" +
                            std::string(20'000'000, 'A') + "\r\nLOCATION:Red Fig\r\n")));
    EXPECT_EQ(facts.all<core::GatheringRecorded>().at(0).place, "Red Fig");
}

std::string meeting(int day, const std::string& who) {
    return "BEGIN:VEVENT\r\nUID:" + std::to_string(day) + "\r\nDTSTART:202601" + (day < 10 ? "0" : "") +
           std::to_string(day) +
           "T100000Z\r\nATTENDEE;CN=Ann Lee:mailto:ann@example.com\r\nATTENDEE:mailto:" + who +
           "@example.org\r\nEND:VEVENT\r\n";
}

std::vector<std::string> people(const Collected& facts) {
    std::vector<std::string> out;
    for (const auto& seen : facts.all<core::IdentitySeen>()) out.push_back(seen.who.key);
    return out;
}

TEST(CalendarsOwner, IsTheOneInEveryMeetingWithEverOtherPeople) {
    const auto several =
        calendar(meeting(1, "bob") + meeting(2, "cid") + meeting(3, "dora") + meeting(4, "bob"));
    EXPECT_EQ(people(read(several)), (Times{"bob@example.org", "cid@example.org", "dora@example.org"}));
    // Two who always meet: either could be the owner.
    const auto pair = calendar(meeting(1, "bob") + meeting(2, "bob") + meeting(3, "bob") + meeting(4, "bob"));
    EXPECT_EQ(people(read(pair)).size(), 2U);
}

TEST(CalendarsOwner, IsKnownByAddressByNameAndByTheCalendarsName) {
    const auto one = calendar(meeting(1, "bob"));
    auto options = options_of_tests();
    options.owner_emails = {"ANN@example.com"};
    EXPECT_EQ(people(read(one, options)), (Times{"bob@example.org"}));
    options.owner_emails.clear();
    options.owner_names = {"ann lee"};
    EXPECT_EQ(people(read(one, options)), (Times{"bob@example.org"}));
    EXPECT_EQ(people(read("BEGIN:VCALENDAR\r\nX-WR-CALNAME:ann@example.com\r\n" + meeting(1, "bob") +
                          "END:VCALENDAR\r\n")),
              (Times{"bob@example.org"}));
}

TEST(CalendarsOwner, IsLearntFromOneFileForAnother) {
    const auto facts =
        facts_of({{"a.ics", calendar(meeting(1, "bob"))},
                  {"b.ics", "BEGIN:VCALENDAR\r\nX-WR-CALNAME:ann@example.com\r\nEND:VCALENDAR\r\n"}});
    EXPECT_EQ(people(facts), (Times{"bob@example.org"}));
}

}  // namespace
}  // namespace vv::formats::testing
