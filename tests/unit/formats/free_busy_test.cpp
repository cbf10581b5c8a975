#include "formats/free_busy.h"

#include <gtest/gtest.h>
#include <libical/ical.h>
#include <memory>
#include <vector>

namespace vv::formats {
namespace {

Instant at(const char* text) {
    return *parse_rfc3339(text);
}

TEST(WriteFreeBusy, SaysWhenAndNothingElse) {
    const std::vector<Span> busy = {{at("2026-12-01T09:00:00Z"), at("2026-12-01T10:30:00Z")}};
    EXPECT_EQ(write_free_busy(busy, {at("2026-11-20T00:00:00Z"), at("2027-11-20T00:00:00Z")},
                              at("2026-11-20T18:28:30.250Z")),
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Visavis//Visavis " VV_VERSION
              "//EN\r\n"
              "BEGIN:VFREEBUSY\r\nUID:free-busy\r\nDTSTAMP:20261120T182830Z\r\nDTSTART:20261120T000000Z\r\n"
              "DTEND:20271120T000000Z\r\nFREEBUSY;FBTYPE=BUSY:20261201T090000Z/20261201T103000Z\r\n"
              "END:VFREEBUSY\r\nEND:VCALENDAR\r\n");
}

// libical, which Evolution and others read it with, finds the same intervals.
TEST(WriteFreeBusy, IsReadByOthers) {
    std::vector<Span> busy;
    for (int i = 0; i < 200; ++i) {
        const Instant start = at("2026-12-01T09:00:00Z") + std::chrono::hours(7 * i);
        busy.push_back({start, start + std::chrono::minutes(20 + i)});
    }
    const std::string text =
        write_free_busy(busy, {busy.front().start, busy.back().end}, at("2026-11-20T00:00:00Z"));
    const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> read(icalparser_parse_string(text.c_str()),
                                                                        &icalcomponent_free);
    ASSERT_TRUE(read);
    EXPECT_EQ(icalcomponent_count_errors(read.get()), 0);
    icalcomponent* const part = icalcomponent_get_first_component(read.get(), ICAL_VFREEBUSY_COMPONENT);
    ASSERT_TRUE(part);
    std::size_t found = 0;
    for (icalproperty* one = icalcomponent_get_first_property(part, ICAL_FREEBUSY_PROPERTY); one;
         one = icalcomponent_get_next_property(part, ICAL_FREEBUSY_PROPERTY), ++found) {
        ASSERT_LT(found, busy.size());
        const icalperiodtype period = icalproperty_get_freebusy(one);
        EXPECT_EQ(icaltime_as_timet(period.start), millis(busy[found].start) / 1000);
        EXPECT_EQ(icaltime_as_timet(period.end), millis(busy[found].end) / 1000);
    }
    EXPECT_EQ(found, busy.size());
}

}  // namespace
}  // namespace vv::formats
