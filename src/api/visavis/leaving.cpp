#include "api/visavis/leaving.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/visavis/accounts.h"
#include "api/visavis/passwords.h"
#include "app/leaving.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

app::MeetingDesk desk_of(Context& context) {
    return {&context.ids, context.base_url, context.mail_from, context.mailbox};
}

/// POST /account/deletion
awaitable<Result<net::Response>> leave(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string password, text_field(body, "password"));
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    CO_TRY([[maybe_unused]] const Done may, co_await context.db.read(&app::may_leave, who.caller));
    app::LeaveAccount input;
    CO_TRY(input.password_hash,
           co_await check_password(context, who.caller, std::move(password), "password"));
    input.desk = desk_of(context);
    CO_TRY(const Instant at, co_await context.db.write(&app::leave_account, who.caller, std::move(input)));
    context.wake_jobs();
    json::object answer;
    answer["leaves_at"] = format_rfc3339(at);
    net::Response response = ok(answer);
    set_session_cookie(response, context, request, "");
    co_return response;
}

/// DELETE /account/deletion
awaitable<Result<net::Response>> keep(Context& context, net::Request request) {
    CO_TRY(const app::SignedIn who, co_await authorise(context, request, Leaving::allowed));
    CO_TRY([[maybe_unused]] const Done kept, co_await context.db.write(&app::keep_account, who.caller));
    co_return no_content();
}

}  // namespace

void add_leaving_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string path = "/api/visavis/v1/account/deletion";
    router.add(Method::post, path, handle(context, &leave));
    router.add(Method::delete_, path, handle(context, &keep));
}

}  // namespace vv::api::visavis
