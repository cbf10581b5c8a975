// core/throttles.h — how often something may be tried: a bucket of tokens that fills again with time.
#pragma once

#include "base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

/// `capacity` tries at once; a whole bucket comes back in `refill`. Both above 0.
struct Limit {
    double capacity = 1;
    std::chrono::milliseconds refill{0};
};

struct Bucket {
    double tokens = 0;
    Instant updated_at;
};

struct Taken {
    Bucket bucket;  // as it is now; unchanged but for the time when nothing was taken
    bool allowed = false;
    std::chrono::seconds retry_after{
        0};  // when not allowed: the first moment at which one token is there, rounded up
};

/// Takes one token from a bucket as it was found (none: a full one). A clock that went back refills nothing
/// and takes nothing away.
Taken take(std::optional<Bucket> found, const Limit& limit, Instant now);

/// Gives a token back, for a try that turned out well; never more than the capacity.
Bucket give_back(const Bucket& bucket, const Limit& limit);

/// What one subscriber's machines share: an IPv4 address as it is, of an IPv6 address its first 64 bits. Text
/// that is no address is returned as it is.
std::string network_of(std::string_view address);

}  // namespace vv::core
