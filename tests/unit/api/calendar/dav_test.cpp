#include "api/calendar/routes.h"
#include "formats/multistatus.h"
#include "world/api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::api::calendar {
namespace {

using testing::HasSubstr;
using testing::Not;

class CalDav : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        add_routes(router, *context);
        world::Visitor ann = signed_in("ann");
        world::Visitor bob = signed_in("bob");
        const std::string url = ann.post("/calendar-feed").text("/url");
        const std::string secret = url.substr(url.rfind('/') + 1);
        home = "/calendar/" + secret.substr(0, secret.size() - 4) + "/";
        for (const char* day : {"24", "25"}) {
            const std::string start = std::string("2026-11-") + day + "T17:30:00Z";
            const std::string end = std::string("2026-11-") + day + "T19:00:00Z";
            const std::string id =
                ann.post("/meetings",
                         R"({"account":"bob","kind":"lunch","purpose":"To talk over the harvest festival",
"zone":"America/Toronto","slots":[{"start":")" +
                             start + R"(","end":")" + end + R"("}],"places":[{"name":"Silver Lantern"}]})")
                    .text("/id");
            bob.post("/meetings/" + id + "/answer", R"({"answer":"accept","slot":"1"})");
        }
    }
    net::Response ask(net::Method method, const std::string& path, std::string body = {},
                      std::string depth = "1") {
        net::Request request;
        request.method = method;
        request.headers.emplace_back("depth", std::move(depth));
        request.body = std::move(body);
        return visitor().client().send(path, std::move(request));
    }
    formats::Multistatus find(const std::string& path, std::string body = {}, std::string depth = "1") {
        const net::Response answer = ask(net::Method::propfind, path, std::move(body), std::move(depth));
        EXPECT_EQ(answer.status, 207) << answer.body;
        const auto read = formats::read_multistatus(answer.body);
        EXPECT_TRUE(read.ok()) << answer.body;
        return read ? *read : formats::Multistatus();
    }
    formats::Multistatus report(const std::string& body) {
        const net::Response answer = ask(net::Method::report, home + "meetings/", body);
        EXPECT_EQ(answer.status, 207) << answer.body;
        const auto read = formats::read_multistatus(answer.body);
        return read ? *read : formats::Multistatus();
    }
    static std::string query(const std::string& filter) {
        return R"(<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">)" +
               filter + "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
    }
    std::string home;
};
VV_ON_EACH_DATABASE(CalDav);

TEST_P(CalDav, IsFoundFromItsAddress) {
    const auto at_home = find(home);
    ASSERT_EQ(at_home.items.size(), 2U);
    EXPECT_EQ(at_home.items[1].href, home + "meetings/");
    EXPECT_TRUE(at_home.items[1].is_calendar);
    EXPECT_EQ(find(home, "", "0").items.size(), 1U);
    EXPECT_EQ(find(home.substr(0, home.size() - 1)).items.size(), 2U);
    const net::Response home_set = ask(
        net::Method::propfind, home,
        R"(<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><c:calendar-home-set/><quota/></prop></propfind>)",
        "0");
    EXPECT_THAT(home_set.body, HasSubstr("<D:href>" + home + "</D:href></C:calendar-home-set>"));
    EXPECT_THAT(home_set.body, HasSubstr("<D:quota/></D:prop><D:status>HTTP/1.1 404"));
    const net::Response options = ask(net::Method::options, home);
    EXPECT_EQ(options.status, 200);
    bool is_caldav = false;
    for (const auto& [name, value] : options.headers)
        is_caldav |= name == "dav" && value == "1, calendar-access";
    EXPECT_TRUE(is_caldav);
}

TEST_P(CalDav, ListsEntriesAndHandsThemOut) {
    const auto listed = find(home + "meetings/");
    ASSERT_EQ(listed.items.size(), 3U);
    EXPECT_NE(listed.items[1].etag, listed.items[2].etag);
    EXPECT_EQ(find(listed.items[1].href).items.size(), 1U);
    const net::Response entry = visitor().client().get(listed.items[1].href);
    EXPECT_EQ(entry.status, 200);
    EXPECT_THAT(entry.body, HasSubstr("SUMMARY:Lunch with Bob"));
    EXPECT_THAT(entry.body, Not(HasSubstr("METHOD")));
    const auto both = report(query(""));
    ASSERT_EQ(both.items.size(), 2U);
    EXPECT_EQ(both.items[0].data, entry.body);
    EXPECT_EQ(both.items[0].etag, listed.items[1].etag);
    const auto one = report(query(R"(<C:time-range start="20261125T000000Z" end="20261126T000000Z"/>)"));
    ASSERT_EQ(one.items.size(), 1U);
    EXPECT_THAT(one.items[0].data, HasSubstr("20261125T"));
    const auto several = report(
        R"(<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data/></D:prop><D:href>)" +
        both.items[1].href + "</D:href><D:href>" + home + "meetings/none.ics</D:href></C:calendar-multiget>");
    ASSERT_EQ(several.items.size(), 2U);
    EXPECT_EQ(several.items[0].data, both.items[1].data);
    EXPECT_EQ(several.items[1].status, 404);
}

TEST_P(CalDav, CanOnlyBeReadAndOnlyWithItsSecret) {
    EXPECT_EQ(ask(net::Method::propfind, "/calendar/guess/").status, 404);
    EXPECT_EQ(ask(net::Method::report, "/calendar/guess/meetings/", query("")).status, 404);
    EXPECT_EQ(ask(net::Method::propfind, home + "meetings/none.ics").status, 404);
    EXPECT_EQ(ask(net::Method::propfind, home + "elsewhere/").status, 404);
    EXPECT_EQ(ask(net::Method::report, home + "meetings/", R"(<sync-collection xmlns="DAV:"/>)").status, 403);
    EXPECT_EQ(ask(net::Method::propfind, home, "<propfind").status, 400);
    EXPECT_EQ(ask(net::Method::put, home + "meetings/new.ics", "BEGIN:VCALENDAR").status, 405);
    EXPECT_EQ(ask(net::Method::delete_, home + "meetings/").status, 405);
}

}  // namespace
}  // namespace vv::api::calendar
