#include "api/calendar/routes.h"

#include "api/http/handle.h"
#include "app/calendar.h"

namespace vv::api::calendar {
namespace {

/// GET /calendar/:file — whoever has the address reads it; a calendar program sends no cookie.
boost::asio::awaitable<Result<net::Response>> show_feed(Context& context, net::Request request) {
    std::string secret = request.param("file");
    if (secret.ends_with(".ics")) secret.resize(secret.size() - 4);
    CO_TRY(std::string feed,
           co_await context.db.read(&app::calendar_feed, std::move(secret), context.base_url, context.now()));
    net::Response response(200, "text/calendar; charset=utf-8", std::move(feed));
    response.with("cache-control", "no-store");
    co_return response;
}

}  // namespace

void add_routes(net::Router& router, Context& context) {
    router.add(net::Method::get, "/calendar/:file", handle(context, &show_feed));
}

}  // namespace vv::api::calendar
