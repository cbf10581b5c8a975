#include "api/http/kept_routes.h"

#include "api/http/json.h"
#include "api/http/paging.h"
#include "store/accounts.h"
#include "store/sessions.h"
#include "world/client.h"
#include "world/databases.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv::api {
namespace {

using boost::asio::awaitable;

const Instant kNow = *parse_rfc3339("2026-11-20T18:00:00Z");

Result<std::int64_t> my_id(store::Tx&, app::Caller caller) {
    return caller.account.value;
}

int reads = 0;

// Everything that it can see of a request.
awaitable<Result<Answered<net::Response>>> echo(Context& context, net::Request request) {
    CO_TRY(const auto id, co_await read_answered(context, request, &my_id));
    ++reads;
    if (request.query_value("fail")) co_return Error(Fault::not_found, "test.none", "There is none.");
    json::object body;
    body["account"] = id.value;
    for (const auto& [name, value] : request.params) body["param " + name] = value;
    std::size_t at = 0;
    for (const auto& [name, value] : request.query)
        body["query " + std::to_string(++at)] = name + "\n" + value;
    for (const auto& [name, value] : request.headers) body["header " + name] = value;
    body["rest"] = request.path + request.body + request.remote + request.upload_path +
                   std::string(net::to_string(request.method));
    co_return id.with(ok(body));
}

class KeptRoutes : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        context.emplace(Context{db(), ids, [this] { return now; }, "http://localhost", "/tmp", [] {}});
        add_kept_route(router, *context, "/one/:a", &echo);
        add_kept_route(router, *context, "/one/:a/:b", &echo);
        reads = 0;
    }
    world::Client signed_in(std::int64_t account) {
        core::Account made;
        made.id = core::AccountId{account};
        made.handle = "account" + std::to_string(account);
        made.email = made.handle + "@example.com";
        made.full_name = "Account";
        made.created_at = now;
        world::Client client(router);
        const auto token = app::make_session_token();
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, made, "hash");
            store::sessions::add(tx, {core::SessionId{account + 100}, made.id, "test", now, now, kEnd},
                                 app::session_hash(token));
            return Done{};
        }));
        client.set_cookie(kSessionCookie, token);
        return client;
    }

    const Instant kEnd = kNow + std::chrono::milliseconds(500);
    Instant now = kNow;
    IdSource ids;
    std::optional<Context> context;
    net::Router router;
};
VV_ON_EACH_DATABASE(KeptRoutes);

TEST_P(KeptRoutes, AnswerTheSameQuestionWithoutAStatement) {
    world::Client ann = signed_in(1);
    const auto first = ann.get("/one/x?q=1");
    ASSERT_EQ(first.status, 200);
    net::Response second;
    EXPECT_QUERIES(0U, db(), second = ann.get("/one/x?q=1"));
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.headers, first.headers);
    EXPECT_EQ(reads, 1);
}

TEST_P(KeptRoutes, GiveNobodyAnothersAnswer) {
    world::Client ann = signed_in(1), bob = signed_in(2);
    const auto hers = ann.get("/one/x"), his = bob.get("/one/x");
    EXPECT_NE(hers.body, his.body);
    EXPECT_EQ(ann.get("/one/x").body, hers.body);
    EXPECT_EQ(bob.get("/one/x").body, his.body);
    world::Client nobody(router);
    EXPECT_EQ(nobody.get("/one/x").status, 401);
    nobody.set_cookie(kSessionCookie, app::make_session_token());
    EXPECT_EQ(nobody.get("/one/x").status, 401);
    nobody.set_cookie(kSessionCookie, app::session_hash(ann.cookie(kSessionCookie)));
    EXPECT_EQ(nobody.get("/one/x").status, 401) << "what is stored of a cookie opens nothing";
}

TEST_P(KeptRoutes, SeeOfARequestWhatTheirKeyIsMadeOf) {
    world::Client ann = signed_in(1);
    ann.set_cookie("other", "x");
    net::Request request;
    request.headers = {
        {"accept-language", "de"}, {"x-forwarded-for", "192.0.2.7"}, {"origin", "http://localhost"}};
    request.body = "body";
    request.remote = "192.0.2.9";
    const auto answer = ann.send("/one/x", request);
    for (const char* hidden : {"de\"", "192.0.2", "localhost", "body", "other", "/one"})
        EXPECT_EQ(answer.body.find(hidden), std::string::npos) << hidden << " in " << answer.body;
    EXPECT_EQ(ann.get("/one/x").body, answer.body);
    EXPECT_EQ(reads, 1);
}

TEST_P(KeptRoutes, KeepNoErrors) {
    world::Client ann = signed_in(1);
    EXPECT_EQ(ann.get("/one/x?fail=1").status, 404);
    EXPECT_EQ(ann.get("/one/x?fail=1").status, 404);
    EXPECT_EQ(reads, 2);
    EXPECT_EQ(context->kept->counts().answers, 0U);
}

TEST_P(KeptRoutes, OutliveNoSession) {
    world::Client ann = signed_in(1);
    EXPECT_EQ(ann.get("/one/x").status, 200);
    now = kEnd - std::chrono::milliseconds(1);
    EXPECT_EQ(ann.get("/one/x").status, 200);
    EXPECT_EQ(reads, 1);
    now = kEnd;
    EXPECT_EQ(ann.get("/one/x").status, 401);
}

// Of texts with everything in them that might be taken for the end of a part.
struct Question {
    std::vector<std::string> parts;
    std::vector<std::pair<std::string, std::string>> query;
    bool operator==(const Question&) const = default;
};

std::string encoded(const std::string& text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return out;
}

std::string target_of(const Question& question) {
    std::string target = "/one";
    for (const std::string& part : question.parts) target += "/" + encoded(part);
    char before = '?';
    for (const auto& [name, value] : question.query) {
        target += before + encoded(name) + "=" + encoded(value);
        before = '&';
    }
    return target;
}

Question any_question() {
    const auto text = [](std::size_t least) {
        return *rc::gen::suchThat(
            rc::gen::container<std::string>(rc::gen::element('a', '1', '2', ':', '/', '&', '=', '\n')),
            [least](const std::string& t) { return t.size() >= least && t.size() < 6; });
    };
    Question question;
    question.parts.resize(*rc::gen::inRange<std::size_t>(1, 3));
    for (auto& part : question.parts) part = text(1);
    question.query.resize(*rc::gen::inRange<std::size_t>(0, 3));
    for (auto& [name, value] : question.query) {
        name = text(1);
        value = text(0);
    }
    return question;
}

TEST_P(KeptRoutes, TakeNoTwoQuestionsForOne) {
    world::Client ann = signed_in(1);
    rc::check([&] {
        const Question a = any_question(), b = any_question();
        const auto to_a = ann.get(target_of(a));
        RC_ASSERT(to_a.status == 200);
        RC_ASSERT((ann.get(target_of(b)).body == to_a.body) == (a == b));
        RC_ASSERT(ann.get(target_of(a)).body == to_a.body);
    });
}

}  // namespace
}  // namespace vv::api
