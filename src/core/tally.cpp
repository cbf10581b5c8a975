#include "core/tally.h"

#include <algorithm>
#include <set>

namespace vv::core {
Tally tally_of(int year, const YearSoFar& so_far, const std::optional<YearGoal>& goal, Instant now,
               const Zone& zone) {
    const Span span = zone.year(year);
    std::map<PersonId, Met> people;  // the year's first time, with its strongest evidence
    for (const Met& one : so_far.met) {
        const auto [at, is_new] = people.try_emplace(one.person, one);
        Met& held = at->second;
        if (is_new) continue;
        held.start = std::min(held.start, one.start);
        held.evidence = std::max(held.evidence, one.evidence);
    }
    Tally tally;
    tally.year = year;
    tally.met = static_cast<int>(people.size());
    tally.encounters = so_far.encounters;
    if (goal) {
        tally.goal = goal->target;
        tally.is_paused = goal->paused_at.has_value();
        tally.expected_by_now = expected_by_now(*goal, span, now);
        tally.goals = goal->by_relation;
    }
    std::set<PersonId> coming(so_far.planned.begin(), so_far.planned.end());
    std::erase_if(coming, [&](PersonId person) { return people.contains(person); });
    tally.outlook = outlook(tally.met, static_cast<int>(coming.size()), span, now, goal);
    for (const auto& [id, person] : people) {
        if (person.first_met && *person.first_met >= span.start) ++tally.first_meetings;
        ++tally.by_relation[person.relation];
        ++tally.by_evidence[person.evidence];
        ++tally.by_month[static_cast<unsigned>(zone.date_of(person.start).month()) - 1];
    }
    return tally;
}

}  // namespace vv::core
