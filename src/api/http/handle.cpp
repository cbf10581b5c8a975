#include "api/http/handle.h"

#include "api/http/faults.h"
#include "api/http/security.h"

namespace vv::api {
namespace {

boost::asio::awaitable<net::Response> run(Context& context, Handle handler, net::Request request) {
    const bool may_write = changes_state(request.method);
    Result<net::Response> response = co_await handler(context, std::move(request));
    if (may_write) context.kept->forget_stale(context.now());
    if (!response) co_return respond(response.error());
    co_return *std::move(response);
}

}  // namespace

net::Handler handle(Context& context, Handle handler) {
    return [&context, handler](net::Request request) { return run(context, handler, std::move(request)); };
}

}  // namespace vv::api
