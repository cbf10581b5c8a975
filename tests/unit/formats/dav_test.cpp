#include "formats/dav.h"

#include "formats/multistatus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(DavRequest, SaysWhichPropertiesAreWanted) {
    const auto asked = read_dav_request(
        R"(<?xml version="1.0"?><propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">
<prop><resourcetype/><c:calendar-home-set><!-- --></c:calendar-home-set><x xmlns="urn:other"/></prop></propfind>)");
    ASSERT_TRUE(asked.ok());
    EXPECT_EQ(asked->what, DavRequest::What::propfind);
    EXPECT_THAT(asked->properties,
                ElementsAre(DavName{"DAV:", "resourcetype"},
                            DavName{std::string(kCalDav), "calendar-home-set"}, DavName{"urn:other", "x"}));
    EXPECT_TRUE(read_dav_request("")->properties.empty());
    EXPECT_TRUE(read_dav_request(R"(<propfind xmlns="DAV:"><allprop/></propfind>)")->properties.empty());
}

TEST(DavRequest, SaysWhatAReportIsAbout) {
    const auto query =
        read_dav_request(R"(<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="20261124T000000Z" end="20261125T000000Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>)");
    ASSERT_TRUE(query.ok());
    EXPECT_EQ(query->what, DavRequest::What::calendar_query);
    EXPECT_EQ(query->properties.size(), 2U);
    EXPECT_EQ(query->from, *parse_rfc3339("2026-11-24T00:00:00Z"));
    EXPECT_EQ(query->to, *parse_rfc3339("2026-11-25T00:00:00Z"));
    const auto several = read_dav_request(
        R"(<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:href/></D:prop>
<D:href> /a.ics </D:href><D:href>/b.ics</D:href></C:calendar-multiget>)");
    EXPECT_THAT(several->hrefs, ElementsAre("/a.ics", "/b.ics"));
    EXPECT_EQ(read_dav_request(R"(<sync-collection xmlns="DAV:"/>)")->what, DavRequest::What::other);
}

TEST(DavRequest, RefusesWhatIsNoneOrTooMuch) {
    EXPECT_EQ(read_dav_request("<propfind").error().code, "dav.broken");
    EXPECT_EQ(read_dav_request("hello").error().code, "dav.broken");
    std::string many = R"(<propfind xmlns="DAV:"><prop>)";
    for (int i = 0; i < 2'000; ++i) many += "<p" + std::to_string(i) + "/>";
    EXPECT_EQ(read_dav_request(many + "</prop></propfind>").error().code, "dav.broken");
}

TEST(DavRequest, RefusesNamesThatNoAnswerCouldRepeat) {
    const std::string head = R"(<propfind xmlns="DAV:" xmlns:c="urn:other"><prop>)",
                      foot = "</prop></propfind>";
    EXPECT_EQ(read_dav_request(head + "<c:0al/>" + foot).error().code, "dav.broken");
    EXPECT_EQ(read_dav_request(head + "<z:al/>" + foot).error().code, "dav.broken");
    const auto bare = read_dav_request(head + R"(<al xmlns=""/>)" + foot);
    ASSERT_TRUE(bare.ok());
    EXPECT_THAT(bare->properties, ElementsAre(DavName{"", "al"}));
    EXPECT_THAT(write_multistatus({{"/a", {}, false}}, *bare), HasSubstr("<D:prop><al/></D:prop>"));
}

// What is asked for is answered for each meeting: a small question is not to have an answer of gigabytes.
TEST(DavRequest, AsksForEachOnceAndForLittle) {
    std::string twice =
        R"(<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>)";
    for (int i = 0; i < 1'000; ++i) twice += "<C:calendar-data/><D:getetag/>";
    twice += "</D:prop>";
    for (int i = 0; i < 1'000; ++i) twice += "<D:href>/a.ics</D:href><D:href>/b.ics</D:href>";
    const auto asked = read_dav_request(twice + "</C:calendar-multiget>");
    ASSERT_TRUE(asked.ok());
    EXPECT_EQ(asked->properties.size(), 2U);
    EXPECT_THAT(asked->hrefs, ElementsAre("/a.ics", "/b.ics"));
    std::string many = R"(<propfind xmlns="DAV:"><prop>)";
    for (int i = 0; i < 101; ++i) many += "<p" + std::to_string(i) + "/>";
    EXPECT_EQ(read_dav_request(many + "</prop></propfind>").error().code, "dav.broken");
    const std::string space(60'000, 'n');
    EXPECT_EQ(read_dav_request(R"(<propfind xmlns="DAV:"><prop xmlns:x=")" + space +
                               R"("><x:a/><x:b/></prop></propfind>)")
                  .error()
                  .code,
              "dav.broken");
}

TEST(WriteMultistatus, IsReadByOurOwnReader) {
    DavResource item{"/calendar/x/meetings/a&b.ics", {}, false};
    item.properties[{std::string(kDav), "getetag"}] = "&quot;1&quot;";
    item.properties[{std::string(kCalDav), "calendar-data"}] = "BEGIN:VCALENDAR";
    const DavResource gone{"/gone.ics", {}, true};
    DavRequest asked;
    asked.properties = {{"DAV:", "getetag"}, {std::string(kCalDav), "calendar-data"}, {"urn:\"<", "unknown"}};
    const std::string text = write_multistatus({item, gone}, asked);
    const auto read = read_multistatus(text);
    ASSERT_TRUE(read.ok()) << text;
    ASSERT_EQ(read->items.size(), 2U);
    EXPECT_EQ(read->items[0].href, "/calendar/x/meetings/a&b.ics");
    EXPECT_EQ(read->items[0].etag, "\"1\"");
    EXPECT_EQ(read->items[0].data, "BEGIN:VCALENDAR");
    EXPECT_EQ(read->items[1].status, 404);
    EXPECT_THAT(text, HasSubstr("404 Not Found"));
}

}  // namespace
}  // namespace vv::formats
