#include "api/visavis/network_asks.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/asks_json.h"
#include "api/visavis/meetings.h"
#include "api/visavis/people.h"
#include "app/network_asks.h"
#include "app/ways.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::int64_t kMostFitting = 100;

json::object render(const core::Brokering& brokering, Instant now) {
    const bool is_silent = brokering.silent_until && *brokering.silent_until > now;
    return {{"agrees", brokering.agrees},
            {"a_day", brokering.a_day},
            {"silent_until", is_silent ? to_json(brokering.silent_until) : json::value(nullptr)}};
}

/// GET /asks/ties
awaitable<Result<net::Response>> ties(Context& context, net::Request request) {
    CO_TRY(const auto people, co_await read_as(context, request, &app::list_ties));
    json::array items;
    for (const auto& person : people) items.push_back(render_row(person));
    co_return ok(page_json(std::move(items)));
}

/// POST /asks/:id/sends
awaitable<Result<net::Response>> send(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::SendAsk input;
    CO_TRY(input.ask, id_param<core::AskId>(request, "id"));
    CO_TRY(input.people, ids_field<core::PersonId>(body, "people", core::kNetworkAskLimits.at_once));
    input.desk = meeting_desk(context);
    CO_TRY(const int sent, co_await write_as(context, request, &app::send_ask, std::move(input)));
    co_return ok(json::object{{"sent", sent}});
}

/// PUT /asks/:id/communities/:community
awaitable<Result<net::Response>> put_to_community(Context& context, net::Request request) {
    app::AskCommunity input;
    CO_TRY(input.ask, id_param<core::AskId>(request, "id"));
    CO_TRY(input.community, id_param<core::CommunityId>(request, "community"));
    input.desk = meeting_desk(context);
    CO_TRY(const int members, co_await write_as(context, request, &app::ask_community, std::move(input)));
    co_return ok(json::object{{"members", members}});
}

/// PUT /asks/:id/result
awaitable<Result<net::Response>> share(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string url, text_field(body, "url"));
    CO_TRY(const auto view, co_await write_as(context, request, &app::share_result, id, std::move(url),
                                              meeting_desk(context)));
    co_return ok(render_ask(view));
}

/// GET /asks/received
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto received, co_await read_as(context, request, &app::list_received));
    json::array items;
    for (const auto& one : received) items.push_back(render_received(one));
    co_return ok(page_json(std::move(items)));
}

/// GET /asks/received/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskSendId>(request, "id"));
    CO_TRY(const auto limit, integer_query(request, "limit", 1, kMostFitting));
    CO_TRY(const auto page, co_await read_as(context, request, &app::received_page, id,
                                             static_cast<std::size_t>(limit.value_or(20))));
    json::object body = render_received(page.received);
    body["fitting"] = render_fitting(page.fitting, page.received.ask);
    body["introductions"] = render_introductions(page.introductions);
    co_return ok(body);
}

/// POST /asks/received/:id/decline
awaitable<Result<net::Response>> decline(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskSendId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done declined, co_await write_as(context, request, &app::decline_ask, id));
    co_return no_content();
}

/// GET /asks/ways?to=
awaitable<Result<net::Response>> ways(Context& context, net::Request request) {
    const auto to = text_query(request, "to");
    if (!to) co_return bad_field("to", "is the handle of an account");
    CO_TRY(const auto found, co_await write_as(context, request, &app::find_ways, *to, context.ways));
    json::array first;
    for (const auto& person : found.first) first.push_back(render_row(person));
    co_return ok(json::object{{"ready", found.is_ready}, {"first", std::move(first)}});
}

/// GET /asks/brokering
awaitable<Result<net::Response>> show_brokering(Context& context, net::Request request) {
    CO_TRY(const auto brokering, co_await read_as(context, request, &app::get_brokering));
    co_return ok(render(brokering, context.now()));
}

/// PUT /asks/brokering
awaitable<Result<net::Response>> set_brokering(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    core::Brokering wanted;
    CO_TRY(wanted.agrees, bool_field(body, "agrees"));
    CO_TRY(const auto a_day, integer_field(body, "a_day", 0, core::kNetworkAskLimits.most_welcome));
    wanted.a_day = static_cast<int>(a_day);
    CO_TRY(wanted.silent_until, optional_time(body, "silent_until"));
    CO_TRY(const auto brokering, co_await write_as(context, request, &app::set_brokering, wanted));
    co_return ok(render(brokering, context.now()));
}

}  // namespace

void add_network_asks_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/asks";
    router.add(Method::get, base + "/ways", handle(context, &ways));
    router.add(Method::get, base + "/ties", handle(context, &ties));
    router.add(Method::get, base + "/received", handle(context, &list));
    router.add(Method::get, base + "/received/:id", handle(context, &show));
    router.add(Method::post, base + "/received/:id/decline", handle(context, &decline));
    router.add(Method::get, base + "/brokering", handle(context, &show_brokering));
    router.add(Method::put, base + "/brokering", handle(context, &set_brokering));
    router.add(Method::post, base + "/:id/sends", handle(context, &send));
    router.add(Method::put, base + "/:id/communities/:community", handle(context, &put_to_community));
    router.add(Method::put, base + "/:id/result", handle(context, &share));
}

}  // namespace vv::api::visavis
