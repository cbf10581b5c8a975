#include "core/tally.h"

#include <algorithm>
#include <cmath>

namespace vv::core {
namespace {

/// The share of the year that is over, in [0, 1].
double elapsed(Span year, Instant now) {
    const auto whole = std::chrono::duration<double>(year.end - year.start);
    return std::clamp(std::chrono::duration<double>(now - year.start) / whole, 0.0, 1.0);
}

}  // namespace

Tally tally_of(int year, std::span<const Met> met, int encounters, std::optional<int> goal, Instant now,
               const Zone& zone) {
    const Span span = zone.year(year);
    std::map<PersonId, Met> people;  // the year's first time, with its strongest evidence
    for (const Met& one : met) {
        const auto [at, is_new] = people.try_emplace(one.person, one);
        Met& held = at->second;
        if (is_new) continue;
        held.start = std::min(held.start, one.start);
        held.evidence = std::max(held.evidence, one.evidence);
    }
    Tally tally;
    tally.year = year;
    tally.met = static_cast<int>(people.size());
    tally.encounters = encounters;
    tally.goal = goal;
    if (goal) tally.expected_by_now = std::round(*goal * elapsed(span, now) * 10) / 10;
    for (const auto& [id, person] : people) {
        if (person.first_met && *person.first_met >= span.start) ++tally.first_meetings;
        ++tally.by_relation[person.relation];
        ++tally.by_evidence[person.evidence];
        ++tally.by_month[static_cast<unsigned>(zone.date_of(person.start).month()) - 1];
    }
    return tally;
}

}  // namespace vv::core
