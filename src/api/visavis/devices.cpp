#include "api/visavis/devices.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/devices.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(const core::Device& device) {
    json::object body;
    body["id"] = to_string(device.id);
    body["name"] = device.name;
    body["public_key"] = device.public_key;
    body["created_at"] = format_rfc3339(device.created_at);
    body["seen_at"] = to_json(device.seen_at);
    return body;
}

/// GET /devices
awaitable<Result<net::Response>> list_devices(Context& context, net::Request request) {
    CO_TRY(const auto devices, co_await read_as(context, request, &app::list_devices));
    json::array items;
    for (const auto& device : devices) items.push_back(render(device));
    co_return ok(page_json(std::move(items)));
}

/// POST /devices
awaitable<Result<net::Response>> add_device(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::NewDevice input;
    input.id = core::DeviceId{context.ids.next(context.now())};
    CO_TRY(input.name, text_field(body, "name", 400));
    CO_TRY(input.public_key, text_field(body, "public_key", 400));
    CO_TRY(const core::Device device,
           co_await write_as(context, request, &app::add_device, std::move(input)));
    co_return created(render(device));
}

/// DELETE /devices/:id
awaitable<Result<net::Response>> revoke_device(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::DeviceId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::revoke_device, id));
    co_return no_content();
}

}  // namespace

void add_devices_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/devices";
    router.add(Method::get, base, handle(context, &list_devices));
    router.add(Method::post, base, handle(context, &add_device));
    router.add(Method::delete_, base + "/:id", handle(context, &revoke_device));
}

}  // namespace vv::api::visavis
