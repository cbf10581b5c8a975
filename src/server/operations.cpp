#include "server/operations.h"

namespace vv::server {
namespace {

using boost::asio::awaitable;

Result<Done> touch(store::Tx&) {
    return Done{};
}

net::Response plain(int status, std::string text) {
    net::Response response(status, "text/plain; charset=utf-8", std::move(text));
    response.with("cache-control", "no-store");
    return response;
}

awaitable<net::Response> answer_health(net::Request) {
    co_return plain(200, "ok\n");
}

awaitable<net::Response> answer_ready(Operations& operations, net::Request) {
    if (operations.draining) co_return plain(503, "stopping\n");
    const Result<Done> reached = co_await operations.db.read(&touch);
    if (!reached) co_return plain(503, "no database\n");
    co_return plain(200, "ready\n");
}

// A forwarded request is a stranger's, even when a proxy that we were not told of sends it from the loopback
// address.
awaitable<net::Response> answer_metrics(Operations& operations, net::Request request) {
    const bool forwarded = request.header("x-forwarded-for") || request.header("forwarded");
    if (forwarded || !operations.metrics_from.contains(request.remote))
        co_return net::error_response(404, "http.not_found", "There is nothing at this address.");
    net::Response response(200, "text/plain; version=0.0.4; charset=utf-8", operations.metrics.text());
    co_return response;
}

}  // namespace

void add_operations(net::Router& router, Operations& operations) {
    router.add(net::Method::get, "/healthz", answer_health);
    router.add(net::Method::get, "/readyz",
               [&operations](net::Request request) { return answer_ready(operations, std::move(request)); });
    router.add(net::Method::get, "/metrics", [&operations](net::Request request) {
        return answer_metrics(operations, std::move(request));
    });
}

}  // namespace vv::server
