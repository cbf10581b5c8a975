// core/trips/problem.h — a trip as whole numbers: what may be visited, on which days, and what a plan of it
// is.
//
// In the literature this is the team orienteering problem with (several) time windows. A visit is one way to
// meet one person: somebody who could have a coffee in the morning or a lunch is two visits of one person, of
// which a plan holds at most one. Times are whole numbers in a unit of the caller's, so that the same problem
// has the same answer on every machine.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace vv::core::trips {

using Ticks = std::int32_t;
using Worth = std::int64_t;

constexpr Ticks kLatest = 1 << 28;       // times lie within ± this, so that a few of them can be added
constexpr int kMealsMost = 8;            // kinds of meals
constexpr Worth kWorthMost = 1'000'000;  // of one visit

/// A visit may start at any time in [from, until].
struct Window {
    Ticks from = 0, until = 0;
    bool operator==(const Window&) const = default;
};

struct Visit {
    int place = 0;    // as the function of travel times counts places
    Worth worth = 0;  // 0 … kWorthMost
    Ticks duration = 0;
    std::vector<Window> windows;  // in any order, overlapping or not
    int person = 0;               // at most one visit of each person in a plan
    int meal = 0;                 // 0 for none; at most one visit of every other number in a day
    bool must = false;            // confirmed: a plan without it is worth less than any plan with it
};

/// A route: where it begins and ends, and between which times.
struct Day {
    int start_place = 0, end_place = 0;
    Ticks leaves = 0, returns = 0;
    int most = 1 << 20;  // visits
    bool operator==(const Day&) const = default;
};

/// Travel time between two places, not negative; kLatest or more where there is no way. Asked for each pair
/// once.
using Travel = std::function<Ticks(int from, int to)>;

struct Problem {
    std::vector<Visit> visits;
    std::vector<Day> days;
    Travel travel;
    Ticks rest = 0;  // at least this lies between the end of a visit and the start of the next
};

struct Stop {
    int visit = 0;  // index into Problem::visits
    Ticks start = 0;
    bool operator==(const Stop&) const = default;
};

struct Plan {
    std::vector<std::vector<Stop>> days;  // as many as the problem has, each in order of time
    Worth worth = 0;                      // of all stops
    Worth bound = 0;                      // no plan that keeps as many musts is worth more
    int musts_left_out = 0;
    [[nodiscard]] bool is_proven() const { return worth == bound; }
};

/// `invalid` for numbers out of range: a day that ends before it begins, a window that is reversed, a
/// negative duration or worth.
Result<Done> check(const Problem& problem);

/// Why a plan cannot be carried out, as a sentence; empty when it can. Looks at the problem alone, not at how
/// plans are made.
std::string fault_of(const Problem& problem, const Plan& plan);

}  // namespace vv::core::trips
