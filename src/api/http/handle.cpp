#include "api/http/handle.h"

#include "api/http/faults.h"

namespace vv::api {
namespace {

boost::asio::awaitable<net::Response> run(Context& context, Handle handler, net::Request request) {
    Result<net::Response> response = co_await handler(context, std::move(request));
    if (!response) co_return respond(response.error());
    co_return *std::move(response);
}

}  // namespace

net::Handler handle(Context& context, Handle handler) {
    return [&context, handler](net::Request request) { return run(context, handler, std::move(request)); };
}

}  // namespace vv::api
