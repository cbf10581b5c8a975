#include "api/visavis/blocks.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "app/blocks.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(const store::blocks::Block& block) {
    json::object account;
    account["id"] = to_string(block.account.id);
    account["handle"] = block.account.handle;
    account["name"] = block.account.name;
    json::object body;
    body["account"] = std::move(account);
    body["since"] = format_rfc3339(block.since);
    return body;
}

/// GET /blocks
awaitable<Result<net::Response>> list_blocks(Context& context, net::Request request) {
    CO_TRY(const auto blocks, co_await read_as(context, request, &app::list_blocks));
    json::array items;
    for (const auto& block : blocks) items.push_back(render(block));
    co_return ok(page_json(std::move(items)));
}

/// PUT /blocks/:handle
awaitable<Result<net::Response>> block(Context& context, net::Request request) {
    std::string handle = request.param("handle");
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::block_handle, std::move(handle), std::move(desk)));
    context.wake_jobs();
    co_return no_content();
}

/// DELETE /blocks/:handle
awaitable<Result<net::Response>> unblock(Context& context, net::Request request) {
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::unblock_handle, std::move(handle)));
    co_return no_content();
}

}  // namespace

void add_blocks_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/blocks";
    router.add(Method::get, base, handle(context, &list_blocks));
    router.add(Method::put, base + "/:handle", handle(context, &block));
    router.add(Method::delete_, base + "/:handle", handle(context, &unblock));
}

}  // namespace vv::api::visavis
