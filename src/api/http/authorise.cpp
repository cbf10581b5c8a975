#include "api/http/authorise.h"

#include "api/http/faults.h"

namespace vv::api {

using boost::asio::awaitable;

Result<std::string> session_hash_of(const net::Request& request) {
    const auto cookie = request.cookie(kSessionCookie);
    if (!cookie || cookie->empty()) return Error(Fault::unauthenticated, "session.none", "Sign in first.");
    return app::session_hash(*cookie);
}

awaitable<void> keep_session(Context& context, app::SignedIn who) {
    [[maybe_unused]] const Result<Done> kept =
        co_await context.db.write(&app::touch_session, who.session, who.caller.now);
}

Error account_leaving() {
    return Error(
        Fault::forbidden, "account.leaving",
        "This account is on its way out and changes nothing any more; keep it first, in the settings.");
}

awaitable<Result<app::SignedIn>> authorise(Context& context, const net::Request& request, Leaving leaving) {
    CO_TRY(std::string hash, session_hash_of(request));
    CO_TRY(app::SignedIn who, co_await context.db.read(&app::find_session, std::move(hash), context.now()));
    const bool only_reads = request.method == net::Method::get || request.method == net::Method::head;
    if (who.is_leaving && !only_reads && leaving == Leaving::refused) co_return account_leaving();
    if (who.is_stale) co_await keep_session(context, who);
    co_return who;
}

namespace {

awaitable<net::Response> admit(Context& context, net::Request request) {
    const Result<app::SignedIn> who = co_await authorise(context, request);
    if (!who) co_return respond(who.error());
    co_return net::Response();
}

}  // namespace

net::Handler admit_signed_in(Context& context) {
    return [&context](net::Request request) { return admit(context, std::move(request)); };
}

}  // namespace vv::api
