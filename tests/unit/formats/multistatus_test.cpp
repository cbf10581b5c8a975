#include "formats/multistatus.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

TEST(Multistatus, TellsItemsTheirDataAndWhatIsGone) {
    const auto answer = read_multistatus(R"(<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav">
 <d:response><d:href> /ann/a%20b.ics </d:href>
  <d:propstat><d:prop><d:getetag>"1&amp;2"</d:getetag>
   <cal:calendar-data>BEGIN:VCALENDAR&#13;
SUMMARY:Fish &amp; Chips &lt;3&#13;
END:VCALENDAR</cal:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
  <d:propstat><d:prop><d:displayname/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
 </d:response>
 <d:response><d:href>/ann/gone.ics</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>
 <d:sync-token>http://example.org/7</d:sync-token>
</d:multistatus>)");
    ASSERT_TRUE(answer.ok()) << answer.error().detail;
    EXPECT_EQ(answer->token, "http://example.org/7");
    ASSERT_EQ(answer->items.size(), 2U);
    EXPECT_EQ(answer->items[0].href, "/ann/a%20b.ics");
    EXPECT_EQ(answer->items[0].status, 0);
    EXPECT_EQ(answer->items[0].etag, "\"1&2\"");
    EXPECT_EQ(answer->items[0].data, "BEGIN:VCALENDAR\r\nSUMMARY:Fish & Chips <3\r\nEND:VCALENDAR");
    EXPECT_EQ(answer->items[1].status, 404);
    EXPECT_EQ(answer->items[1].data, "");
}

TEST(Multistatus, TellsWhatACollectionIs) {
    const auto answer = read_multistatus(
        R"(<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" xmlns:CS="http://calendarserver.org/ns/">
        <response><href>/ann/people/</href><propstat><prop><resourcetype><collection/><C:addressbook/></resourcetype>
        <CS:getctag>c1</CS:getctag><sync-token>t1</sync-token></prop><status>HTTP/1.1 200 OK</status></propstat>
        </response></multistatus>)");
    ASSERT_TRUE(answer.ok());
    ASSERT_EQ(answer->items.size(), 1U);
    const DavItem& item = answer->items[0];
    EXPECT_TRUE(item.is_address_book);
    EXPECT_FALSE(item.is_calendar);
    EXPECT_EQ(item.ctag, "c1");
    EXPECT_EQ(item.token, "t1");
    EXPECT_EQ(answer->token, "");
}

TEST(Multistatus, ReadsNothingElse) {
    for (const char* text : {"", "hello", "<html><body>multistatus</body></html>",
                             "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/a", "BEGIN:VCALENDAR"})
        EXPECT_EQ(read_multistatus(text).ok(), false) << text;
}

TEST(EscapeXml, EscapesWhatMeansSomething) {
    EXPECT_EQ(escape_xml("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
}

}  // namespace
}  // namespace vv::formats
