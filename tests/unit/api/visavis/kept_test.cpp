// What is kept of people's pages: nobody is told less than was written, by whomever.
#include "api/http/authorise.h"
#include "app/people.h"
#include "app/sessions.h"
#include "net/client.h"
#include "net/server.h"
#include "world/api.h"

#include <atomic>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <ranges>
#include <rapidcheck/gtest.h>
#include <thread>

namespace vv::api::visavis {
namespace {

using std::chrono::milliseconds;

class KeptPeople : public world::ForEachApi {
protected:
    void SetUp() override {
        ForEachApi::SetUp();
        if (IsSkipped()) return;
        ann.emplace(signed_in("ann"));
        zoe = ann->post("/people", R"({"name":"Zoe Quill","city":"Lyon"})").text("/id");
        path = "/people/" + zoe;
    }
    std::string note() { return ann->get(path).text("/note"); }
    static std::string noting(int n) { return R"({"note":")" + std::to_string(n) + R"("})"; }

    std::optional<world::Visitor> ann;
    std::string zoe, path;
};
VV_ON_EACH_DATABASE(KeptPeople);

TEST_P(KeptPeople, AreShownAgainWithoutAStatement) {
    for (const std::string& one : {path, std::string("/people/cities"), std::string("/people/totals"),
                                   std::string("/tally?year=2026")}) {
        const auto first = ann->get(one).response.body;
        std::string second;
        EXPECT_QUERIES(0U, db(), second = ann->get(one).response.body);
        EXPECT_EQ(second, first) << one;
    }
    EXPECT_EQ(ann->get(path).header("cache-control"), "no-store") << "nobody else keeps it";
}

TEST_P(KeptPeople, AreCountedAnewAfterEveryChange) {
    const auto counted = [this] { return ann->get("/people/totals"); };
    EXPECT_EQ(counted().at("/people").as_int64(), 1);
    EXPECT_EQ(counted().at("/met").as_int64(), 0);
    ASSERT_EQ(ann->post("/people", R"({"name":"Ada Byron"})").status, 201);
    EXPECT_EQ(counted().at("/people").as_int64(), 2);
    ASSERT_EQ(ann->put(path + "/block", "{}").status, 200);
    EXPECT_EQ(counted().at("/people").as_int64(), 1);
}

TEST_P(KeptPeople, AreShownToNobodyWhoseSessionHasEnded) {
    world::Visitor phone = signed_in("ann"), laptop = signed_in("ann");
    ASSERT_EQ(phone.get(path).status, 200);
    ASSERT_EQ(laptop.get(path).status, 200);
    // Signed out by itself, with the cookie that it had.
    const std::string cookie = laptop.client().cookie(kSessionCookie);
    EXPECT_EQ(laptop.remove("/session").status, 204);
    laptop.client().set_cookie(kSessionCookie, cookie);
    EXPECT_EQ(laptop.get(path).status, 401);
    // Signed out from elsewhere.
    ASSERT_EQ(phone.get(path).status, 200);
    std::string id;
    const auto sessions = ann->get("/sessions").at("/items");
    for (const auto& session : sessions.as_array())
        if (!session.at("current").as_bool()) id = session.at("id").as_string();
    EXPECT_EQ(ann->remove("/sessions/" + id).status, 204);
    EXPECT_EQ(phone.get(path).status, 401);
    EXPECT_EQ(ann->get(path).status, 200);
}

TEST_P(KeptPeople, LeaveTheMemoryWithASignOut) {
    for (int i = 0; i < 20; ++i) ann->get(path + "?" + std::to_string(i));
    EXPECT_GE(context->kept->counts().answers, 20U);
    ann->remove("/session");
    EXPECT_EQ(context->kept->counts().answers, 0U);
    EXPECT_EQ(context->kept->counts().bytes, 0U);
}

TEST_P(KeptPeople, ShowABlockAtOnce) {
    ASSERT_EQ(ann->get(path).at("/blocked"), false);
    world::Visitor elsewhere = signed_in("ann");
    ASSERT_EQ(elsewhere.put(path + "/block").status, 200);
    EXPECT_EQ(ann->get(path).at("/blocked"), true);
    ASSERT_EQ(elsewhere.remove(path + "/block").status, 200);
    EXPECT_EQ(ann->get(path).at("/blocked"), false);
}

TEST_P(KeptPeople, ShowWhatAnotherProcessWroteWithinASecond) {
    ASSERT_EQ(ann->patch(path, noting(1)).status, 200);
    ASSERT_EQ(note(), "1");
    store::DatabaseOptions options;
    options.url = url();
    const auto other = store::Database::open(options);  // as a command opens it
    ASSERT_TRUE(other.ok());
    const core::AccountId me{std::stoll(ann->get("/account").text("/id"))};
    app::PersonEdit edit;
    edit.note = "2";
    IdSource others(1);
    ASSERT_TRUE((*other)->write_now([&](store::Tx& tx) {
        const app::Caller caller{me, now, *Zone::find("America/Toronto")};
        return app::edit_person(tx, caller, {std::stoll(zoe)}, edit, &others);
    }));
    now += milliseconds(1000);
    EXPECT_EQ(note(), "2");
    // Who was signed out by it, too.
    const std::string hash = app::session_hash(ann->client().cookie(kSessionCookie));
    ASSERT_TRUE((*other)->write_now([&](store::Tx& tx) { return app::sign_out(tx, hash); }));
    now += milliseconds(1000);
    EXPECT_EQ(ann->get(path).status, 401);
}

TEST_P(KeptPeople, ShowTheLatestWhateverIsWrittenAndReadInWhateverOrder) {
    world::Visitor elsewhere = signed_in("ann");
    const std::string other = "/people/" + ann->post("/people", R"({"name":"Yan Quill"})").text("/id");
    std::map<std::string, std::string> notes{{path, ""}, {other, ""}};
    int written = 0;
    rc::check([&](const std::vector<std::pair<bool, bool>>& steps) {
        for (const auto& [writes, first] : steps | std::views::take(8)) {
            const std::string& one = first ? path : other;
            world::Visitor& who = written % 2 == 0 ? *ann : elsewhere;
            if (writes) {
                notes[one] = std::to_string(++written);
                RC_ASSERT(who.patch(one, noting(written)).status == 200);
            }
            RC_ASSERT(elsewhere.get(one).text("/note") == notes[one]);
            RC_ASSERT(ann->get(one).text("/note") == notes[one]);
        }
    });
}

// Over a real server, a connection for each request: who was told that something is written, or has seen it,
// is never shown an older state afterwards.
TEST_P(KeptPeople, AreNeverShownOlderThanAnybodyHasSeenThem) {
    net::ServerOptions serving;
    serving.listen = "127.0.0.1:0";
    serving.threads = 2;
    auto made = net::Server::create(std::move(serving), router);
    ASSERT_TRUE(made.ok());
    (*made)->start();
    const std::string address = (*made)->url() + "/api/visavis/v1" + path;
    const std::string cookie = std::string(kSessionCookie) + "=" + ann->client().cookie(kSessionCookie);
    const auto ask = [&](net::Method method, std::string body) {
        net::ClientOptions options;
        options.allow_private = true;
        net::ClientRequest request;
        request.url = address;
        request.method = method;
        request.headers = {{"cookie", cookie}};
        if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
        request.body = std::move(body);
        const auto answer = net::Client(options).fetch(request);
        EXPECT_TRUE(answer.ok() && answer->status == 200);
        const std::string note(boost::json::parse(answer->body).at("note").as_string());
        return note.empty() ? 0 : std::stoi(note);
    };
    std::mutex writing;  // so that the numbers rise
    std::atomic<int> last{0}, seen{0}, wrong{0};
    const auto raise = [&seen](int to) {
        for (int known = seen; known < to && !seen.compare_exchange_weak(known, to);) {
        }
    };
    const auto write = [&] {
        for (int i = 0; i < 40; ++i) {
            const std::lock_guard lock(writing);
            raise(ask(net::Method::patch, noting(++last)));
        }
    };
    const auto read = [&] {
        for (int i = 0; i < 200; ++i) {
            const int known = seen;
            const int shown = ask(net::Method::get, {});
            if (shown < known) ++wrong;
            raise(shown);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 2; ++i) threads.emplace_back(write);
        for (int i = 0; i < 4; ++i) threads.emplace_back(read);
    }
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(seen, 80);
    EXPECT_GT(context->kept->counts().hits, 0U);
    (*made)->drain(milliseconds(2000));
}

}  // namespace
}  // namespace vv::api::visavis
