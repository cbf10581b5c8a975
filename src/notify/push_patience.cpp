#include "notify/push_patience.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vv::notify {
namespace {

using std::chrono::seconds;

constexpr core::Limit kOfOneService{2, std::chrono::hours(1)};
constexpr core::Limit kOfOneOwner{8, std::chrono::hours(1)};

using Key = std::pair<std::string, const core::Limit*>;

/// The owner alone, and the owner with the service: its name and port, whatever the path.
std::array<Key, 2> keys_of(core::AccountId owner, const std::string& endpoint) {
    const std::string account = to_string(owner);
    const std::size_t host = endpoint.find("://") + 3;  // each has one: core::check_push_endpoint
    const std::string service = endpoint.substr(0, endpoint.find_first_of("/?", host));
    return {Key{account, &kOfOneOwner}, Key{account + " " + service, &kOfOneService}};
}

bool is_full(const core::Bucket& bucket, Instant now) {
    return bucket.updated_at + kOfOneOwner.refill <= now;
}

}  // namespace

seconds PushPatience::wait(core::AccountId owner, const std::string& endpoint, Instant now) {
    const std::lock_guard lock(mutex_);
    seconds longest{0};
    for (const auto& [key, limit] : keys_of(owner, endpoint))
        if (const auto found = left_.find(key); found != left_.end())
            longest = std::max(longest, core::take(found->second, *limit, now).retry_after);
    return longest;
}

void PushPatience::note(core::AccountId owner, const std::string& endpoint, std::chrono::milliseconds took,
                        Instant now) {
    if (took < prompt) return;
    const std::lock_guard lock(mutex_);
    std::erase_if(left_, [&](const auto& one) { return is_full(one.second, now); });
    for (const auto& [key, limit] : keys_of(owner, endpoint)) {
        const auto found = left_.find(key);
        const core::Bucket before = found == left_.end() ? core::Bucket{limit->capacity, now} : found->second;
        left_[key] = core::take(before, *limit, now).bucket;
    }
}

}  // namespace vv::notify
