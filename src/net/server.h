// net/server.h — the HTTP/1.1 server: N threads, each with its own event loop and its own SO_REUSEPORT
// acceptor.
//
// A connection lives on one thread. Every phase of it has a deadline, so that a peer that drips bytes, or
// stops, holds nothing for long. Beast and Asio stop in net/*.cpp.
#pragma once

#include "base/result.h"
#include "net/router.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vv::net {

/// One answered request, for metrics and the log. `pattern` is the route's, never the path.
struct Served {
    std::string_view pattern;
    Method method;
    int status;
    std::chrono::nanoseconds took;  // from the complete header to the answer handed to the kernel
};

struct ServerOptions {
    std::string listen = "127.0.0.1:8080";  // ADDR:PORT, [::1]:PORT; port 0 takes a free one
    int threads = 0;                        // 0: one a core
    std::string tls_cert;                   // PEM files; both or neither
    std::string tls_key;
    /// Networks ("127.0.0.1/32", "fd00::/8") whose X-Forwarded-For and X-Forwarded-Proto are believed.
    std::vector<std::string> trusted_proxies;
    std::size_t max_connections = 4096;       // further ones are answered 503 and closed
    std::size_t max_connections_each = 1024;  // the same for one network that is no trusted proxy's
    std::uint32_t header_limit = 16 * 1024;
    std::chrono::milliseconds idle_timeout{75'000};  // between requests
    std::chrono::milliseconds header_timeout{
        15'000};  // from a request's first byte to its complete header; TLS too
    /// Without progress in a body or an answer; each must also keep 1 KiB/s over its whole length.
    std::chrono::milliseconds body_timeout{30'000};
    std::string upload_folder;  // for routes with Body::to_file
    /// Sent with every answer that does not set them itself; names in lower case.
    std::vector<std::pair<std::string, std::string>> default_headers;
    std::function<void(const Served&)> observe;  // called on the network threads
};

/// Whether `listen` is written as an address to listen on: `invalid` net.listen says how it would be.
Result<Done> check_listen(const std::string& listen);

class Server {
public:
    /// Binds, and reads the certificate. `invalid` names what is wrong with an option; `conflict` net.listen
    /// when the address is taken or not ours. `router` must outlive the server and not change any more.
    static Result<std::unique_ptr<Server>> create(ServerOptions options, const Router& router);
    /// Drains without patience when nobody did.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Starts the threads.
    void start();
    /// Stops accepting, closes idle connections, lets running requests finish for `at_most`, then cuts the
    /// rest off and joins the threads. What handlers wait for (the database) must answer or be closed before
    /// the server is destroyed.
    void drain(std::chrono::milliseconds at_most);

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:8080", for people and links; an unspecified address is shown as localhost.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::size_t connections() const;

private:
    struct Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace vv::net
