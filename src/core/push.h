// core/push.h — an owner's browsers that are told by web push, and how much each may show.
//
// A message may be read on a lock screen by whoever is near: unless the owner says otherwise for a browser,
// it names the kind of news and nobody.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/people.h"

#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using PushDeviceId = Id<struct PushDeviceTag>;

enum class PushShows {
    kind,   // "A birthday is near"
    words,  // "Wei Zhou has a birthday on Wednesday", and why
};
std::string_view to_string(PushShows shows);
std::optional<PushShows> parse_push_shows(std::string_view name);

/// What the owner chooses for one browser.
struct PushWishes {
    PushShows shows = PushShows::kind;
    bool reminders = true;
    bool notices = true;
    bool operator==(const PushWishes&) const = default;
};

struct PushDevice {
    AccountId owner;
    PushDeviceId id;
    std::string name;
    std::string endpoint;
    std::string public_key;  // p256dh and auth, base64url without padding
    std::string auth;
    PushWishes wishes;
    Instant created_at;
    std::optional<Instant> told_at;
};
/// How many an account has at most.
inline constexpr std::size_t kMostPushDevices = 10;

/// Whether messages may go in the clear to private addresses: as the operator allows
/// (outbound.allow_private).
enum class PushEndpoints { public_only, any };
/// An https: address without user or fragment; `invalid` push.endpoint, at most 1,000 bytes.
Result<std::string> check_push_endpoint(std::string_view url, PushEndpoints endpoints);
/// In their one form; `invalid` push.keys for what is no point of the curve, or not 16 bytes.
Result<std::string> check_push_key(std::string_view text);
Result<std::string> check_push_auth(std::string_view text);

/// Notices are not sent at night: now, or at seven in the morning of the owner's zone when it is 22 or later.
Instant after_quiet_hours(Instant now, const Zone& zone);

}  // namespace vv::core
