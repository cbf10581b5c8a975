#include "net/worker.h"

#include "base/log.h"

#include <algorithm>
#include <array>

namespace vv::net {
namespace asio = boost::asio;
using boost::system::error_code;

Worker::Worker(Shared& shared_state, Acceptor::protocol_type protocol)
    : shared(shared_state), acceptor(context, protocol), timer_(context) {
    using std::chrono::milliseconds;
    const milliseconds shortest =
        std::min({shared.options.idle_timeout, shared.options.header_timeout, shared.options.body_timeout});
    sweep_every_ = std::clamp(shortest / 4, milliseconds(10), milliseconds(1000));
    sweep();
}

void Worker::accept() {
    acceptor.async_accept([this](error_code failed, Socket socket) {
        if (draining || failed == asio::error::operation_aborted) return;
        if (!failed) {
            serve_connection(*this, std::move(socket));
            accept();
            return;
        }
        // Out of file descriptors, most likely: leave the rest in the kernel's queue for a moment.
        log::warning("net.accept_failed", {{"reason", failed.message()}});
        auto pause = std::make_shared<asio::steady_timer>(context, std::chrono::milliseconds(100));
        pause->async_wait([this, pause](error_code) {
            if (!draining) accept();
        });
    });
}

void Worker::run() {
    context.run();
}

void Worker::begin_drain() {
    asio::post(context, [this] {
        draining = true;
        error_code ignored;
        acceptor.close(ignored);
        for (Peer* peer : peers)
            if (peer->idle) peer->cut();
    });
}

void Worker::stop() {
    context.stop();
}

// One timer a thread instead of one an operation: a deadline is met to within a quarter of the shortest
// timeout.
void Worker::sweep() {
    timer_.expires_after(sweep_every_);
    timer_.async_wait([this](error_code failed) {
        if (failed) return;
        const Clock::time_point now = Clock::now();
        for (Peer* peer : peers) {
            if (now < peer->deadline) continue;
            peer->timed_out = true;
            peer->deadline = now + std::chrono::seconds(2);  // to say so, if that is still possible
            peer->cut();
        }
        sweep();
    });
}

const std::string& Worker::date() {
    const std::time_t second = std::time(nullptr);
    if (second != date_second_) {
        std::tm parts{};
        ::gmtime_r(&second, &parts);
        std::array<char, 40> text{};
        const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT",
                                                 &parts);  // the C locale's names
        date_.assign(text.data(), length);
        date_second_ = second;
    }
    return date_;
}

}  // namespace vv::net
