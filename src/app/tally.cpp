#include "app/tally.h"

#include "store/encounters.h"
#include "store/goals.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

constexpr int kMostPeople = 10'000;

Result<int> check_year(int year) {
    if (year >= 1900 && year <= 9999) return year;
    return Error(Fault::invalid, "tally.year", "The year must lie between 1900 and 9999.");
}

std::vector<int> years_until(store::Tx& tx, const Caller& caller) {
    const int current = caller.zone.year_of(caller.now);
    const auto extent = store::encounters::extent(tx, caller.account, caller.now);
    std::vector<int> years;
    for (int year = extent ? std::min(current, caller.zone.year_of(extent->start)) : current; year <= current;
         ++year)
        years.push_back(year);
    return years;
}

}  // namespace

Result<YearTally> tally_year(store::Tx& tx, Caller caller, std::optional<int> wanted) {
    TRY(const int year, check_year(wanted.value_or(caller.zone.year_of(caller.now))));
    auto found = store::encounters::within(tx, caller.account, caller.zone.year(year));
    std::erase_if(found.encounters, [&](const core::Encounter& e) { return core::over_at(e) > caller.now; });
    std::vector<core::PersonId> people;
    for (const auto& [person, who] : found.people) people.push_back(person);
    const auto first_met = store::encounters::first_met(tx, caller.account, people, caller.now);
    std::vector<core::Met> met;
    for (const core::Encounter& encounter : found.encounters)
        for (const core::PersonId person : encounter.people)
            met.push_back({person, found.people.at(person).relation, encounter.evidence, encounter.start,
                           first_met.at(person)});
    const auto times = static_cast<int>(core::join_encounters(std::move(found.encounters)).size());
    const auto goal = store::goals::find(tx, caller.account, year);
    return YearTally{core::tally_of(year, met, times, goal, caller.now, caller.zone),
                     years_until(tx, caller)};
}

Result<Done> set_goal(store::Tx& tx, Caller caller, int year, int target) {
    CHECK(check_year(year));
    if (target < 1 || target > kMostPeople)
        return Error(Fault::invalid, "goal.target", "A goal is between 1 and 10,000 people a year.");
    store::goals::save(tx, caller.account, year, target);
    return Done{};
}

Result<Done> remove_goal(store::Tx& tx, Caller caller, int year) {
    CHECK(check_year(year));
    store::goals::remove(tx, caller.account, year);
    return Done{};
}

}  // namespace vv::app
