// server/shutdown.h — SIGTERM and SIGINT as something to wait for, and an end to what stopping may take.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace vv::server {

/// Blocks both signals in this thread and all that it starts; make it before the first thread. Gives them
/// back when it goes.
class StopSignals {
public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Returns when either has come. From then on a second one ends the process at once.
    void wait();
};

/// Ends the process, with success, when it is still there after `at_most`: what is not committed by then is
/// rolled back at the next start as after a power cut, and its job is taken up again.
class StopDeadline {
public:
    explicit StopDeadline(std::chrono::milliseconds at_most);
    ~StopDeadline();
    StopDeadline(const StopDeadline&) = delete;
    StopDeadline& operator=(const StopDeadline&) = delete;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_done_ = false;
    std::thread watch_;
};

}  // namespace vv::server
