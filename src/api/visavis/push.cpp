#include "api/visavis/push.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/push.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostUrl = 1'000;

json::object render(const core::PushDevice& device) {
    json::object body;
    body["id"] = to_string(device.id);
    body["name"] = device.name;
    body["endpoint"] = device.endpoint;
    body["shows"] = core::to_string(device.wishes.shows);
    body["reminders"] = device.wishes.reminders;
    body["notices"] = device.wishes.notices;
    body["created_at"] = format_rfc3339(device.created_at);
    body["told_at"] = to_json(device.told_at);
    return body;
}

Result<core::PushWishes> parse_wishes(const json::object& body) {
    core::PushWishes wishes;
    TRY(const std::string shows, text_field(body, "shows", 10));
    const auto known = core::parse_push_shows(shows);
    if (!known) return bad_field("shows", "is 'kind' or 'words'");
    wishes.shows = *known;
    TRY(wishes.reminders, bool_field(body, "reminders"));
    TRY(wishes.notices, bool_field(body, "notices"));
    return wishes;
}

Result<app::NewPushDevice> parse_device(const json::object& body) {
    app::NewPushDevice wanted;
    TRY(wanted.name, text_field(body, "name", 400));
    TRY(wanted.endpoint, text_field(body, "endpoint", kMostUrl));
    TRY(wanted.public_key, text_field(body, "p256dh", 200));
    TRY(wanted.auth, text_field(body, "auth", 100));
    TRY(const auto replaces, optional_text(body, "replaces", kMostUrl));
    wanted.replaces = replaces.value_or("");
    TRY(wanted.wishes, parse_wishes(body));
    return wanted;
}

/// GET /push/key
awaitable<Result<net::Response>> show_key(Context& context, net::Request request) {
    CO_TRY(const std::string key, co_await write_as(context, request, &app::push_key));
    json::object body;
    body["key"] = key;
    co_return ok(std::move(body));
}

/// GET /push/devices
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto devices, co_await read_as(context, request, &app::list_push_devices));
    json::array items;
    for (const auto& device : devices) items.push_back(render(device));
    co_return ok(page_json(std::move(items)));
}

/// POST /push/devices
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::NewPushDevice wanted, parse_device(body));
    CO_TRY(wanted.session_hash, session_hash_of(request));
    wanted.id = core::PushDeviceId{context.ids.next(context.now())};
    CO_TRY(const auto device, co_await write_as(context, request, &app::add_push_device, std::move(wanted),
                                                context.push_endpoints));
    co_return created(render(device));
}

/// PUT /push/devices/:id
awaitable<Result<net::Response>> set(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PushDeviceId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const core::PushWishes wishes, parse_wishes(body));
    CO_TRY(const auto device, co_await write_as(context, request, &app::set_push_wishes, id, wishes));
    co_return ok(render(device));
}

/// DELETE /push/devices/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PushDeviceId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::remove_push_device, id));
    co_return no_content();
}

/// POST /push/devices/:id/try
awaitable<Result<net::Response>> try_out(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PushDeviceId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::try_push_device, id));
    co_return no_content();
}

}  // namespace

void add_push_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/push";
    router.add(Method::get, base + "/key", handle(context, &show_key));
    router.add(Method::get, base + "/devices", handle(context, &list));
    router.add(Method::post, base + "/devices", handle(context, &add));
    router.add(Method::put, base + "/devices/:id", handle(context, &set));
    router.add(Method::delete_, base + "/devices/:id", handle(context, &remove));
    router.add(Method::post, base + "/devices/:id/try", handle(context, &try_out));
}

}  // namespace vv::api::visavis
