// What is subscribed to, read through HTTP from a server of the test's own, to the very import.
#include "jobs/subscriptions.h"

#include "app/subscriptions.h"
#include "jobs/import_archive.h"
#include "jobs/subscription_looks.h"
#include "world/databases.h"
#include "world/imports.h"
#include "world/service.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;

/// What the other server has, by path, and what it was asked.
struct Shelf {
    struct Page {
        int status = 200;
        std::string body;
        std::map<std::string, std::string> headers{};
    };
    std::mutex mutex;
    std::map<std::string, Page> pages;
    std::vector<net::Request> asked;
};
Shelf shelf;

boost::asio::awaitable<net::Response> answer(net::Request request) {
    if (request.method != net::Method::get) co_return net::Response(405, "text/plain", "no WebDAV");
    Shelf::Page page;
    {
        const std::lock_guard lock(shelf.mutex);
        shelf.asked.push_back(request);
        const auto found = shelf.pages.find(request.path);
        page = found == shelf.pages.end() ? Shelf::Page{404, "nothing", {}} : found->second;
    }
    const auto etag = page.headers.find("etag");
    const auto known = request.header("if-none-match");
    if (page.status == 200 && known && etag != page.headers.end() && *known == etag->second)
        page = {304, "", page.headers};
    net::Response response(page.status, "text/plain", page.body);
    for (const auto& [name, value] : page.headers) response.with(name, value);
    co_return response;
}

/// A CalDAV server without sync tokens: items by name, each an ETag and a calendar.
struct OldCalendar {
    std::mutex mutex;
    std::map<std::string, std::pair<std::string, std::string>> items;
    std::vector<std::string> fetched;
};
OldCalendar old_calendar;

boost::asio::awaitable<net::Response> answer_old_calendar(net::Request request) {
    const std::lock_guard lock(old_calendar.mutex);
    const auto asks = [&](const char* what) { return request.body.find(what) != std::string::npos; };
    std::string xml = "<d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\">";
    const auto tell = [&](const std::string& href, const std::string& props) {
        xml += "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + props +
               "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
    };
    if (asks("sync-collection")) co_return net::Response(501, "text/plain", "no tokens here");
    if (asks("resourcetype") || asks("propfind"))
        tell("/old", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>");
    for (const auto& [name, item] : old_calendar.items) {
        const std::string href = "/old/" + name;
        const std::string etag = "<d:getetag>" + item.first + "</d:getetag>";
        if (asks("multiget") && asks(href.c_str())) {
            old_calendar.fetched.push_back(name);
            tell(href, etag + "<c:calendar-data>" + item.second + "</c:calendar-data>");
        } else if (asks("propfind") && !asks("resourcetype")) {
            tell(href, etag);
        }
    }
    co_return net::Response(207, "application/xml", xml + "</d:multistatus>");
}

class Subscriptions : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        old_calendar.items.clear();
        old_calendar.fetched.clear();
        importer_ = std::make_unique<world::Importer>(db());
        other_.router().set_fallback(answer);
        for (const auto method : {net::Method::propfind, net::Method::report})
            other_.router().add(method, "/old", answer_old_calendar);
        other_.start();
        const std::lock_guard lock(shelf.mutex);
        shelf.pages.clear();
        shelf.asked.clear();
    }

    void put(const std::string& path, Shelf::Page page) {
        const std::lock_guard lock(shelf.mutex);
        shelf.pages[path] = std::move(page);
    }
    std::size_t times_asked() {
        const std::lock_guard lock(shelf.mutex);
        return shelf.asked.size();
    }
    net::Request last_asked() {
        const std::lock_guard lock(shelf.mutex);
        return shelf.asked.back();
    }

    app::SubscriptionId subscribe(const std::string& path, const std::string& user = {}) {
        app::NewSubscription wanted{other_.url() + path,          "Team", user,
                                    user.empty() ? "" : "secret", 60,     true};
        const auto added = db().write_now([&](store::Tx& tx) {
            return app::add_subscription(tx, importer_->caller(), wanted, &importer_->ids());
        });
        EXPECT_TRUE(added) << added.error().detail;
        return added ? added->id : app::SubscriptionId{};
    }
    /// One look and, when something new was there, its import: as a command does it.
    app::Subscription look(app::SubscriptionId id) {
        const auto owner = importer_->caller().account;
        RunnerOptions running;
        running.now = [this] { return importer_->now; };
        running.machine_now = &system_now;
        Runner runner(db(), running);
        SubscriptionDeps deps{importer_->ids(), folder_.path(), allow_private, 2s, false};
        add_subscription_jobs(runner, deps);
        add_import_jobs(runner, {importer_->ids(), &system_now});
        const auto before = find(id);
        EXPECT_TRUE(runner.run_here(app::subscription_job(owner, id, importer_->now, importer_->ids()),
                                    [](const auto&) {}));
        const auto after = find(id);
        if (after.import && after.import != before.import) {
            EXPECT_TRUE(runner.run_here(
                app::import_job(owner, *after.import, importer_->now, importer_->ids()), [](const auto&) {}));
        }
        if (after.import) {
            const auto import = importer_->find(*after.import);
            EXPECT_EQ(import.state, store::imports::State::done) << import.error_code << import.error;
        }
        return after;
    }
    app::Subscription find(app::SubscriptionId id) {
        auto found = db().read_now(
            [&](store::Tx& tx) { return app::find_subscription(tx, importer_->caller().account, id); });
        EXPECT_TRUE(found);
        return found ? *std::move(found) : app::Subscription{};
    }
    std::vector<std::string> encounters() {
        auto found = importer_->record();
        std::erase_if(found, [](const std::string& line) { return !line.starts_with("encounter "); });
        return found;
    }
    static std::string lunch(const std::string& day, const std::string& stamp) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\n"
               "UID:lunch@example.com\r\nDTSTAMP:" +
               stamp + "\r\nLAST-MODIFIED:202603" + day + "T000000Z\r\nDTSTART:202603" + day +
               "T170000Z\r\nDTEND:202603" + day +
               "T180000Z\r\nSUMMARY:Lunch\r\nLOCATION:Silver Lion\\, Toronto\r\n"
               "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann Lee:mailto:ann.lee@example.com\r\n"
               "END:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    bool allow_private = true;
    world::TempFolder folder_;
    std::unique_ptr<world::Importer> importer_;
    world::Service other_;
};
VV_ON_EACH_DATABASE(Subscriptions);

