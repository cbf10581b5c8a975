// notify/push_patience.h — how long push services that hang may keep the jobs' threads from other owners'
// messages.
//
// Anybody names a push service, and one that is slow keeps whoever asks it waiting. So each slow answer
// counts for the owner of the browser, and for that owner's service: one service that hangs holds up its own
// messages, an account with many holds up its own, and nobody's others. Counts are forgotten when the program
// ends.
#pragma once

#include "base/time.h"
#include "core/people.h"
#include "core/throttles.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace vv::notify {

/// Safe from any thread.
class PushPatience {
public:
    /// How long messages for this browser of this owner have to wait; zero: send them.
    [[nodiscard]] std::chrono::seconds wait(core::AccountId owner, const std::string& endpoint, Instant now);
    /// An answer, or none, after `took`.
    void note(core::AccountId owner, const std::string& endpoint, std::chrono::milliseconds took,
              Instant now);

    /// An answer that takes longer is a slow one.
    std::chrono::milliseconds prompt{1'500};

private:
    std::mutex mutex_;
    std::map<std::string, core::Bucket> left_;  // of who has had slow answers
};

}  // namespace vv::notify
