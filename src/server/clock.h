// server/clock.h — the server's time: the system's, or one that began at a given moment and runs on.
#pragma once

#include "base/time.h"

#include <chrono>

namespace vv::server {

class ServerClock {
public:
    /// The system's time.
    ServerClock() = default;
    /// `start` now, and from there on at the usual pace.
    explicit ServerClock(Instant start) : shift_(start - system_now()) {}

    [[nodiscard]] Instant now() const { return system_now() + shift_; }

private:
    std::chrono::milliseconds shift_{0};
};

}  // namespace vv::server
