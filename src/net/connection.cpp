// net/connection.cpp — one HTTP/1.1 connection, plain or TLS: the only file that needs Asio's streams and
// Beast's parser together.
#include "base/log.h"
#include "net/forwarded.h"
#include "net/request_parser.h"
#include "net/target.h"
#include "net/upload.h"
#include "net/wire.h"
#include "net/worker.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <exception>
#include <type_traits>
#include <typeinfo>

namespace vv::net {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

using TlsStream = asio::ssl::stream<Socket>;
constexpr std::size_t kReadAtOnce = 64 * 1024;
constexpr std::uint64_t kSlowestBytesPerSecond = 1024;
constexpr std::size_t kUploadPiece = 256 * 1024;
constexpr std::size_t kLingerBytes = 1024 * 1024;

// Broken infrastructure: the cause is logged, the client learns only that it was not its fault. What the
// exception says may hold data, so it is kept for those who asked for debug events.
asio::awaitable<Response> call(const Handler& handler, Request request, std::string_view pattern) {
    std::string kind;
    std::string text;
    try {
        co_return co_await handler(std::move(request));
    } catch (const std::exception& broken) {
        kind = typeid(broken).name();
        text = broken.what();
    }
    log::error("http.handler_broken", {{"route", pattern}, {"exception", kind}});
    log::debug("http.handler_broken_by", {{"what", text}});
    co_return error_response(500, "http.internal",
                             "Something broke on the server; it was noted. Try again later.");
}

Response refuse(const error_code& failed) {
    if (failed == http::error::header_limit)
        return error_response(431, "http.header_too_large", "The request's header is too large.");
    if (failed == http::error::body_limit)
        return error_response(413, "http.body_too_large", "The request's body is too large.");
    return error_response(400, "http.malformed", "The request is no valid HTTP/1.1.");
}

template <class Stream>
class Connection final : public Peer {
public:
    Connection(Worker& worker, Stream& stream) : worker_(worker), stream_(stream) {
        worker_.peers.push_front(this);
        place_ = worker_.peers.begin();
        error_code ignored;
        const auto endpoint = socket().remote_endpoint(ignored);
        remote_ = plain_address(endpoint.address().to_string());
    }
    ~Connection() override { worker_.peers.erase(place_); }

    void cut() override {
        error_code ignored;
        if (timed_out && !answered_late_) {
            socket().cancel(ignored);
            return;
        }
        socket().close(ignored);
    }

    asio::awaitable<void> run() {
        if (!co_await shake_hands()) co_return;
        bool open = true;
        while (open && !worker_.draining) open = co_await serve_one();
        co_await close();
    }

private:
    static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

    Socket& socket() {
        if constexpr (kTls)
            return stream_.next_layer();
        else
            return stream_;
    }
    const ServerOptions& options() const { return worker_.shared.options; }
    void give(std::chrono::milliseconds time) { deadline = Clock::now() + time; }

    asio::awaitable<bool> shake_hands() {
        if constexpr (kTls) {
            give(options().header_timeout);
            error_code failed;
            co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                             asio::redirect_error(asio::use_awaitable, failed));
            co_return !failed;
        }
        co_return true;
    }

