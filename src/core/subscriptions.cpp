#include "core/subscriptions.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vv::core {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kMostAsked = std::chrono::days(7);
constexpr minutes kMostBackoff{24 * 60};

template <class Number>
std::optional<Number> whole(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < Number{0}) return std::nullopt;
    return value;
}

/// HTTP's date of fixed length: "Wed, 21 Oct 2026 07:28:00 GMT".
std::optional<Instant> http_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || !text.ends_with(" GMT") || text[3] != ',') return std::nullopt;
    const auto* const month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
    const auto day = whole<unsigned>(text.substr(5, 2));
    const auto year = whole<int>(text.substr(12, 4));
    const auto hour = whole<int>(text.substr(17, 2));
    const auto minute = whole<int>(text.substr(20, 2));
    const auto second = whole<int>(text.substr(23, 2));
    if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const Date date{std::chrono::year(*year),
                    std::chrono::month(static_cast<unsigned>(month - kMonths.begin()) + 1),
                    std::chrono::day(*day)};
    if (!date.ok()) return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + minutes(*minute) +
           seconds(*second);
}

}  // namespace

Instant next_check(const Checked& checked) {
    minutes wait = checked.every;
    if (checked.failures > 0) {
        const int doublings = std::min(checked.failures - 1, 10);
        wait = std::min(minutes(kLeastMinutes) * (1 << doublings), kMostBackoff);
    }
    return checked.at +
           std::max<seconds>({wait, minutes(kLeastMinutes), std::min(checked.asked, kMostAsked)});
}

std::optional<seconds> max_age(std::string_view cache_control) {
    for (const std::string_view part : split(cache_control, ',')) {
        const std::string directive = ascii_lower(trim(part));
        if (!directive.starts_with("max-age=")) continue;
        if (const auto value = whole<std::int64_t>(std::string_view(directive).substr(8)))
            return std::min(seconds(*value), kMostAsked);
    }
    return std::nullopt;
}

std::optional<seconds> retry_after(std::string_view value, Instant now) {
    const std::string_view text = trim(value);
    if (const auto wait = whole<std::int64_t>(text)) return std::min(seconds(*wait), kMostAsked);
    const auto at = http_date(text);
    if (!at) return std::nullopt;
    return std::clamp(std::chrono::duration_cast<seconds>(*at - now), seconds(0), kMostAsked);
}

}  // namespace vv::core
