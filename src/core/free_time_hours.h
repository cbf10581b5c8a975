// core/free_time_hours.h — when somebody likes to meet: hours of each weekday, a pace, and days kept free.
//
// Hours are wall time in the owner's zone and stay what they say whatever the clocks do: where clocks jump
// forward, the hours that are skipped are none; where they go back, each wall time counts once, the first
// time it is shown.
#pragma once

#include "base/time.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace vv::core {

/// [start, end) in wall time from the day's midnight, within one day.
struct HourRange {
    std::chrono::minutes start{};
    std::chrono::minutes end{};
    auto operator<=>(const HourRange&) const = default;
};
/// Monday first.
using WeekHours = std::array<std::vector<HourRange>, 7>;

/// Civil days, both included, in whatever zone the owner is.
struct DayRange {
    Date first;
    Date last;
    auto operator<=>(const DayRange&) const = default;
};

/// How much meeting is good for somebody.
struct Pace {
    std::optional<int> a_week;    // at most so many meetings from Monday to Sunday; any number when not set
    std::chrono::minutes rest{};  // at least so long between two meetings
    auto operator<=>(const Pace&) const = default;
};

struct MeetingHabits {
    WeekHours hours;
    Pace pace;
    std::vector<DayRange> kept_free;
    bool operator==(const MeetingHabits&) const = default;
};

struct HabitLimits {
    std::size_t ranges_a_day = 6, kept_free = 200;
    int a_week = 50;
    std::chrono::hours rest = std::chrono::hours(24 * 14);
    std::chrono::days longest_kept_free = std::chrono::days(732);
};
inline constexpr HabitLimits kHabitLimits{};

/// Of an account that has not said: 9 to 22 on weekdays, 10 to 22 on weekends, any pace.
MeetingHabits usual_habits();

/// The habits in order: ranges sorted, those that touch joined. `invalid`, naming the field: hours outside a
/// day or ending before they begin, a pace or a rest out of its bounds, days in the wrong order, too many of
/// either.
Result<MeetingHabits> tidy(MeetingHabits habits);

/// The hours within a span, in order and apart from each other, without the days kept free.
std::vector<Span> meeting_hours(const MeetingHabits& habits, const Zone& zone, Span within);

/// Where a pace leaves no room beside these meetings: each with its rest on both sides, and weeks that have
/// as many as they may. In no order.
std::vector<Span> taken_by_pace(const Pace& pace, std::span<const Span> meetings, const Zone& zone);

/// Days as the spans that they are in a zone.
std::vector<Span> whole_days(std::span<const DayRange> days, const Zone& zone);

}  // namespace vv::core
