#include "api/http/worker.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

namespace vv::api {
namespace {

namespace asio = boost::asio;

/// Starts the work for a coroutine and resumes it at home. A class with a constructor: g++ 12 destroys other
/// temporaries twice.
class Hop {
public:
    Hop(asio::thread_pool& pool, std::function<void()> work) : pool_(&pool), work_(std::move(work)) {}

    template <class Handler>
    void operator()(Handler&& handler) {
        auto home = asio::get_associated_executor(handler);
        // The guard keeps the caller's loop alive while only the pool knows of the coroutine.
        auto guard = std::make_shared<asio::executor_work_guard<decltype(home)>>(home);
        auto waiting = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
        asio::post(*pool_, [work = std::move(work_), waiting, guard] {
            work();
            asio::post(guard->get_executor(), [waiting] { std::move (*waiting)(); });
            guard->reset();
        });
    }

private:
    asio::thread_pool* pool_;
    std::function<void()> work_;
};

Error busy() {
    Error error(Fault::unavailable, "server.busy",
                "Too many people want this at this moment; try again in a few seconds.");
    error.retry_after = std::chrono::seconds(3);
    return error;
}

asio::awaitable<void> hop(asio::thread_pool& pool, std::function<void()> work) {
    Hop start(pool, std::move(work));
    return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(std::move(start),
                                                                        asio::use_awaitable);
}

}  // namespace

Worker::Worker(int threads, int most_waiting)
    : pool_(static_cast<std::size_t>(threads)), most_waiting_(most_waiting) {}

Worker::~Worker() {
    pool_.join();
}

asio::awaitable<Result<Done>> Worker::run(std::function<void()> work) {
    if (waiting_.fetch_add(1) >= most_waiting_) {
        waiting_.fetch_sub(1);
        co_return busy();
    }
    co_await hop(pool_, std::move(work));
    waiting_.fetch_sub(1);
    co_return Done{};
}

}  // namespace vv::api
