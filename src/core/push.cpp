#include "core/push.h"

#include "base/crypto.h"
#include "base/p256.h"

#include <algorithm>

namespace vv::core {
namespace {

using std::chrono::hours;

constexpr std::size_t kMostEndpoint = 1'000;
constexpr std::size_t kAuth = 16;
constexpr hours kMorning{7}, kNight{22};

Error wrong_keys(const char* field) {
    return Error(Fault::invalid, "push.keys", "These are not the keys of a browser's push subscription.")
        .at(field);
}

}  // namespace

std::string_view to_string(PushShows shows) {
    return shows == PushShows::words ? "words" : "kind";
}

std::optional<PushShows> parse_push_shows(std::string_view name) {
    if (name == "kind") return PushShows::kind;
    if (name == "words") return PushShows::words;
    return std::nullopt;
}

Result<std::string> check_push_endpoint(std::string_view url, PushEndpoints endpoints) {
    const bool is_plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; });
    const bool may_be_clear = endpoints == PushEndpoints::any && url.starts_with("http://");
    const std::size_t host = url.find("://");
    const bool has_host = host != std::string_view::npos && host + 3 < url.size() && url[host + 3] != '/';
    if (!is_plain || url.size() > kMostEndpoint || !has_host ||
        url.find_first_of("#@\\") != std::string_view::npos || !(url.starts_with("https://") || may_be_clear))
        return Error(Fault::invalid, "push.endpoint",
                     "A push service's address begins with https:// and has at most 1,000 characters.")
            .at("endpoint");
    return std::string(url);
}

Result<std::string> check_push_key(std::string_view text) {
    const auto key = from_base64url(text);
    if (!key || !is_p256_key(*key)) return wrong_keys("p256dh");
    return base64url(*key);
}

Result<std::string> check_push_auth(std::string_view text) {
    const auto auth = from_base64url(text);
    if (!auth || auth->size() != kAuth) return wrong_keys("auth");
    return base64url(*auth);
}

Instant after_quiet_hours(Instant now, const Zone& zone) {
    const Date today = zone.date_of(now);
    const auto at = [&](Date day, hours hour) {
        return zone.to_utc(WallTime(std::chrono::local_days(day)) + hour);
    };
    if (now < at(today, kMorning)) return at(today, kMorning);
    if (now < at(today, kNight)) return now;
    return at(Date(std::chrono::local_days(today) + std::chrono::days(1)), kMorning);
}

}  // namespace vv::core
