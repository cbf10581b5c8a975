// core/subscriptions.h — when something that is read again and again is read next.
#pragma once

#include "base/time.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace vv::core {

inline constexpr int kLeastMinutes = 15;
inline constexpr int kUsualMinutes = 6 * 60;
inline constexpr int kMostMinutes = 30 * 24 * 60;

/// How a check went, as far as the next one depends on it.
struct Checked {
    Instant at;
    std::chrono::minutes every{kUsualMinutes};
    int failures = 0;               // in a row, this one counted; 0: it worked
    std::chrono::seconds asked{0};  // the wait that the other server asks for
};
/// After a failure sooner than usual, then with waits that double up to a day; never before the other server
/// wants it (a week is the most it gets), and never within 15 minutes.
Instant next_check(const Checked& checked);

/// Of `Cache-Control: public, max-age=3600`; nothing without one.
std::optional<std::chrono::seconds> max_age(std::string_view cache_control);
/// Of `Retry-After: 120` or `Retry-After: Wed, 21 Oct 2026 07:28:00 GMT`; a moment that is past is no wait.
std::optional<std::chrono::seconds> retry_after(std::string_view value, Instant now);

}  // namespace vv::core
