#include "world/client.h"

#include "base/text.h"
#include "net/target.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>

namespace vv::world {
namespace asio = boost::asio;

namespace {

asio::awaitable<void> call(const net::Handler& handler, net::Request request, net::Response& into) {
    into = co_await handler(std::move(request));
}

// Runs one handler to its end; what it throws reaches the test. The loop lives as long as the program: a
// database thread may still let go of it when the handler is done (store/database.h).
net::Response run(const net::Handler& handler, net::Request request) {
    static asio::io_context loop;
    loop.restart();
    const auto work = asio::make_work_guard(loop);
    net::Response response;
    std::exception_ptr thrown;
    asio::co_spawn(loop, call(handler, std::move(request), response), [&](std::exception_ptr failure) {
        thrown = failure;
        loop.stop();
    });
    loop.run();
    if (thrown) std::rethrow_exception(thrown);
    return response;
}

net::Request make(net::Method method, std::string json) {
    net::Request request;
    request.method = method;
    if (!json.empty()) request.headers.emplace_back("content-type", "application/json");
    request.body = std::move(json);
    return request;
}

}  // namespace

void Client::set_cookie(std::string name, std::string value) {
    std::erase_if(cookies_, [&](const auto& cookie) { return cookie.first == name; });
    if (!value.empty()) cookies_.emplace_back(std::move(name), std::move(value));
}

std::string Client::cookie(std::string_view name) const {
    for (const auto& [have, value] : cookies_)
        if (have == name) return value;
    return {};
}

net::Response Client::get(std::string_view target) {
    return send(target, make(net::Method::get, {}));
}
net::Response Client::post(std::string_view target, std::string json) {
    return send(target, make(net::Method::post, std::move(json)));
}
net::Response Client::put(std::string_view target, std::string json) {
    return send(target, make(net::Method::put, std::move(json)));
}
net::Response Client::patch(std::string_view target, std::string json) {
    return send(target, make(net::Method::patch, std::move(json)));
}
net::Response Client::remove(std::string_view target) {
    return send(target, make(net::Method::delete_, {}));
}

net::Response Client::send(std::string_view target, net::Request request) {
    const Result<net::Target> parsed = net::parse_target(target);
    if (!parsed) throw std::invalid_argument("no target: " + std::string(target));
    request.path = parsed->path;
    request.query = parsed->query;
    if (request.remote.empty()) request.remote = "192.0.2.1";
    std::string cookies;
    for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) request.headers.emplace_back("cookie", cookies);
    net::Router::Match match = router_.match(request.method, parsed->encoded_path);
    if (!match.route) return {match.allowed.empty() ? 404 : 405, "application/json", {}};
    request.params = std::move(match.params);
    if (router_.guard())
        if (std::optional<net::Response> refused = router_.guard()(request)) return *std::move(refused);
    if (match.route->options.admit) {
        net::Response admitted = run(match.route->options.admit, request);
        if (admitted.status != 200) return admitted;
    }
    net::Response response = run(match.route->handler, std::move(request));
    for (const auto& [name, value] : response.headers) {
        if (name != "set-cookie") continue;
        const std::string_view pair = split(value, ';').front();
        const std::size_t equals = pair.find('=');
        set_cookie(std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1)));
    }
    return response;
}

}  // namespace vv::world
