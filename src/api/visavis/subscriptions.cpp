#include "api/visavis/subscriptions.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/subscriptions.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

// Without the password: it goes to the other server and nowhere else.
json::object render(const app::Subscription& s) {
    json::value error = nullptr;
    if (!s.error_code.empty()) error = {{"code", s.error_code}, {"message", s.error}};
    const std::optional<Instant> next = s.is_stopped ? std::nullopt : std::optional(s.next_at);
    return {{"id", to_string(s.id)},
            {"name", s.name},
            {"kind", text_or_null(s.kind)},
            {"url", s.url},
            {"user", text_or_null(s.user)},
            {"every_minutes", s.every_minutes},
            {"checked_at", to_json(s.checked_at)},
            {"changed_at", to_json(s.changed_at)},
            {"next_at", to_json(next)},
            {"error", std::move(error)}};
}

Result<app::NewSubscription> parse_new(const json::object& body) {
    app::NewSubscription wanted;
    TRY(wanted.url, text_field(body, "url", 2000));
    TRY(const auto name, optional_text(body, "name", 100));
    TRY(const auto user, optional_text(body, "user", 1000));
    TRY(const auto password, optional_text(body, "password", 1000));
    TRY(const auto every, optional_integer(body, "every_minutes", core::kLeastMinutes, core::kMostMinutes));
    wanted.name = name.value_or("");
    wanted.user = user.value_or("");
    wanted.password = password.value_or("");
    wanted.every_minutes = static_cast<int>(every.value_or(core::kUsualMinutes));
    return wanted;
}

/// GET /subscriptions
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto all, co_await read_as(context, request, &app::list_subscriptions));
    json::array items;
    for (const auto& one : all) items.push_back(render(one));
    co_return ok(page_json(std::move(items)));
}

/// POST /subscriptions
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::NewSubscription wanted, parse_new(body));
    CO_TRY(const auto added,
           co_await write_as(context, request, &app::add_subscription, std::move(wanted), &context.ids));
    co_return created(render(added));
}

/// DELETE /subscriptions/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<app::SubscriptionId>(request, "id"));
    CO_TRY(const Done done, co_await write_as(context, request, &app::remove_subscription, id));
    static_cast<void>(done);
    co_return no_content();
}

}  // namespace

void add_subscriptions_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/subscriptions";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &add));
    router.add(Method::delete_, base + "/:id", handle(context, &remove));
}

}  // namespace vv::api::visavis
