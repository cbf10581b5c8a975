// net/worker.h — internal: one network thread, its event loop and the connections that live on it.
#pragma once

#include "net/crowd.h"
#include "net/networks.h"
#include "net/server.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <ctime>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace vv::net {

/// What all workers share; set before they start.
struct Shared {
    ServerOptions options;
    const Router* router = nullptr;
    std::optional<boost::asio::ssl::context> tls;
    Networks trusted;
    std::string default_headers;        // formatted once: nearly every answer sends them as they are
    boost::asio::any_io_executor disk;  // uploads are written here
    Crowd crowd;                        // over all workers
};

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using Acceptor =
    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using Clock = std::chrono::steady_clock;

/// What the sweep and the drain see of a connection.
class Peer {
public:
    virtual ~Peer() = default;
    /// Ends what the connection waits for on its socket; its coroutine then sees `timed_out` or just closes.
    virtual void cut() = 0;

    Clock::time_point deadline = Clock::time_point::max();
    bool idle = true;  // between requests: nobody is hurt by closing it
    bool timed_out = false;
};

class Worker {
public:
    Worker(Shared& shared_state, Acceptor::protocol_type protocol);
    /// Accepts until drained. Call on the worker's own thread or before it runs.
    void accept();
    /// Runs the event loop; returns after stop().
    void run();
    /// From any thread: no new connections, idle ones are closed, the others after the request they run.
    void begin_drain();
    void stop();

    /// The Date header's value, made once a second.
    const std::string& date();

    Shared& shared;
    std::list<Peer*> peers;  // before the context: coroutines that it destroys leave the list
    bool draining = false;   // only on the worker's thread
    boost::asio::io_context context{1};
    Acceptor acceptor;

private:
    void sweep();

    boost::asio::steady_timer timer_;
    std::chrono::milliseconds sweep_every_;
    std::time_t date_second_ = 0;
    std::string date_;
};

/// Serves one connection until it ends (connection.cpp).
void serve_connection(Worker& worker, Socket socket);

}  // namespace vv::net
