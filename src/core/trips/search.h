// core/trips/search.h — good plans for problems of any size: taking visits out, putting others in, annealing.
//
// The neighbourhood is that of "slack induction by string removals" (Christiaens & Vanden Berghe 2020), made
// for routing with time windows and turned to worth here: short strings of visits near a place leave their
// days, then everybody not met is tried in an order that changes from round to round, each where it costs
// least.
#pragma once

#include "core/trips/route.h"

#include <functional>

namespace vv::core::trips {

/// How long to look. The rounds alone make the answer the same everywhere; should_stop (a clock, as a rule)
/// is asked every few rounds and may be empty. One round is always made.
struct Effort {
    std::uint64_t rounds = 100'000;
    std::function<bool()> should_stop;
    std::uint64_t seed = 1;
};

/// The days' routes, and what is in them.
struct State {
    std::vector<Route> days;
    std::vector<std::int16_t> day_of;  // of each node; −1 outside
    std::vector<char> met;             // by person
    Worth gain = 0;
};

State nothing_planned(const Ground& ground);
void put_in(const Ground& ground, State& state, int node, int day, int place);
void clear_day(const Ground& ground, State& state, int day);

/// The best plan found; stops as well once nothing is left out.
State search(const Ground& ground, const Effort& effort);

}  // namespace vv::core::trips
