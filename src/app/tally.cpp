#include "app/tally.h"

#include "store/encounters.h"
#include "store/goals.h"
#include "store/meetings.h"
#include "store/reminders.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

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

// Whom calendars and agreed meetings bring before the year is over.
std::vector<core::PersonId> planned_people(store::Tx& tx, const Caller& caller,
                                           const store::encounters::Found& found, Span year) {
    if (caller.now < year.start || caller.now >= year.end) return {};
    std::vector<core::PersonId> people;
    for (const core::Encounter& encounter : found.encounters)
        if (core::over_at(encounter) > caller.now)
            people.insert(people.end(), encounter.people.begin(), encounter.people.end());
    for (const core::PersonId person :
         store::meetings::agreed_people(tx, caller.account, {caller.now, year.end}))
        people.push_back(person);
    return people;
}

Result<core::YearGoal> find_goal(store::Tx& tx, const Caller& caller, int year) {
    auto goal = store::goals::find(tx, caller.account, year);
    if (!goal) return Error(Fault::not_found, "goal.unknown", "There is no goal for that year.");
    return *std::move(goal);
}

Result<Done> check_targets(int target, const std::map<core::Relation, int>& by_relation) {
    const auto is_none = [](int n) { return n < 1 || n > core::kMostGoal; };
    if (is_none(target))
        return Error(Fault::invalid, "goal.target", "A goal is between 1 and 10,000 people a year.");
    for (const auto& [relation, part] : by_relation)
        if (is_none(part) || part > target)
            return Error(Fault::invalid, "goal.by_relation",
                         "A relation’s part of the goal is between 1 and the whole of it.");
    return Done{};
}

}  // namespace

Result<YearTally> tally_year(store::Tx& tx, Caller caller, std::optional<int> wanted) {
    TRY(const int year, check_year(wanted.value_or(caller.zone.year_of(caller.now))));
    const Span span = caller.zone.year(year);
    auto found = store::encounters::within(tx, caller.account, span);
    const auto planned = planned_people(tx, caller, found, span);
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
    return YearTally{core::tally_of(year, {met, times, planned}, goal, caller.now, caller.zone),
                     years_until(tx, caller)};
}

Result<Done> set_goal(store::Tx& tx, Caller caller, int year, int target,
                      std::optional<std::map<core::Relation, int>> by_relation) {
    CHECK(check_year(year));
    auto goal = store::goals::find(tx, caller.account, year).value_or(core::YearGoal{});
    goal.target = target;
    if (by_relation) goal.by_relation = *std::move(by_relation);
    CHECK(check_targets(target, goal.by_relation));
    store::goals::save(tx, caller.account, year, goal);
    store::reminders::finish_kind(tx, caller.account, core::ReminderKind::pace, caller.now);
    return Done{};
}

Result<Done> remove_goal(store::Tx& tx, Caller caller, int year) {
    CHECK(check_year(year));
    store::goals::remove(tx, caller.account, year);
    store::reminders::finish_kind(tx, caller.account, core::ReminderKind::pace, caller.now);
    return Done{};
}

Result<Done> pause_goal(store::Tx& tx, Caller caller, int year, bool is_paused) {
    CHECK(check_year(year));
    TRY(core::YearGoal goal, find_goal(tx, caller, year));
    if (is_paused)
        core::pause(goal, caller.now);
    else
        core::resume(goal, caller.now, caller.zone.year(year));
    store::goals::save(tx, caller.account, year, goal);
    store::reminders::finish_kind(tx, caller.account, core::ReminderKind::pace, caller.now);
    return Done{};
}

}  // namespace vv::app
