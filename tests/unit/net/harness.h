// unit/net/harness.h — a server on a free loopback port and a client that sends bytes as they are.
#pragma once

#include "net/server.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace vv::net {

/// A TCP connection of the test's own, so that malformed requests can be sent. Reads give up after five
/// seconds.
class Raw {
public:
    /// `from` is the loopback address it comes from.
    explicit Raw(std::uint16_t port, const char* from = "127.0.0.1");
    ~Raw();
    Raw(const Raw&) = delete;
    Raw& operator=(const Raw&) = delete;

    void send(std::string_view bytes);
    /// One answer with its body (by content-length); what has come when the connection ends.
    std::string read_answer();
    /// Everything until the peer closes; "(timeout)" at the end when it does not within five seconds.
    std::string read_to_end();
    [[nodiscard]] bool is_closed();

private:
    bool read_more();
    int socket_ = -1;
    std::string buffer_;
};

/// Sends one request and closes.
std::string ask(std::uint16_t port, std::string_view request);

/// The status in an answer's first line; 0 without one.
int status_of(std::string_view answer);
std::string body_of(std::string_view answer);
std::string header_of(std::string_view answer, std::string_view lower_case_name);

/// Routes that the tests of the server use: /hello, /echo, /count (an upload), /slow (200 ms), /hang,
/// /broken, /people/:id.
void add_test_routes(Router& router);

/// A free loopback port, two threads, an upload folder, the usual deadlines.
ServerOptions test_options();

std::unique_ptr<Server> start(const Router& router, ServerOptions options = test_options());

}  // namespace vv::net
