#include "api/visavis/sessions.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/accounts.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

/// POST /session
awaitable<Result<net::Response>> sign_in(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    const Instant now = context.now();
    app::SignIn input;
    CO_TRY(input.login, text_field(body, "login", 400));
    CO_TRY(std::string password, text_field(body, "password"));
    input.address = request.remote;
    CO_TRY(app::Challenge challenge, co_await context.db.write(&app::begin_sign_in, std::move(input), now));
    CO_TRY(const bool fits, co_await context.passwords->fits(std::move(password), challenge.password_hash));
    if (!fits) co_return app::wrong_password();
    app::Browser browser = browser_of(context, request, now);
    CO_TRY(const app::NewSession session,
           co_await context.db.write(&app::finish_sign_in, std::move(challenge), std::move(browser), now));
    co_return signed_in(context, request, 200, session);
}

/// DELETE /session: whatever the cookie was, it is gone afterwards.
awaitable<Result<net::Response>> sign_out(Context& context, net::Request request) {
    if (auto hash = session_hash_of(request)) {
        CO_TRY([[maybe_unused]] const Done done, co_await context.db.write(&app::sign_out, *std::move(hash)));
    }
    net::Response response = no_content();
    set_session_cookie(response, context, request, "");
    co_return response;
}

/// GET /sessions
awaitable<Result<net::Response>> list_sessions(Context& context, net::Request request) {
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    CO_TRY(const auto sessions, co_await context.db.read(&app::list_sessions, who.caller));
    json::array items;
    for (const auto& session : sessions) {
        json::object item;
        item["id"] = to_string(session.id);
        item["user_agent"] = session.user_agent;
        item["created_at"] = format_rfc3339(session.created_at);
        item["seen_at"] = format_rfc3339(session.seen_at);
        item["current"] = session.id == who.session;
        items.push_back(std::move(item));
    }
    co_return ok(page_json(std::move(items)));
}

/// DELETE /sessions/:id
awaitable<Result<net::Response>> end_session(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::SessionId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::end_session, id));
    co_return no_content();
}

}  // namespace

void add_sessions_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::post, base + "/session", handle(context, &sign_in));
    router.add(Method::delete_, base + "/session", handle(context, &sign_out));
    router.add(Method::get, base + "/sessions", handle(context, &list_sessions));
    router.add(Method::delete_, base + "/sessions/:id", handle(context, &end_session));
}

}  // namespace vv::api::visavis
