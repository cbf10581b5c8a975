#include "core/throttles.h"

#include "base/crypto.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cmath>

namespace vv::core {

Taken take(std::optional<Bucket> found, const Limit& limit, Instant now) {
    const double rate = limit.capacity / static_cast<double>(limit.refill.count());  // tokens a millisecond
    Bucket bucket = found.value_or(Bucket{limit.capacity, now});
    const auto elapsed = static_cast<double>(std::max<std::int64_t>(0, (now - bucket.updated_at).count()));
    bucket.tokens = std::min(limit.capacity, std::max(0.0, bucket.tokens) + elapsed * rate);
    bucket.updated_at = std::max(bucket.updated_at, now);
    if (bucket.tokens < 1) {
        const double seconds = std::ceil((1 - bucket.tokens) / rate / 1000);
        return {bucket, false, std::chrono::seconds(static_cast<std::int64_t>(seconds))};
    }
    bucket.tokens -= 1;
    return {bucket, true, std::chrono::seconds(0)};
}

Bucket give_back(const Bucket& bucket, const Limit& limit) {
    return {std::min(limit.capacity, bucket.tokens + 1), bucket.updated_at};
}

std::string network_of(std::string_view address) {
    std::array<std::uint8_t, 16> bytes{};
    if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) return std::string(address);
    return hex({bytes.data(), 8}) + "::/64";
}

}  // namespace vv::core
