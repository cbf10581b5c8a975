#include "server/shutdown.h"

#include <csignal>
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

}  // namespace vv::server
