#include "core/free_time_hours.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace vv::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;

constexpr hours kDay{24};

Error invalid(std::string code, std::string detail) {
    return {Fault::invalid, "free_time." + std::move(code), std::move(detail)};
}

Result<std::vector<HourRange>> tidy_day(std::vector<HourRange> ranges) {
    if (ranges.size() > kHabitLimits.ranges_a_day)
        return invalid("many_ranges", "A day has six ranges of hours at most; join some.");
    for (const HourRange& range : ranges)
        if (range.start.count() < 0 || range.end > kDay || range.end <= range.start)
            return invalid("hours", "Hours lie between 00:00 and 24:00 and end after they begin.");
    std::sort(ranges.begin(), ranges.end());
    std::vector<HourRange> joined;
    for (const HourRange& range : ranges) {
        if (!joined.empty() && range.start <= joined.back().end)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    return joined;
}

Result<Done> check_pace(const Pace& pace) {
    if (pace.a_week && (*pace.a_week < 0 || *pace.a_week > kHabitLimits.a_week))
        return invalid("a_week", "Meetings a week are a number from 0 to 50, or left open.");
    if (pace.rest.count() < 0 || pace.rest > kHabitLimits.rest)
        return invalid("rest", "The rest between two meetings is 14 days at most.");
    return Done{};
}

Result<std::vector<DayRange>> tidy_kept_free(std::vector<DayRange> kept) {
    if (kept.size() > kHabitLimits.kept_free)
        return invalid("many_days", "Two hundred ranges of days can be kept free; take old ones out.");
    for (const DayRange& range : kept)
        if (!range.first.ok() || !range.last.ok() || range.last < range.first ||
            local_days(range.last) - local_days(range.first) > kHabitLimits.longest_kept_free)
            return invalid("days",
                           "Days kept free end on or after the day they begin, two years later at most.");
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    return kept;
}

// A stretch of wall time that a zone's clocks show for the first time, and its distance from UTC.
struct Stretch {
    WallTime from;
    WallTime to;
    std::chrono::seconds offset;
};

WallTime wall_of(Instant t, std::chrono::seconds offset) {
    return WallTime((t + offset).time_since_epoch());
}

std::vector<Stretch> stretches(const Zone& zone, Span within) {
    const std::vector<ZoneShift> shifts = zone.shifts(within);
    std::vector<Stretch> found;
    WallTime shown = wall_of(shifts.front().at, shifts.front().before);  // all wall times before this one
    for (std::size_t i = 0; i < shifts.size(); ++i) {
        const auto offset = shifts[i].after;
        const Instant until = i + 1 < shifts.size() ? shifts[i + 1].at : within.end;
        const WallTime from = std::max(wall_of(shifts[i].at, offset), shown);
        const WallTime to = wall_of(until, offset);
        if (from < to) found.push_back({from, to, offset});
        shown = std::max(shown, to);
    }
    return found;
}

// Puts wall times, given in order, into UTC: walks the stretches once.
class Hours {
public:
    Hours(const std::vector<Stretch>& all, Span within)
        : at_(all.begin()), end_(all.end()), within_(within) {}

    void add(WallTime from, WallTime to) {
        while (at_ != end_ && at_->to <= from) ++at_;
        for (auto one = at_; one != end_ && one->from < to; ++one) {
            const WallTime start = std::max(from, one->from);
            const WallTime end = std::min(to, one->to);
            put({Instant(start.time_since_epoch()) - one->offset,
                 Instant(end.time_since_epoch()) - one->offset});
        }
    }
    std::vector<Span> take() { return std::move(found_); }

private:
    void put(Span span) {
        span = {std::max(span.start, within_.start), std::min(span.end, within_.end)};
        if (span.start >= span.end) return;
        if (!found_.empty() && found_.back().end == span.start)
            found_.back().end = span.end;
        else
            found_.push_back(span);
    }

    std::vector<Stretch>::const_iterator at_, end_;
    Span within_;
    std::vector<Span> found_;
};

bool is_kept_free(const std::vector<DayRange>& kept, Date day) {
    return std::ranges::any_of(kept, [&](const DayRange& r) { return r.first <= day && day <= r.last; });
}

}  // namespace

MeetingHabits usual_habits() {
    MeetingHabits habits;
    for (std::size_t day = 0; day < habits.hours.size(); ++day)
        habits.hours[day] = {{hours(day < 5 ? 9 : 10), hours(22)}};
    return habits;
}

Result<MeetingHabits> tidy(MeetingHabits habits) {
    for (auto& day : habits.hours) {
        TRY(day, tidy_day(std::move(day)));
    }
    CHECK(check_pace(habits.pace));
    TRY(habits.kept_free, tidy_kept_free(std::move(habits.kept_free)));
    return habits;
}

std::vector<Span> meeting_hours(const MeetingHabits& habits, const Zone& zone, Span within) {
    if (within.start >= within.end) return {};
    // A zone's day may be skipped, and clocks have been moved by a whole day.
    const auto all = stretches(zone, {within.start - days(3), within.end + days(3)});
    const auto last = std::chrono::floor<days>(zone.to_local(within.end)) + days(1);
    Hours found(all, within);
    for (auto day = std::chrono::floor<days>(zone.to_local(within.start)) - days(1); day <= last;
         day += days(1)) {
        const auto& ranges = habits.hours[std::chrono::weekday(day).iso_encoding() - 1];
        if (ranges.empty() || is_kept_free(habits.kept_free, Date(day))) continue;
        for (const HourRange& range : ranges) found.add(day + range.start, day + range.end);
    }
    return found.take();
}

std::vector<Span> taken_by_pace(const Pace& pace, std::span<const Span> meetings, const Zone& zone) {
    std::vector<Span> taken;
    std::map<local_days, int> weeks;  // by their Monday
    // Several people at one and the same time are one gathering.
    for (const Span& meeting : std::set<Span>(meetings.begin(), meetings.end())) {
        taken.push_back({meeting.start - pace.rest, meeting.end + pace.rest});
        const auto day = std::chrono::floor<days>(zone.to_local(meeting.start));
        ++weeks[day - (std::chrono::weekday(day) - std::chrono::Monday)];
    }
    if (!pace.a_week) return taken;
    for (const auto& [monday, count] : weeks)
        if (count >= *pace.a_week)
            taken.push_back({zone.start_of(Date(monday)), zone.start_of(Date(monday + days(7)))});
    return taken;
}

std::vector<Span> whole_days(std::span<const DayRange> ranges, const Zone& zone) {
    std::vector<Span> spans;
    for (const DayRange& range : ranges)
        spans.push_back({zone.start_of(range.first), zone.start_of(Date(local_days(range.last) + days(1)))});
    return spans;
}

}  // namespace vv::core
