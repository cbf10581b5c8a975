#include "server/shutdown.h"

#include "base/log.h"

#include <csignal>
#include <cstdlib>
#include <pthread.h>

namespace vv::server {
namespace {

sigset_t stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

}  // namespace

StopSignals::StopSignals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::~StopSignals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void StopSignals::wait() {
    const sigset_t set = stop_signals();
    int which = 0;
    sigwait(&set, &which);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);  // who presses Ctrl-C twice means it
}

StopDeadline::StopDeadline(std::chrono::milliseconds at_most)
    : watch_([this, at_most] {
          std::unique_lock lock(mutex_);
          if (changed_.wait_for(lock, at_most, [this] { return is_done_; })) return;
          log::warning("server.cut_off");
          std::_Exit(EXIT_SUCCESS);
      }) {}

StopDeadline::~StopDeadline() {
    {
        const std::lock_guard lock(mutex_);
        is_done_ = true;
    }
    changed_.notify_all();
    watch_.join();
}

}  // namespace vv::server
