#include "world/api.h"

#include "api/http/authorise.h"
#include "api/http/faults.h"
#include "api/http/security.h"
#include "api/visavis/routes.h"
#include "app/sessions.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/outbox.h"
#include "world/contract.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace vv::world {
namespace json = boost::json;

namespace {

constexpr const char* kBase = "/api/visavis/v1";
constexpr const char* kOrigin = "https://visavis.example";

core::Account account_named(const std::string& handle, std::int64_t id, Instant now) {
    core::Account account;
    account.id = core::AccountId{id};
    account.handle = handle;
    account.email = handle + "@example.com";
    account.email_verified_at = now;
    account.full_name = handle;
    account.full_name.front() = static_cast<char>(account.full_name.front() - 'a' + 'A');
    account.zone = *Zone::find("America/Toronto");
    account.created_at = now;
    return account;
}

}  // namespace

json::value Answer::at(std::string_view pointer) const {
    boost::system::error_code failed;
    const json::value* found = body.find_pointer(pointer, failed);
    if (!found) ADD_FAILURE() << pointer << " is not in " << json::serialize(body);
    return found ? *found : json::value();
}

std::string Answer::text(std::string_view pointer) const {
    const json::value found = at(pointer);
    return found.is_string() ? std::string(found.get_string()) : json::serialize(found);
}

std::string Answer::header(std::string_view name) const {
    for (const auto& [have, value] : response.headers)
        if (have == name) return value;
    return {};
}

Answer Visitor::send(net::Method method, std::string_view path, std::string body) {
    net::Request request;
    request.method = method;
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    request.body = std::move(body);
    request.headers.emplace_back("origin", kOrigin);
    request.headers.emplace_back("user-agent", "Test browser");
    return send(path, std::move(request));
}

Answer Visitor::send(std::string_view path, net::Request request) {
    const std::string target = std::string(kBase) + std::string(path);
    const net::Method method = request.method;
    Answer answer;
    answer.response = client_.send(target, std::move(request));
    answer.status = answer.response.status;
    boost::system::error_code failed;
    answer.body = json::parse(answer.response.body, failed);
    const net::Router::Match match = router_->match(method, target.substr(0, target.find('?')));
    if (!match.route) return answer;
    const std::string fault = Contract::own().fault_of(method, match.route->pattern, answer.response);
    EXPECT_EQ(fault, "") << net::to_string(method) << " " << target << " " << answer.status << " "
                         << answer.response.body;
    return answer;
}

void ForEachApi::SetUp() {
    ForEachDatabase::SetUp();
    if (IsSkipped()) return;
    context.emplace(api::Context{db(), ids, [this] { return now; }, kOrigin, "/tmp", [] {}});
    api::visavis::add_routes(router, *context);
    router.set_guard([this](const net::Request& request) -> std::optional<net::Response> {
        const Result<Done> allowed = api::check_origin(request, context->base_url);
        return allowed ? std::nullopt : std::optional(api::respond(allowed.error()));
    });
}

core::AccountId ForEachApi::add_account(const std::string& handle, bool with_password) {
    // One hash serves every account of every test.
    static const std::string hash = hash_password(kPassword);
    const core::Account account = account_named(handle, ids.next(now), now);
    EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        EXPECT_TRUE(store::accounts::add(tx, account, with_password ? hash : "none"));
        return Done{};
    }));
    return account.id;
}

Visitor ForEachApi::signed_in(const std::string& handle) {
    const Instant at = now;
    const std::int64_t fresh = ids.next(at);
    const core::SessionId session{ids.next(at)};
    const auto opened = db().write_now([&](store::Tx& tx) -> Result<app::NewSession> {
        auto account = store::accounts::find_by_handle(tx, handle);
        if (!account) {
            account = account_named(handle, fresh, at);
            store::accounts::add(tx, *account, "none");
        }
        return app::open_session(tx, *account, {session, "Test browser", std::nullopt}, at);
    });
    EXPECT_TRUE(opened.ok());
    Visitor visitor(router);
    visitor.client().set_cookie(api::kSessionCookie, opened->token);
    return visitor;
}

std::vector<app::OutgoingMail> ForEachApi::take_mails() {
    store::outbox::Claim claim{"test", {app::kMailEffect}, now, now + std::chrono::hours(1), 1000};
    const auto claimed =
        db().write_now([&](store::Tx& tx) { return Result(store::outbox::claim(tx, claim)); });
    EXPECT_TRUE(claimed.ok());
    std::vector<app::OutgoingMail> mails;
    for (const auto& effect : *claimed) mails.push_back(*app::mail_of(effect.payload));
    return mails;
}

}  // namespace vv::world
