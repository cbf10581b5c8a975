#include "api/visavis/accounts.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "app/accounts.h"
#include "app/leaving.h"
#include "app/sign_up.h"
#include "app/throttles.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostText = 400;  // bytes of a field before its own rule is asked

Result<std::optional<core::Home>> home_field(const json::object& body) {
    TRY(const json::object* home, optional_object(body, "home"));
    if (!home) return std::optional<core::Home>();
    TRY(const std::optional<std::string> name, optional_text(*home, "name", kMostText));
    TRY(const std::optional<LatLng> at, optional_place(*home, "at"));
    if (!at) return bad_field("home", "needs its place, \"at\": [latitude, longitude]");
    return std::optional(core::Home{name.value_or(""), *at});
}

Result<app::AccountForm> parse_form(const json::object& body) {
    app::AccountForm form;
    TRY(form.handle, text_field(body, "handle", kMostText));
    TRY(form.full_name, text_field(body, "full_name", kMostText));
    TRY(form.email, text_field(body, "email", kMostText));
    TRY(form.password, text_field(body, "password"));
    TRY(form.zone, text_field(body, "zone", kMostText));
    TRY(form.home, home_field(body));
    return form;
}

/// GET /server
awaitable<Result<net::Response>> show_server(Context& context, net::Request request) {
    CO_TRY(const bool has_accounts, co_await context.db.read(&app::has_accounts));
    const Result<app::SignedIn> who = co_await authorise(context, request);
    json::object body;
    body["name"] = context.server_name;
    body["url"] = context.base_url;
    body["version"] = VV_VERSION;
    body["sign_up"] = core::to_string(context.sign_up);
    body["needs_setup"] = !has_accounts;
    body["now"] = format_rfc3339(context.now());
    body["operator"] = context.operator_text.empty() ? json::value() : json::value(context.operator_text);
    body["signed_in"] = who.ok();
    co_return ok(body);
}

// The way of every new account: count the try, look whether it may be, hash, make it.
awaitable<Result<net::Response>> open_account(Context& context, net::Request request,
                                              app::Admission admission, app::AccountForm form) {
    const Instant now = context.now();
    CO_TRY([[maybe_unused]] const Done counted,
           co_await context.db.write(&app::count_try, app::Throttle::sign_up_address, request.remote, now));
    std::string password = form.password;
    app::SignUp input;
    CO_TRY(input.created.account,
           co_await context.db.read(&app::begin_sign_up, admission, std::move(form), now));
    CO_TRY(input.created.password_hash, co_await context.passwords->hash(std::move(password)));
    input.admission = std::move(admission);
    input.created.account.id = core::AccountId{context.ids.next(now)};
    input.browser = browser_of(context, request, now);
    input.mail_token = core::InviteId{context.ids.next(now)};
    input.base_url = context.base_url;
    CO_TRY(const app::NewSession session,
           co_await context.db.write(&app::finish_sign_up, std::move(input), now));
    context.wake_jobs();
    co_return signed_in(context, request, 201, session);
}

/// POST /setup
awaitable<Result<net::Response>> set_up(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::Admission admission;
    admission.kind = app::Admission::Kind::setup;
    CO_TRY(admission.secret, text_field(body, "token", kMostText));
    CO_TRY(app::AccountForm form, parse_form(body));
    co_return co_await open_account(context, std::move(request), std::move(admission), std::move(form));
}

/// POST /accounts
awaitable<Result<net::Response>> sign_up(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::Admission admission;
    admission.policy = context.sign_up;
    CO_TRY(const std::optional<std::string> invite, optional_text(body, "invite", kMostText));
    admission.secret = invite.value_or("");
    CO_TRY(app::AccountForm form, parse_form(body));
    co_return co_await open_account(context, std::move(request), std::move(admission), std::move(form));
}

/// GET /account
awaitable<Result<net::Response>> show_account(Context& context, net::Request request) {
    CO_TRY(const app::OwnAccount own, co_await read_as(context, request, &app::find_own_account));
    co_return ok(render(own.account, own.leaves_at));
}

