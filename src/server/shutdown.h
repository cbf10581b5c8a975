// server/shutdown.h — SIGTERM and SIGINT as something to wait for.
#pragma once

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

}  // namespace vv::server
