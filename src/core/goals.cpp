#include "core/goals.h"

#include <algorithm>
#include <cmath>

namespace vv::core {
namespace {

using std::chrono::milliseconds;

/// Before it a year says nothing of its pace.
constexpr std::chrono::days kPaceKnownAfter{28};

/// Of the year, when nothing is paused any more from `now` on.
milliseconds active(Span year, Instant now, const std::optional<YearGoal>& goal) {
    Instant until = std::clamp(now, year.start, year.end);
    milliseconds paused{0};
    if (goal) paused = goal->paused_for;
    if (goal && goal->paused_at) until = std::clamp(*goal->paused_at, year.start, until);
    return std::max(milliseconds(0), until - year.start - paused);
}

double ratio(milliseconds a, milliseconds b) {
    return static_cast<double>(a.count()) / static_cast<double>(b.count());
}

}  // namespace

void pause(YearGoal& goal, Instant now) {
    if (!goal.paused_at) goal.paused_at = now;
}

void resume(YearGoal& goal, Instant now, Span span) {
    if (!goal.paused_at) return;
    const Instant from = std::clamp(*goal.paused_at, span.start, span.end);
    goal.paused_for += std::clamp(now, from, span.end) - from;
    goal.paused_at.reset();
}

double share_gone(Span year, Instant now, const std::optional<YearGoal>& goal) {
    if (now >= year.end) return 1;
    const milliseconds whole = year.end - year.start - (goal ? goal->paused_for : milliseconds(0));
    if (whole <= milliseconds(0)) return 0;
    return std::clamp(ratio(active(year, now, goal), whole), 0.0, 1.0);
}

std::optional<double> expected_by_now(const YearGoal& goal, Span year, Instant now) {
    if (goal.paused_at && now < year.end) return std::nullopt;
    return std::round(goal.target * share_gone(year, now, goal) * 10) / 10;
}

Outlook outlook(int met, int planned, Span year, Instant now, const std::optional<YearGoal>& goal) {
    Outlook seen{planned, std::nullopt};
    const milliseconds lived = active(year, now, goal);
    const bool is_paused = goal && goal->paused_at;
    if (is_paused || now < year.start || now >= year.end || lived < kPaceKnownAfter) return seen;
    const double more = met * ratio(year.end - now, lived);
    seen.at_this_pace = met + std::max(planned, static_cast<int>(std::lround(more)));
    return seen;
}

}  // namespace vv::core
