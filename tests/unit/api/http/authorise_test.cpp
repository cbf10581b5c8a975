#include "api/http/authorise.h"

#include "api/http/handle.h"
#include "api/http/json.h"
#include "store/accounts.h"
#include "store/sessions.h"
#include "world/client.h"
#include "world/databases.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace vv::api {
namespace {

using boost::asio::awaitable;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");

Result<std::int64_t> my_id(store::Tx&, app::Caller caller, std::int64_t add) {
    return caller.account.value + add;
}

awaitable<Result<net::Response>> show_mine(Context& context, net::Request request) {
    CO_TRY(const std::int64_t id, co_await read_as(context, request, &my_id, 1));
    json::object body;
    body["id"] = id;
    co_return ok(body);
}

awaitable<Result<net::Response>> change_mine(Context& context, net::Request request) {
    CO_TRY(const std::int64_t id, co_await write_as(context, request, &my_id, 2));
    json::object body;
    body["id"] = id;
    co_return ok(body);
}

class Authorise : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        context.emplace(
            Context{db(), ids, [] { return kNow; }, "http://localhost", "/tmp", [this] { ++woken; }});
        router.add(net::Method::get, "/mine", handle(*context, &show_mine));
        router.add(net::Method::post, "/mine", handle(*context, &change_mine));
    }

    std::string sign_in(std::int64_t account, Instant seen) {
        core::Account made;
        made.id = core::AccountId{account};
        made.handle = "account" + std::to_string(account);
        made.email = made.handle + "@example.com";
        made.full_name = "Account";
        made.created_at = seen;
        const std::string token = app::make_session_token();
        store::sessions::Session session{core::SessionId{account + 100}, made.id, "test", seen, seen,
                                         seen + std::chrono::hours(48)};
        const auto added = db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, made, "hash");
            store::sessions::add(tx, session, app::session_hash(token));
            return Done{};
        });
        EXPECT_TRUE(added.ok());
        return token;
    }

    IdSource ids;
    int woken = 0;
    std::optional<Context> context;
    net::Router router;
    world::Client client{router};
};
VV_ON_EACH_DATABASE(Authorise);

TEST_P(Authorise, WithoutACookieAsksToSignIn) {
    const net::Response response = client.get("/mine");
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body, R"({"error":{"code":"session.none","message":"Sign in first."}})");
}

TEST_P(Authorise, WithAnUnknownCookieAsksToSignIn) {
    client.set_cookie(kSessionCookie, "made-up");
    EXPECT_EQ(client.get("/mine").status, 401);
}

TEST_P(Authorise, AnswersForTheAccountOfTheCookie) {
    client.set_cookie(kSessionCookie, sign_in(7, kNow));
    EXPECT_EQ(client.get("/mine").body, R"({"id":8})");
}

TEST_P(Authorise, AReadTakesTheSessionAndTheAnswerInOneTransaction) {
    client.set_cookie(kSessionCookie, sign_in(7, kNow));
    client.get("/mine");
    EXPECT_QUERIES(1U, db(), client.get("/mine"));
}

TEST_P(Authorise, AWriteWakesTheJobs) {
    client.set_cookie(kSessionCookie, sign_in(7, kNow));
    EXPECT_EQ(client.post("/mine").body, R"({"id":9})");
    EXPECT_EQ(woken, 1);
}

TEST_P(Authorise, ASessionUnseenForLongIsNotedAsUsed) {
    const std::string token = sign_in(7, kNow - std::chrono::hours(10));
    client.set_cookie(kSessionCookie, token);
    EXPECT_EQ(client.get("/mine").status, 200);
    const auto found =
        db().read_now([&](store::Tx& tx) { return app::find_session(tx, app::session_hash(token), kNow); });
    ASSERT_TRUE(found.ok());
    EXPECT_FALSE(found->is_stale);
}

TEST_P(Authorise, AnUploadIsAdmittedOnlyWhenSignedIn) {
    net::RouteOptions options;
    options.admit = admit_signed_in(*context);
    router.add(net::Method::put, "/upload", handle(*context, &show_mine), options);
    EXPECT_EQ(client.put("/upload").status, 401);
    client.set_cookie(kSessionCookie, sign_in(7, kNow));
    EXPECT_EQ(client.put("/upload").status, 200);
}

}  // namespace
}  // namespace vv::api
