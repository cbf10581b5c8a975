#include "unit/net/harness.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace vv::net {
namespace asio = boost::asio;

Raw::Raw(std::uint16_t port, const char* from) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (::inet_pton(AF_INET, from, &address.sin_addr) != 1 ||
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no such address to come from");
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no connection");
}

Raw::~Raw() {
    ::close(socket_);
}

void Raw::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;  // the server has closed: the test reads why
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Raw::read_more() {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, 5000) <= 0) {
        buffer_ += "(timeout)";
        return false;
    }
    char piece[16384];
    const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
    if (got <= 0) return false;
    buffer_.append(piece, static_cast<std::size_t>(got));
    return true;
}

std::string Raw::read_answer() {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!read_more()) return std::exchange(buffer_, {});
    const std::string length = header_of(buffer_, "content-length");
    std::size_t wanted = end + 4;
    if (!length.empty()) wanted += std::stoul(length);
    while (buffer_.size() < wanted)
        if (!read_more()) return std::exchange(buffer_, {});
    std::string answer = buffer_.substr(0, wanted);
    buffer_.erase(0, wanted);
    return answer;
}

std::string Raw::read_to_end() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
}

bool Raw::is_closed() {
    return read_to_end().empty();
}

std::string ask(std::uint16_t port, std::string_view request) {
    Raw raw(port);
    raw.send(request);
    return raw.read_answer();
}

int status_of(std::string_view answer) {
    int status = 0;
    if (answer.starts_with("HTTP/1.") && answer.size() > 12)
        std::from_chars(answer.data() + 9, answer.data() + 12, status);
    return status;
}

std::string body_of(std::string_view answer) {
    const std::size_t end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? "" : std::string(answer.substr(end + 4));
}

std::string header_of(std::string_view answer, std::string_view lower_case_name) {
    const std::string_view head = answer.substr(0, answer.find("\r\n\r\n"));
    for (const std::string_view line : split(head, '\n')) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && ascii_lower(line.substr(0, colon)) == lower_case_name)
            return std::string(trim(line.substr(colon + 1)));
    }
    return {};
}

namespace {

using asio::awaitable;

awaitable<Response> say_hello(Request) {
    co_return Response(200, "text/plain", "hello");
}

awaitable<Response> echo(Request request) {
    co_return Response(200, "text/plain", std::move(request.body));
}

awaitable<Response> count(Request request) {
    co_return Response(200, "text/plain", std::to_string(request.upload_bytes) + " " + request.upload_path);
}

awaitable<Response> answer_slowly(Request) {
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(200));
    co_await timer.async_wait(asio::use_awaitable);
    co_return Response(200, "text/plain", "at last");
}

awaitable<Response> hang(Request) {
    asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::hours(1));
    co_await timer.async_wait(asio::use_awaitable);
    co_return Response();
}

awaitable<Response> break_down(Request) {
    throw std::runtime_error("a secret cause");
    co_return Response();
}

awaitable<Response> show(Request request) {
    std::string text = request.param("id");
    for (const auto& [name, value] : request.query) text += "|" + name + "=" + value;
    text += "|" + request.remote + (request.secure ? "|secure" : "");
    co_return Response(200, "text/plain", text);
}

awaitable<Response> split_header(Request) {
    Response response(200, "text/plain", "x");
    response.with("location", "/a\r\nset-cookie: stolen=1");
    co_return response;
}

awaitable<Response> large(Request) {
    co_return Response(200, "text/plain", std::string(1'000'000, 'x'));
}

awaitable<Response> refuse_all(Request) {
    co_return error_response(401, "session.none", "Sign in first.");
}

}  // namespace

void add_test_routes(Router& router) {
    router.add(Method::get, "/hello", say_hello);
    router.add(Method::post, "/echo", echo, {Body::in_memory, 1000, {}});
    router.add(Method::post, "/count", count, {Body::to_file, 3'000'000, {}});
    router.add(Method::post, "/locked", count, {Body::to_file, 3'000'000, refuse_all});
    router.add(Method::get, "/slow", answer_slowly);
    router.add(Method::get, "/hang", hang);
    router.add(Method::get, "/broken", break_down);
    router.add(Method::get, "/people/:id", show);
    router.add(Method::get, "/split", split_header);
    router.add(Method::get, "/large", large);
}

ServerOptions test_options() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.threads = 2;
    options.upload_folder = testing::TempDir();
    options.default_headers = {{"x-frame-options", "DENY"}};
    return options;
}

std::unique_ptr<Server> start(const Router& router, ServerOptions options) {
    Result<std::unique_ptr<Server>> server = Server::create(std::move(options), router);
    if (!server) throw std::runtime_error(server.error().detail);
    (*server)->start();
    return *std::move(server);
}

}  // namespace vv::net