    // Reads some bytes behind those that are there; false when the peer has gone or its time is up.
    asio::awaitable<bool> read_some() {
        error_code failed;
        auto space =
            in_.prepare(std::min(kReadAtOnce, std::max<std::size_t>(4096, in_.capacity() - in_.size())));
        const std::size_t got =
            co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, failed));
        in_.commit(got);
        co_return !failed;
    }

    // One request and its answer. False when the connection is to be closed.
    asio::awaitable<bool> serve_one() {
        parser_.emplace();
        route_ = nullptr;
        method_ = Method::get;
        parser_->header_limit(options().header_limit);
        parser_->body_limit(boost::none);  // the route's, as soon as it is known
        idle = true;
        give(options().idle_timeout);
        if (in_.size() == 0 && !co_await read_some()) co_return false;
        idle = false;
        give(options().header_timeout);
        error_code failed = parse();
        while (!parser_->is_header_done()) {
            if (failed && failed != http::error::need_more) co_return co_await answer_and_end(refuse(failed));
            if (!co_await read_some()) co_return co_await too_late();
            failed = parse();
        }
        began_ = Clock::now();
        co_return co_await route();
    }

    // Feeds the parser what is there. need_more is no failure, but the parser takes a chunk's header and the
    // trailers each as a whole, as long as they may get: what it leaves lying is at most a header.
    error_code parse() {
        error_code failed;
        while (in_.size() > 0 && !parser_->is_done()) {
            const bool header_was_done = parser_->is_header_done();
            const std::size_t used = parser_->put(in_.data(), failed);
            in_.consume(used);
            if (failed || parser_->is_header_done() != header_was_done) break;
        }
        if (failed == http::error::need_more && in_.size() > options().header_limit)
            failed = http::error::header_limit;
        return failed;
    }

    asio::awaitable<bool> route() {
        Result<Target> target = parse_target(parser_->target);
        const bool host_is_clear = parser_->version < 11 || parser_->hosts == 1;
        if (!target || !host_is_clear || parser_->is_coded) {
            error_code malformed = http::error::bad_target;
            co_return co_await answer_and_end(refuse(malformed));
        }
        Request& request = parser_->request;
        method_ = request.method;
        request.path = std::move(target->path);
        request.query = std::move(target->query);
        trace_client(worker_.shared.trusted, remote_, kTls, request);
        Router::Match match = worker_.shared.router->match(request.method, target->encoded_path);
        route_ = match.route;
        request.params = std::move(match.params);
        if (const Router::Guard& guard = worker_.shared.router->guard())
            if (std::optional<Response> refused = guard(request))
                co_return co_await answer_without_body(*std::move(refused));
        if (!route_) co_return co_await answer_without_body(no_route(request.method, match.allowed));
        if (!parser_->is_done() && route_->options.admit) {
            Response admitted = co_await call(route_->options.admit, request, route_->pattern);
            if (admitted.status != 200) co_return co_await answer_without_body(std::move(admitted));
        }
        co_return co_await take_body();
    }

    // Refuses before the body came: what little of it is on its way is read, so that the connection lives on.
    asio::awaitable<bool> answer_without_body(Response response) {
        if (parser_->is_done()) co_return co_await answer(std::move(response));
        co_return co_await answer_and_end(std::move(response));
    }

    asio::awaitable<bool> take_body() {
        const std::uint64_t limit = route_->options.body_limit;
        const auto length = parser_->content_length();
        if (length && *length > limit) {
            error_code too_large = http::error::body_limit;
            co_return co_await answer_and_end(refuse(too_large));
        }
        if (length == boost::none) parser_->body_limit(limit);
        if (parser_->wants_100 && !parser_->is_done() && in_.size() == 0 && !co_await say_continue())
            co_return false;
        if (route_->options.body == Body::to_file) co_return co_await take_upload();
        error_code failed = parse();
        body_began_ = Clock::now();
        while (!parser_->is_done()) {
            if (failed && failed != http::error::need_more) co_return co_await answer_and_end(refuse(failed));
            if (!co_await read_more_body(parser_->body.size())) co_return co_await too_late();
            failed = parse();
        }
        parser_->request.body = std::move(parser_->body);
        co_return co_await handle();
    }

    asio::awaitable<bool> take_upload() {
        Upload upload(worker_.shared.disk);
        Result<Done> stored = co_await upload.open(options().upload_folder);
        error_code failed = parse();
        body_began_ = Clock::now();
        while (stored && !parser_->is_done()) {
            if (failed && failed != http::error::need_more) co_return co_await answer_and_end(refuse(failed));
            if (!co_await read_more_body(upload.bytes() + parser_->body.size()))
                co_return co_await too_late();
            failed = parse();
            if (parser_->body.size() < kUploadPiece) continue;
            std::string piece = std::exchange(parser_->body, {});
            stored = co_await upload.write(std::move(piece));
        }
        if (stored && !parser_->body.empty()) {
            std::string piece = std::exchange(parser_->body, {});
            stored = co_await upload.write(std::move(piece));
        }
        if (!stored)
            co_return co_await answer_and_end(
                error_response(503, stored.error().code, stored.error().detail));
        parser_->request.upload_path = upload.path();
        parser_->request.upload_bytes = upload.bytes();
        co_return co_await handle();
    }

    // A body must make progress, and keep a least speed over its whole length.
    asio::awaitable<bool> read_more_body(std::uint64_t so_far) {
        const auto now = Clock::now();
        const auto fair = body_began_ + std::chrono::seconds(so_far / kSlowestBytesPerSecond);
        deadline = std::min(now, fair) + options().body_timeout;
        co_return co_await read_some();
    }

    asio::awaitable<bool> say_continue() {
        give(options().body_timeout);
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        error_code failed;
        const asio::const_buffer bytes(kContinue.data(), kContinue.size());
        co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, failed));
        co_return !failed;
    }

    asio::awaitable<bool> handle() {
        deadline = Clock::time_point::max();  // what a handler waits for has its own deadlines
        Response response = co_await call(route_->handler, std::move(parser_->request), route_->pattern);
        co_return co_await answer(std::move(response));
    }

    asio::awaitable<bool> answer(Response response) {
        const bool keep = !close_after_ && !worker_.draining && parser_->keep_alive();
        Form form;
        form.head = method_ == Method::head;
        form.version = parser_->version;
        form.keep_alive = keep;
        out_.clear();
        const bool body_apart = write_head(response, form, worker_.date(), worker_.shared, out_);
        give(options().body_timeout + std::chrono::seconds(response.body.size() / kSlowestBytesPerSecond));
        error_code failed;
        const std::array<asio::const_buffer, 2> parts{
            asio::buffer(out_), asio::buffer(response.body.data(), body_apart ? response.body.size() : 0)};
        co_await asio::async_write(stream_, parts, asio::redirect_error(asio::use_awaitable, failed));
        observe(response.status);
        co_return keep && !failed;
    }

    // For what leaves the connection unusable: an unread body, or bytes that are no HTTP.
    asio::awaitable<bool> answer_and_end(Response response) {
        close_after_ = true;
        linger_ = true;
        co_return co_await answer(std::move(response));
    }

    asio::awaitable<bool> too_late() {
        if (!timed_out) co_return false;
        answered_late_ = true;
        co_return co_await answer_and_end(
            error_response(408, "http.too_slow", "The request took too long to arrive; try again."));
    }

    void observe(int status) {
        if (!options().observe) return;
        Served served{route_ ? std::string_view(route_->pattern) : "(none)", method_, status,
                      Clock::now() - began_};
        options().observe(served);
    }

    // Closing with unread bytes resets the connection, and the peer might never see the answer: so end our
    // side, and read what still comes for a moment.
    asio::awaitable<void> close() {
        error_code ignored;
        give(std::chrono::seconds(2));
        answered_late_ = true;
        if constexpr (kTls)
            co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
        socket().shutdown(Socket::shutdown_send, ignored);
        for (std::size_t read = 0; linger_ && read < kLingerBytes;) {
            in_.clear();
            auto space = in_.prepare(kReadAtOnce);
            const std::size_t got =
                co_await socket().async_read_some(space, asio::redirect_error(asio::use_awaitable, ignored));
            if (got == 0 || ignored) break;
            read += got;
        }
        socket().close(ignored);
    }

    Worker& worker_;
    Stream& stream_;
    std::list<Peer*>::iterator place_;
    std::string remote_;
    boost::beast::flat_buffer in_;
    std::string out_;
    std::optional<RequestParser> parser_;
    const Router::Route* route_ = nullptr;
    Method method_ = Method::get;
    Clock::time_point began_ = Clock::now();
    Clock::time_point body_began_;
    bool close_after_ = false;
    bool linger_ = false;
    bool answered_late_ = false;
};

