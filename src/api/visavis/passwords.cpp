#include "api/visavis/passwords.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/visavis/accounts.h"
#include "app/passwords.h"
#include "app/throttles.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

app::Link new_link(Context& context) {
    return {core::InviteId{context.ids.next(context.now())}, context.base_url};
}

net::Response in_the_mail() {
    net::Response response = no_content();
    response.status = 202;
    return response;
}

awaitable<Result<Done>> count(Context& context, app::Throttle what, std::string subject) {
    return context.db.write(&app::count_try, what, std::move(subject), context.now());
}

/// POST /account/password
awaitable<Result<net::Response>> change_password(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string current, text_field(body, "current"));
    CO_TRY(std::string wanted, text_field(body, "new"));
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    CO_TRY([[maybe_unused]] const Done good,
           co_await context.db.read(&app::check_new_password, who.caller, wanted));
    app::PasswordChange change;
    CO_TRY(change.old_hash, co_await check_password(context, who.caller, std::move(current), "current"));
    CO_TRY(change.new_hash, co_await context.passwords->hash(std::move(wanted)));
    change.browser = browser_of(context, request, who.caller.now);
    change.link = new_link(context);
    CO_TRY(const app::NewSession session,
           co_await context.db.write(&app::change_password, who.caller, std::move(change)));
    context.wake_jobs();
    net::Response response = no_content();
    set_session_cookie(response, context, request, session.token);
    co_return response;
}

/// POST /account/email
awaitable<Result<net::Response>> change_email(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string email, text_field(body, "email", 400));
    CO_TRY(std::string password, text_field(body, "password"));
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    CO_TRY([[maybe_unused]] const std::string hash,
           co_await check_password(context, who.caller, std::move(password), "password"));
    CO_TRY([[maybe_unused]] const Done counted,
           co_await count(context, app::Throttle::mail_address, request.remote));
    app::Link link = new_link(context);
    CO_TRY(const core::Account account,
           co_await context.db.write(&app::change_address, who.caller, std::move(email), std::move(link)));
    CO_TRY([[maybe_unused]] const Done ended,
           co_await context.db.write(&app::end_password_check, who.caller));
    context.wake_jobs();
    co_return accepted(render(account));
}

/// POST /account/email/verification
awaitable<Result<net::Response>> ask_for_confirmation(Context& context, net::Request request) {
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    CO_TRY([[maybe_unused]] const Done counted,
           co_await count(context, app::Throttle::mail_address, request.remote));
    app::Link link = new_link(context);
    CO_TRY([[maybe_unused]] const Done asked,
           co_await context.db.write(&app::ask_for_confirmation, who.caller, std::move(link)));
    context.wake_jobs();
    co_return in_the_mail();
}

/// POST /email/verify
awaitable<Result<net::Response>> verify_email(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string token, text_field(body, "token", 400));
    CO_TRY([[maybe_unused]] const Done counted,
           co_await count(context, app::Throttle::token_address, request.remote));
    CO_TRY([[maybe_unused]] const Done confirmed,
           co_await context.db.write(&app::confirm_address, std::move(token), context.now()));
    json::object answer;
    answer["email_verified"] = true;
    co_return ok(answer);
}

// Longer than what is done for an address that has an account: how long the answer takes must not tell.
constexpr std::chrono::milliseconds kResetTakes{250};

/// POST /password/reset: the same answer, after the same time, whether there is such an account or not.
awaitable<Result<net::Response>> ask_for_reset(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string email, text_field(body, "email", 400));
    CO_TRY([[maybe_unused]] const Done counted,
           co_await count(context, app::Throttle::mail_address, request.remote));
    boost::asio::steady_timer end(co_await boost::asio::this_coro::executor, kResetTakes);
    app::Link link = new_link(context);
    CO_TRY([[maybe_unused]] const Done asked,
           co_await context.db.write(&app::ask_for_reset, std::move(email), std::move(link), context.now()));
    context.wake_jobs();
    co_await end.async_wait(boost::asio::use_awaitable);
    co_return in_the_mail();
}

/// POST /password/reset/confirm
awaitable<Result<net::Response>> reset_password(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string token, text_field(body, "token", 400));
    CO_TRY(std::string password, text_field(body, "password"));
    const Instant now = context.now();
    CO_TRY([[maybe_unused]] const Done counted,
           co_await count(context, app::Throttle::token_address, request.remote));
    CO_TRY([[maybe_unused]] const Done good,
           co_await context.db.read(&app::check_reset, token, password, now));
    CO_TRY(std::string hash, co_await context.passwords->hash(std::move(password)));
    app::Link link = new_link(context);
    CO_TRY([[maybe_unused]] const Done set, co_await context.db.write(&app::reset_password, std::move(token),
                                                                      std::move(hash), std::move(link), now));
    context.wake_jobs();
    co_return no_content();
}

}  // namespace

awaitable<Result<std::string>> check_password(Context& context, app::Caller caller, std::string password,
                                              std::string field) {
    CO_TRY(std::string hash, co_await context.db.write(&app::begin_password_check, caller));
    CO_TRY(const bool fits, co_await context.passwords->fits(std::move(password), hash));
    if (!fits)
        co_return Error(Fault::forbidden, "account.password_wrong",
                        "This is not your password; type it again.")
            .at(std::move(field));
    co_return hash;
}

void add_passwords_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::post, base + "/account/password", handle(context, &change_password));
    router.add(Method::post, base + "/account/email", handle(context, &change_email));
    router.add(Method::post, base + "/account/email/verification", handle(context, &ask_for_confirmation));
    router.add(Method::post, base + "/email/verify", handle(context, &verify_email));
    router.add(Method::post, base + "/password/reset", handle(context, &ask_for_reset));
    router.add(Method::post, base + "/password/reset/confirm", handle(context, &reset_password));
}

}  // namespace vv::api::visavis