/// The lunch of March 2026, and another a year later.
std::string with_next_year(std::string lunch) {
    std::string next = lunch.substr(lunch.find("BEGIN:VEVENT"));
    next.erase(next.find("END:VCALENDAR"));
    for (std::size_t at = 0; (at = next.find(":20260305T1", at)) != std::string::npos; ++at)
        next[at + 4] = '7';
    next.replace(next.find("lunch@"), 6, "again@");
    return lunch.insert(lunch.find("END:VCALENDAR"), next);
}

TEST_P(Subscriptions, ACalendarIsReadAndReadAgainWhenItChanged) {
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {{"etag", "\"a\""}}});
    const auto id = subscribe("/team.ics");
    const auto first = look(id);
    EXPECT_EQ(first.error, "");
    EXPECT_EQ(first.kind, "calendar");
    ASSERT_TRUE(first.import);
    EXPECT_EQ(importer_->find(*first.import).name, "Team.ics");
    EXPECT_EQ(first.next_at, importer_->now + 1h);
    ASSERT_EQ(encounters().size(), 1U);
    EXPECT_THAT(encounters()[0], testing::HasSubstr("Lunch"));

    importer_->now += 1h;
    const auto second = look(id);
    EXPECT_EQ(*last_asked().header("if-none-match"), "\"a\"");
    EXPECT_EQ(second.import, first.import);

    importer_->now += 1h;
    put("/team.ics", {200, lunch("06", "20260306T000000Z"), {{"etag", "\"b\""}}});
    const auto third = look(id);
    EXPECT_NE(third.import, first.import);
    ASSERT_EQ(encounters().size(), 1U) << "the lunch was moved";
    EXPECT_THAT(encounters()[0],
                testing::HasSubstr(std::to_string(millis(*parse_rfc3339("2026-03-06T17:00:00Z")))));
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/uploads"));
}

