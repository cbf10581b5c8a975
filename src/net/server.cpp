#include "net/server.h"

#include "base/log.h"
#include "net/wire.h"
#include "net/worker.h"

#include <boost/asio/thread_pool.hpp>
#include <charconv>
#include <thread>

namespace vv::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct Server::Impl {
    asio::thread_pool disk{1};
    Shared shared;
    tcp::endpoint bound;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    bool drained = false;
};

namespace {

Error bad_listen(const std::string& listen) {
    return {Fault::invalid, "net.listen",
            "'" + listen + "' is no address to listen on; write it as 127.0.0.1:8080 or [::1]:8080."};
}

Result<tcp::endpoint> parse_listen(const std::string& listen) {
    const std::size_t colon = listen.rfind(':');
    if (colon == std::string::npos) return bad_listen(listen);
    std::string host = listen.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    error_code failed;
    const asio::ip::address address = asio::ip::make_address(host, failed);
    std::uint16_t port = 0;
    const char* end = listen.data() + listen.size();
    const auto [stop, wrong] = std::from_chars(listen.data() + colon + 1, end, port);
    if (failed || wrong != std::errc() || stop != end) return bad_listen(listen);
    return tcp::endpoint(address, port);
}

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

Error cannot_listen(const tcp::endpoint& endpoint, const error_code& failed) {
    std::string where = endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
    return {Fault::conflict, "net.listen", "Can't listen on " + where + ": " + failed.message() + "."};
}

// SO_REUSEPORT would let a second server of the same user share the port in silence: bind once without it.
Result<tcp::endpoint> claim(const tcp::endpoint& wanted) {
    asio::io_context context;
    tcp::acceptor probe(context);
    error_code failed;
    probe.open(wanted.protocol(), failed);
    if (!failed) probe.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) probe.bind(wanted, failed);
    if (!failed) probe.listen(1, failed);
    if (failed) return cannot_listen(wanted, failed);
    return probe.local_endpoint();
}

Result<Done> bind_to(Acceptor& acceptor, const tcp::endpoint& endpoint) {
    error_code failed;
    acceptor.set_option(Acceptor::reuse_address(true), failed);
    if (!failed) acceptor.set_option(ReusePort(true), failed);
    if (!failed) acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(Acceptor::max_listen_connections, failed);
    if (failed) return cannot_listen(endpoint, failed);
    return Done{};
}

Error bad_tls(const std::string& file, const error_code& failed) {
    return {Fault::invalid, "net.tls", file + " can't be used for TLS: " + failed.message() + "."};
}

Result<Done> prepare_tls(Shared& shared) {
    const std::string& cert = shared.options.tls_cert;
    const std::string& key = shared.options.tls_key;
    if (cert.empty() && key.empty()) return Done{};
    if (cert.empty() || key.empty())
        return Error(Fault::invalid, "net.tls", "TLS needs both a certificate and its key.");
    asio::ssl::context tls(asio::ssl::context::tls_server);
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                    asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
    error_code failed;
    tls.use_certificate_chain_file(cert, failed);
    if (failed) return bad_tls(cert, failed);
    tls.use_private_key_file(key, asio::ssl::context::pem, failed);
    if (failed) return bad_tls(key, failed);
    shared.tls.emplace(std::move(tls));
    return Done{};
}

}  // namespace

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<Server>> Server::create(ServerOptions options, const Router& router) {
    auto impl = std::make_unique<Impl>();
    Shared& shared = impl->shared;
    shared.options = std::move(options);
    shared.router = &router;
    shared.disk = impl->disk.get_executor();
    shared.default_headers = format_headers(shared.options.default_headers);
    TRY(shared.trusted, Networks::parse(shared.options.trusted_proxies));
    CHECK(prepare_tls(shared));
    TRY(const tcp::endpoint wanted, parse_listen(shared.options.listen));
    TRY(impl->bound, claim(wanted));
    int threads = shared.options.threads;
    if (threads <= 0) threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for (int i = 0; i < threads; ++i) {
        impl->workers.push_back(std::make_unique<Worker>(shared, impl->bound.protocol()));
        CHECK(bind_to(impl->workers.back()->acceptor, impl->bound));
    }
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::~Server() {
    drain(std::chrono::milliseconds(0));
}

void Server::start() {
    for (const auto& worker : impl_->workers) {
        worker->accept();
        impl_->threads.emplace_back([one = worker.get()] { one->run(); });
    }
}

void Server::drain(std::chrono::milliseconds at_most) {
    if (std::exchange(impl_->drained, true)) return;
    for (const auto& worker : impl_->workers) worker->begin_drain();
    const Clock::time_point end = Clock::now() + at_most;
    while (impl_->shared.crowd.size() > 0 && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (const std::size_t left = impl_->shared.crowd.size(); left > 0)
        log::warning("net.cut_off", {{"connections", left}});
    for (const auto& worker : impl_->workers) worker->stop();
    for (std::thread& thread : impl_->threads) thread.join();
    impl_->disk.join();
}

std::uint16_t Server::port() const {
    return impl_->bound.port();
}

std::string Server::url() const {
    const asio::ip::address& address = impl_->bound.address();
    std::string host = address.is_unspecified() ? "localhost" : address.to_string();
    if (address.is_v6() && !address.is_unspecified()) host = "[" + host + "]";
    return (impl_->shared.tls ? "https://" : "http://") + host + ":" + std::to_string(impl_->bound.port());
}

std::size_t Server::connections() const {
    return impl_->shared.crowd.size();
}

Result<Done> check_listen(const std::string& listen) {
    CHECK(parse_listen(listen));
    return Done{};
}

}  // namespace vv::net
