#include "server/operations.h"

#include "store/server_values.h"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace vv::server {
namespace {

using boost::asio::awaitable;

constexpr long long kProbeEvery = 5'000;         // milliseconds
constexpr std::uintmax_t kLeastRoom = 4U << 20;  // bytes; below it the next upload or commit fails

Result<Done> leave_mark(store::Tx& tx, long long at) {
    store::server_values::put(tx, "probed_at", std::to_string(at));
    return Done{};
}

// Whether the disk under the data is about full; what can't be asked is not.
bool is_full(const std::string& folder) {
    std::error_code failed;
    const auto space = std::filesystem::space(folder, failed);
    return !failed && space.available < kLeastRoom;
}

// A write that is kept: reads go on when the disk is full or the database read-only. Anybody may ask, so it
// is not tried anew for everybody.
awaitable<bool> takes_writes(Operations& operations) {
    const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
    const long long now = std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
    const long long last = operations.probed_at;
    if (last != 0 && now - last < kProbeEvery) co_return operations.is_writable;
    operations.probed_at = now;
    const Result<Done> written = co_await operations.db.write(&leave_mark, now);
    operations.is_writable = written.ok();
    co_return written.ok();
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
    if (is_full(operations.data_folder)) co_return plain(503, "disk full\n");
    const bool is_writable = co_await takes_writes(operations);
    if (!is_writable) co_return plain(503, "no database to write to\n");
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
