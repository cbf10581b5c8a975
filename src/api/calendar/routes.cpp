#include "api/calendar/routes.h"

#include "api/calendar/dav.h"
#include "api/http/handle.h"
#include "app/calendar.h"
#include "app/free_time.h"

namespace vv::api::calendar {
namespace {

/// GET /calendar/:file — whoever has the address reads it; a calendar program sends no cookie. SECRET.ifb is
/// free and busy time, and its secret another one.
boost::asio::awaitable<Result<net::Response>> show_feed(Context& context, net::Request request) {
    std::string secret = request.param("file");
    const bool is_free_busy = secret.ends_with(".ifb");
    if (is_free_busy || secret.ends_with(".ics")) secret.resize(secret.size() - 4);
    Result<std::string> feed = std::string();
    if (is_free_busy)
        feed = co_await context.db.read(&app::free_busy, std::move(secret), context.now());
    else
        feed =
            co_await context.db.read(&app::calendar_feed, std::move(secret), context.base_url, context.now());
    if (!feed) co_return std::move(feed.error());
    net::Response response(200, "text/calendar; charset=utf-8", *std::move(feed));
    response.with("cache-control", "no-store");
    co_return response;
}

}  // namespace

void add_routes(net::Router& router, Context& context) {
    router.add(net::Method::get, "/calendar/:file", handle(context, &show_feed));
    add_dav_routes(router, context);
}

}  // namespace vv::api::calendar