/// PATCH /account
awaitable<Result<net::Response>> change_account(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::ProfileChange change;
    CO_TRY(change.full_name, optional_text(body, "full_name", kMostText));
    CO_TRY(change.zone, optional_text(body, "zone", kMostText));
    CO_TRY(change.findable, optional_bool(body, "findable"));
    CO_TRY(change.locale, optional_text(body, "locale", kMostText));
    if (body.contains("home")) {  // null takes the home away
        CO_TRY(change.home, home_field(body));
    }
    CO_TRY(const core::Account account,
           co_await write_as(context, request, &app::change_profile, std::move(change)));
    co_return ok(render(account));
}

json::object render_feed(bool is_active, json::value url) {
    json::object body;
    body["active"] = is_active;
    body["url"] = std::move(url);
    return body;
}

/// GET /calendar-feed
awaitable<Result<net::Response>> show_feed(Context& context, net::Request request) {
    CO_TRY(const bool is_active, co_await read_as(context, request, &app::has_feed));
    co_return ok(render_feed(is_active, nullptr));
}

/// POST /calendar-feed
awaitable<Result<net::Response>> make_feed(Context& context, net::Request request) {
    CO_TRY(const std::string secret, co_await write_as(context, request, &app::make_feed));
    co_return ok(render_feed(true, json::value(context.base_url + "/calendar/" + secret + ".ics")));
}

/// DELETE /calendar-feed
awaitable<Result<net::Response>> remove_feed(Context& context, net::Request request) {
    CO_TRY([[maybe_unused]] const Done removed, co_await write_as(context, request, &app::remove_feed));
    co_return no_content();
}

}  // namespace

json::object render(const core::Account& account, std::optional<Instant> leaves_at) {
    json::object body;
    body["id"] = to_string(account.id);
    body["handle"] = account.handle;
    body["full_name"] = account.full_name;
    body["email"] = account.email;
    body["email_verified"] = account.email_verified_at.has_value();
    body["zone"] = account.zone.name();
    body["home"] = nullptr;
    if (account.home) {
        json::object home;
        home["name"] = account.home->name;
        home["at"] = to_json(std::optional(account.home->at));
        body["home"] = std::move(home);
    }
    body["findable"] = account.findable;
    body["is_admin"] = account.is_admin;
    body["locale"] = account.locale;
    body["created_at"] = format_rfc3339(account.created_at);
    body["leaves_at"] = to_json(leaves_at);
    return body;
}

app::Browser browser_of(Context& context, const net::Request& request, Instant now) {
    app::Browser browser;
    browser.session = core::SessionId{context.ids.next(now)};
    browser.user_agent = request.header("user-agent").value_or("");
    if (const auto hash = session_hash_of(request)) browser.replaced_hash = *hash;
    return browser;
}

void set_session_cookie(net::Response& response, const Context& context, const net::Request& request,
                        const std::string& token) {
    // The server decides when a session ends; a year is as long as one can be.
    std::string cookie = std::string(kSessionCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Lax";
    cookie += token.empty() ? "; Max-Age=0" : "; Max-Age=31536000";
    if (request.secure || context.base_url.starts_with("https://")) cookie += "; Secure";
    response.with("set-cookie", std::move(cookie));
}

net::Response signed_in(const Context& context, const net::Request& request, int status,
                        const app::NewSession& session) {
    net::Response response = ok(render(session.account, session.leaves_at));
    response.status = status;
    set_session_cookie(response, context, request, session.token);
    return response;
}

void add_accounts_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::get, base + "/server", handle(context, &show_server));
    router.add(Method::post, base + "/setup", handle(context, &set_up));
    router.add(Method::post, base + "/accounts", handle(context, &sign_up));
    router.add(Method::get, base + "/account", handle(context, &show_account));
    router.add(Method::patch, base + "/account", handle(context, &change_account));
    router.add(Method::get, base + "/calendar-feed", handle(context, &show_feed));
    router.add(Method::post, base + "/calendar-feed", handle(context, &make_feed));
    router.add(Method::delete_, base + "/calendar-feed", handle(context, &remove_feed));
}

}  // namespace vv::api::visavis