// Whose connections are counted together; nobody's for a trusted proxy, which speaks for many.
std::string counted_as(const Worker& worker, const Socket& socket) {
    error_code ignored;
    const std::string peer = plain_address(socket.remote_endpoint(ignored).address().to_string());
    return worker.shared.trusted.contains(peer) ? std::string() : network_of(peer);
}

bool is_too_many(const Crowd::Place& place, const ServerOptions& options) {
    return place.is_too_many(options.max_connections, options.max_connections_each);
}

asio::awaitable<void> serve_plain(Worker& worker, Socket socket) {
    const Crowd::Place place(worker.shared.crowd, counted_as(worker, socket));
    if (is_too_many(place, worker.shared.options)) {
        // No coroutine's time for it: the answer fits into the socket's buffer, or is lost.
        error_code ignored;
        const std::string busy = overloaded_answer(worker.shared);
        socket.write_some(asio::buffer(busy), ignored);
        co_return;
    }
    Connection<Socket> connection(worker, socket);
    co_await connection.run();
}

asio::awaitable<void> serve_tls(Worker& worker, Socket socket) {
    const Crowd::Place place(worker.shared.crowd, counted_as(worker, socket));
    if (is_too_many(place, worker.shared.options)) co_return;
    TlsStream stream(std::move(socket), *worker.shared.tls);
    Connection<TlsStream> connection(worker, stream);
    co_await connection.run();
}

}  // namespace

void serve_connection(Worker& worker, Socket socket) {
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    const auto ended = [](const std::exception_ptr& broken) {
        if (broken) log::error("net.connection_broken");
    };
    if (worker.shared.tls)
        asio::co_spawn(worker.context, serve_tls(worker, std::move(socket)), ended);
    else
        asio::co_spawn(worker.context, serve_plain(worker, std::move(socket)), ended);
}

}  // namespace vv::net
