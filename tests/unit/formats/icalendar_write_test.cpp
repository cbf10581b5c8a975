#include "formats/icalendar_write.h"

#include "base/text.h"

#include <gtest/gtest.h>
#include <libical/ical.h>
#include <memory>
#include <rapidcheck/gtest.h>

namespace vv::formats {
namespace {

using Component = std::unique_ptr<icalcomponent, void (*)(icalcomponent*)>;

Component parse(const std::string& text) {
    return {icalparser_parse_string(text.c_str()), &icalcomponent_free};
}

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

CalendarEvent lunch() {
    CalendarEvent event;
    event.uid = "lunch-1@visavis.example.org";
    event.sequence = 1;
    event.stamp = at("2026-11-20T18:28:30Z");
    event.start = at("2026-11-24T17:00:00Z");
    event.end = at("2026-11-24T18:00:00Z");
    event.zone = "America/Toronto";
    event.summary = "Lunch; with Ann, \"Bob\"\nand more";
    event.location = "Café Nuage, 3 Mock Row";
    event.organizer = CalendarAddress{"ann@example.com", "Lee, Ann"};
    event.attendees = {{{"bob@example.net", "Bob"}}};
    return event;
}

std::string write(CalendarMethod method, const CalendarEvent& event) {
    return write_calendar(method, std::span(&event, 1));
}

// What a real calendar's library makes of an event's start: UTC seconds.
std::time_t start_by_libical(const std::string& text) {
    const auto calendar = parse(text);
    auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
    auto* property = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    const auto start = icalproperty_get_datetime_with_component(property, calendar.get());
    return icaltime_as_timet_with_zone(start, start.zone);
}

TEST(WriteCalendar, MakesAnInvitationThatLibicalFindsRight) {
    const auto text = write(CalendarMethod::request, lunch());
    const auto calendar = parse(text);
    ASSERT_TRUE(calendar);
    EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0) << text;
    EXPECT_TRUE(icalrestriction_check(calendar.get())) << icalcomponent_as_ical_string(calendar.get());
    EXPECT_EQ(icalcomponent_get_method(calendar.get()), ICAL_METHOD_REQUEST);
    auto* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
    EXPECT_STREQ(icalcomponent_get_summary(event), lunch().summary.c_str());
    EXPECT_STREQ(icalcomponent_get_location(event), "Café Nuage, 3 Mock Row");
    EXPECT_EQ(icalcomponent_get_sequence(event), 1);
    auto* organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
    EXPECT_STREQ(icalproperty_get_organizer(organizer), "mailto:ann@example.com");
    EXPECT_STREQ(icalproperty_get_parameter_as_string(organizer, "CN"), "Lee, Ann");
}

TEST(WriteCalendar, KeepsTheInstantInEveryZoneOnBothSidesOfItsShifts) {
    for (const char* zone : {"", "America/Toronto", "Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe",
                             "Pacific/Apia", "Africa/Casablanca", "Etc/UTC", "No/Such_Zone"}) {
        for (const char* when : {"2026-01-15T12:00:00Z", "2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z",
                                 "2026-07-15T12:00:00Z", "2026-10-25T02:30:00Z", "2026-12-31T23:30:00Z"}) {
            auto event = lunch();
            event.zone = zone;
            event.start = at(when);
            event.end = event.start + std::chrono::hours(1);
            EXPECT_EQ(start_by_libical(write(CalendarMethod::request, event)), millis(event.start) / 1000)
                << zone << ' ' << when;
        }
    }
}

TEST(WriteCalendar, SaysWhatEachMethodIsFor) {
    const auto cancelled = write(CalendarMethod::cancel, lunch());
    EXPECT_NE(cancelled.find("METHOD:CANCEL\r\n"), std::string::npos);
    EXPECT_NE(cancelled.find("STATUS:CANCELLED\r\n"), std::string::npos);
    auto answer = lunch();
    answer.attendees[0].answer = Attendance::accepted;
    const auto reply = write(CalendarMethod::reply, answer);
    EXPECT_NE(reply.find("METHOD:REPLY\r\n"), std::string::npos);
    EXPECT_NE(reply.find("PARTSTAT=ACCEPTED"), std::string::npos);
    EXPECT_EQ(reply.find("RSVP"), std::string::npos);
    EXPECT_EQ(method_name(CalendarMethod::reply), "REPLY");
}

TEST(WriteCalendar, PublishesAFeedOfSeveralZones) {
    auto other = lunch();
    other.uid = "lunch-2@visavis.example.org";
    other.zone = "Europe/Paris";
    const std::vector events = {lunch(), other};
    const auto text = write_calendar(CalendarMethod::publish, events, {"Ann's, meetings\nBEGIN:VEVENT", 60});
    const auto calendar = parse(text);
    EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VEVENT_COMPONENT), 2);
    EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VTIMEZONE_COMPONENT), 2);
    EXPECT_NE(text.find("REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n"), std::string::npos);
}

TEST(WriteCalendar, FoldsLinesAt75BytesWithoutCuttingACharacter) {
    auto event = lunch();
    event.summary = "";
    for (int i = 0; i < 60; ++i) event.summary += i % 7 == 0 ? "ö" : "朱";
    event.description = std::string(500, 'x') + "😀😀😀";
    const auto text = write(CalendarMethod::request, event);
    for (const auto line : split(text, '\n')) {
        EXPECT_LE(line.size(), 76U) << line;  // with its CR
        EXPECT_TRUE(is_utf8(line)) << line;
    }
}

// Whatever is put into a field, nothing but that field changes.
RC_GTEST_PROP(WriteCalendar, LetsNoFieldBreakOutOfItsLine, (const std::string& text)) {
    RC_PRE(text.find('\0') == std::string::npos);
    auto event = lunch();
    const auto nasty = text + "\r\nATTENDEE:mailto:eve@example.com\r\n";
    event.uid = event.summary = event.description = event.location = event.url = nasty;
    event.organizer = CalendarAddress{"ann@example.com" + nasty, nasty};
    event.attendees = {{{"bob@example.net" + nasty, nasty}}};
    const auto written = write_calendar(CalendarMethod::request, std::span(&event, 1), {nasty, 1});
    const auto calendar = parse(written);
    auto* read = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
    const bool found = read != nullptr;
    RC_ASSERT(found);
    RC_ASSERT(icalcomponent_count_properties(read, ICAL_ATTENDEE_PROPERTY) == 1);
    RC_ASSERT(icalcomponent_count_properties(read, ICAL_ORGANIZER_PROPERTY) == 1);
    RC_ASSERT(icalcomponent_count_components(calendar.get(), ICAL_ANY_COMPONENT) == 2);
}

}  // namespace
}  // namespace vv::formats