TEST_P(Subscriptions, OfACollectionWithoutSyncTokensOnlyWhatChangedIsFetched) {
    const auto set = [](const std::string& name, const std::string& etag, const std::string& text) {
        const std::lock_guard lock(old_calendar.mutex);
        old_calendar.items[name] = {etag, text};
    };
    const auto fetched = [] {
        const std::lock_guard lock(old_calendar.mutex);
        return std::exchange(old_calendar.fetched, {});
    };
    using Names = std::vector<std::string>;
    set("a.ics", "1", lunch("05", "20260305T000000Z"));
    set("b.ics", "1", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n");
    const auto id = subscribe("/old");
    const auto first = look(id);
    EXPECT_EQ(first.error, "");
    EXPECT_EQ(first.kind, "caldav");
    EXPECT_EQ(fetched(), (Names{"a.ics", "b.ics"}));
    EXPECT_EQ(encounters().size(), 1U);
    importer_->now += 1h;
    EXPECT_EQ(look(id).import, first.import);
    EXPECT_EQ(fetched(), Names{});
    set("a.ics", "2", lunch("06", "20260306T000000Z"));
    importer_->now += 1h;
    EXPECT_NE(look(id).import, first.import);
    EXPECT_EQ(fetched(), Names{"a.ics"});
    EXPECT_EQ(encounters().size(), 1U) << "the lunch was moved";

    const std::string next_year = with_next_year(lunch("05", "20260305T000000Z"));
    const std::size_t from = next_year.rfind("BEGIN:VEVENT");
    set("c.ics", "1", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + next_year.substr(from));
    importer_->now += 1h;
    look(id);
    EXPECT_EQ(encounters().size(), 2U);
    {
        const std::lock_guard lock(old_calendar.mutex);
        old_calendar.items.erase("c.ics");
        old_calendar.items.erase("a.ics");
    }
    importer_->now += 1h;
    EXPECT_EQ(look(id).error, "");
    EXPECT_EQ(encounters().size(), 1U) << "the one to come is gone, the other was";
}

TEST_P(Subscriptions, OnlyANewStampIsNoNews) {
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {}});
    const auto id = subscribe("/team.ics");
    const auto first = look(id);
    put("/team.ics", {200, lunch("05", "20260309T111111Z"), {}});
    const auto second = look(id);
    EXPECT_EQ(second.import, first.import);
    EXPECT_EQ(times_asked(), 2U);
}

TEST_P(Subscriptions, WhatWasToComeAndIsNoLongerThereDoesNotTakePlace) {
    const std::string before = lunch("05", "20260305T000000Z");
    put("/team.ics", {200, with_next_year(before), {}});
    const auto id = subscribe("/team.ics");
    const auto all = [&] {
        importer_->now += 1h;
        EXPECT_EQ(look(id).error, "");
        return encounters();
    };
    const auto both = all();
    ASSERT_EQ(both.size(), 2U);
    const auto busy = [&] {
        const auto record = importer_->record();
        return std::ranges::count_if(record, [](const auto& line) { return line.starts_with("busy "); });
    };
    EXPECT_EQ(busy(), 2);
    put("/team.ics", {200, before, {}});
    const auto left = all();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_THAT(left[0], testing::HasSubstr("lunch@example.com"));
    EXPECT_EQ(busy(), 1) << "the time is free again";
    put("/team.ics", {200, with_next_year(before), {}});
    EXPECT_EQ(all(), both) << "the very file of before says it again";
    put("/team.ics", {200, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", {}});
    EXPECT_EQ(all(), left) << "what was, was";
}

TEST_P(Subscriptions, CardsAndFeedsAreToldByWhatTheyAre) {
    put("/cards",
        {200,
         "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Ann Lee\r\nEMAIL:ann@example.com\r\nEND:VCARD\r\n",
         {}});
    EXPECT_EQ(look(subscribe("/cards")).kind, "contacts");
    put("/feed",
        {200,
         "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>"
         "<title>Notes</title><link>https://notes.example.com/</link><item><title>One</title>"
         "<link>https://notes.example.com/one</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate>"
         "<dc:creator>Ben Okafor</dc:creator></item></channel></rss>",
         {}});
    EXPECT_EQ(look(subscribe("/feed")).kind, "feed");
    const auto record = importer_->record();
    EXPECT_THAT(record, testing::Contains(testing::HasSubstr("ann@example.com")));
    EXPECT_THAT(record, testing::Contains(testing::HasSubstr("Ben Okafor")));
}

TEST_P(Subscriptions, WhatIsNoCalendarIsRefusedAndNothingImported) {
    put("/page", {200, "<!doctype html><html><body>Sign in</body></html>", {}});
    put("/refused", {401, "", {}});
    put("/busy", {503, "", {{"retry-after", "7200"}}});
    put("/gone", {410, "", {}});
    put("/large", {200, "BEGIN:VCALENDAR\r\n" + std::string(kMostText, 'x'), {}});
    const std::map<std::string, std::string> codes{
        {"/page", "subscription.content"}, {"/refused", "subscription.refused"},
        {"/busy", "subscription.answer"},  {"/gone", "subscription.gone"},
        {"/large", "client.too_large"},    {"/nothing", "subscription.nothing"}};
    for (const auto& [path, code] : codes) {
        const auto after = look(subscribe(path));
        EXPECT_EQ(after.error_code, code);
        EXPECT_EQ(after.failures, 1);
        EXPECT_FALSE(after.import);
        EXPECT_EQ(after.is_stopped, path == "/gone");
        EXPECT_EQ(after.next_at, importer_->now + (path == "/busy" ? 120min : 15min)) << path;
    }
    EXPECT_EQ(importer_->count("imports"), 0);
}

// Whoever has the address by then: their cards are nobody the owner knows.
TEST_P(Subscriptions, WhatIsOfAnotherKindThanBeforeIsNotImported) {
    const std::string card =
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Gil Stranger\r\nEMAIL:gil@example.com\r\nEND:VCARD\r\n";
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {}});
    const auto file = subscribe("/team.ics");
    const auto set = [](const std::string& name, const std::string& etag, const std::string& text) {
        const std::lock_guard lock(old_calendar.mutex);
        old_calendar.items[name] = {etag, text};
    };
    set("a.ics", "1", lunch("06", "20260306T000000Z"));
    const auto collection = subscribe("/old");
    const auto before = std::pair(look(file), look(collection));
    put("/team.ics", {200, card, {}});
    set("a.ics", "2", card);
    importer_->now += 1h;
    const auto after = std::pair(look(file), look(collection));
    for (const auto& [was, is] :
         {std::pair(before.first, after.first), std::pair(before.second, after.second)}) {
        EXPECT_EQ(was.error_code, "");
        EXPECT_EQ(is.error_code, "subscription.content");
        EXPECT_EQ(is.kind, was.kind);
        EXPECT_EQ(is.import, was.import);
    }
    // One such item among others is left out.
    set("b.ics", "1", lunch("07", "20260307T000000Z"));
    importer_->now += 1h;
    EXPECT_EQ(look(collection).error_code, "");
    for (const std::string& line : importer_->record())
        EXPECT_THAT(line, testing::Not(testing::HasSubstr("gil@example.com")));
}

