// core/tally.h — people met face to face in a year: the number that the product is about.
#pragma once

#include "core/encounters.h"
#include "core/goals.h"

#include <array>
#include <map>
#include <span>

namespace vv::core {

/// One person met at one encounter.
struct Met {
    PersonId person;
    Relation relation = Relation::acquaintance;
    Evidence evidence = Evidence::imported;  // of this encounter with this person
    Instant start;
    std::optional<Instant> first_met;  // the first time ever, as far as is known
};

/// Each breakdown is of `met`, so each sums up to it: a person stands under their relation, under the
/// strongest evidence of the year, and in the month of the year's first encounter with them.
struct Tally {
    int year = 0;
    int met = 0;             // people
    int first_meetings = 0;  // people among them who had never been met before
    int encounters = 0;
    std::optional<int> goal;
    bool is_paused = false;                 // the goal
    std::optional<double> expected_by_now;  // as core/goals.h; null without a goal
    std::map<Relation, int> goals;          // by relation
    Outlook outlook;
    std::map<Relation, int> by_relation;  // without zeros
    std::map<Evidence, int> by_evidence;
    std::array<int, 12> by_month{};
};

/// `met` holds what happened in the year (in `zone`) and is over by `now`; `encounters` is how many times
/// that was; `planned` whom what is agreed will bring before the year's end, those met already among them.
struct YearSoFar {
    std::span<const Met> met;
    int encounters = 0;
    std::span<const PersonId> planned;
};
Tally tally_of(int year, const YearSoFar& so_far, const std::optional<YearGoal>& goal, Instant now,
               const Zone& zone);

}  // namespace vv::core
