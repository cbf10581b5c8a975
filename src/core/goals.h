// core/goals.h — how many people an account means to meet in a year, and how the year looks.
//
// A goal can be paused whenever: the time of a pause is taken out of the year, so that nobody comes back to
// find that they are behind.
#pragma once

#include "core/people.h"

#include <map>

namespace vv::core {

struct YearGoal {
    int target = 0;
    std::map<Relation, int> by_relation;      // beside it: how many of them are to be friends, customers, …
    std::optional<Instant> paused_at;         // paused since
    std::chrono::milliseconds paused_for{0};  // by pauses that are over
    bool operator==(const YearGoal&) const = default;
};
inline constexpr int kMostGoal = 10'000;  // people

/// `span` is the goal's year. Both change nothing when it is so already.
void pause(YearGoal& goal, Instant now);
void resume(YearGoal& goal, Instant now, Span span);

/// The share of the year that is over, pauses taken out, in [0, 1]; 1 of a past year.
double share_gone(Span year, Instant now, const std::optional<YearGoal>& goal);
/// The goal's part of that, to a tenth. Nothing while it is paused.
std::optional<double> expected_by_now(const YearGoal& goal, Span year, Instant now);

/// What the year comes to.
struct Outlook {
    int planned = 0;                  // people not met this year whom something agreed will bring
    std::optional<int> at_this_pace;  // met by the year's end if it goes on so; nothing in the first weeks
    bool operator==(const Outlook&) const = default;
};
/// `planned` is counted by the caller. Never less than who is met and planned.
Outlook outlook(int met, int planned, Span year, Instant now, const std::optional<YearGoal>& goal);

}  // namespace vv::core