TEST_P(Subscriptions, AServerThatHangsCostsNoMoreThanTheTimeout) {
    other_.stop();
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), length), 0);
    ASSERT_EQ(::listen(listening, 4), 0);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &length);
    app::NewSubscription wanted;
    wanted.url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    const auto added = db().write_now([&](store::Tx& tx) {
        return app::add_subscription(tx, importer_->caller(), wanted, &importer_->ids());
    });
    ASSERT_TRUE(added);
    EXPECT_EQ(look(added->id).error_code, "client.no_answer");
    ::close(listening);
}

TEST_P(Subscriptions, GoToPublicAddressesOnly) {
    allow_private = false;
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {}});
    EXPECT_EQ(look(subscribe("/team.ics")).error_code, "client.private_address");
    EXPECT_EQ(look(subscribe("/other.ics", "ann")).error_code, "subscription.insecure");
    EXPECT_EQ(times_asked(), 0U);
}

TEST_P(Subscriptions, APasswordGoesToItsServerAndIntoNoAnswer) {
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {}});
    look(subscribe("/team.ics", "ann"));
    EXPECT_EQ(*last_asked().header("authorization"), "Basic YW5uOnNlY3JldA==");
}

TEST_P(Subscriptions, TheirTurnComesOnceAndNotWhileSomebodyLooks) {
    put("/team.ics", {200, lunch("05", "20260305T000000Z"), {}});
    const auto id = subscribe("/team.ics");
    look(id);
    const auto start = [&] {
        const auto started = db().write_now([&](store::Tx& tx) {
            return app::start_due_subscriptions(tx, importer_->now, &importer_->ids());
        });
        EXPECT_TRUE(started);
        return started ? *started : 0;
    };
    EXPECT_EQ(start(), 0U);
    importer_->now += 1h;
    EXPECT_EQ(start(), 1U);
    EXPECT_EQ(start(), 0U);
    importer_->now += 2h;
    EXPECT_EQ(start(), 1U) << "its process died";
}

TEST_P(Subscriptions, AddressesAreHeldToARule) {
    const auto add = [&](const std::string& url) {
        app::NewSubscription wanted;
        wanted.url = url;
        const auto added = db().write_now([&](store::Tx& tx) {
            return app::add_subscription(tx, importer_->caller(), wanted, &importer_->ids());
        });
        return added ? added->url + " as " + added->name : added.error().code;
    };
    for (const char* url :
         {"", "team.ics", "file:///etc/passwd", "https://", "https:///a", "ftp://example.org/a",
          "https://ann:secret@example.org/a", "https://example.org/a b", "http:example.org"})
        EXPECT_EQ(add(url), "subscription.url") << url;
    EXPECT_EQ(add(" WEBCAL://example.org/a/team.ics?x=1 "),
              "https://example.org/a/team.ics?x=1 as example.org team.ics");
    EXPECT_EQ(add("webcal://example.org/a/team.ics?x=1"), "subscription.known");
}

}  // namespace
}  // namespace vv::jobs
