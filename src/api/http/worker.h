// api/http/worker.h — work that would stop a network thread, on threads of its own.
//
// Those who wait are counted, so that a flood of requests costs strangers their patience and the server
// neither its memory nor its other work.
#pragma once

#include "base/result.h"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>

namespace vv::api {

class Worker {
public:
    /// More than `most_waiting` at a time are answered `unavailable`.
    Worker(int threads, int most_waiting);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Does it there and resumes here. `unavailable` server.busy, and nothing done.
    boost::asio::awaitable<Result<Done>> run(std::function<void()> work);

private:
    boost::asio::thread_pool pool_;
    std::atomic<int> waiting_{0};
    const int most_waiting_;
};

}  // namespace vv::api
