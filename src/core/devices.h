// core/devices.h — the devices with which an account proves that it was there: an Ed25519 key each.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/people.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using DeviceId = Id<struct DeviceTag>;

struct Device {
    AccountId account;
    DeviceId id;
    std::string name;        // as the account calls it: "My telephone"
    std::string public_key;  // base64url without padding, of 32 bytes
    Instant created_at;
    std::optional<Instant> seen_at;  // its latest signature
};

/// How many devices one account has in use at most.
inline constexpr std::size_t kMaxDevices = 20;

/// A key as WebCrypto exports it ("raw"), base64url with or without padding, in its one form without. Points
/// of small order are refused: a signature by such a key holds for any message, so it would prove nothing.
Result<std::string> check_public_key(std::string_view text);
/// 1 to 60 code points on one line, trimmed.
Result<std::string> check_device_name(std::string_view text);

}  // namespace vv::core
