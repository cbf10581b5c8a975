#include "core/trips/problem.h"

#include <algorithm>
#include <set>

namespace vv::core::trips {
namespace {

bool in_range(Ticks t) {
    return t >= -kLatest && t <= kLatest;
}

Error refused(const char* code, const char* what, std::size_t index) {
    return {Fault::invalid, code, std::string(what) + " (number " + std::to_string(index) + ")"};
}

Result<Done> check_visit(const Visit& visit, std::size_t index) {
    if (visit.worth < 0 || visit.worth > kWorthMost)
        return refused("trip.worth_out_of_range", "A visit's worth lies between 0 and 1,000,000.", index);
    if (visit.duration < 0 || visit.duration > kLatest)
        return refused("trip.duration_out_of_range", "A visit's duration is not negative.", index);
    if (visit.meal < 0 || visit.meal > kMealsMost)
        return refused("trip.meal_out_of_range", "There is no such meal.", index);
    for (const Window& window : visit.windows)
        if (!in_range(window.from) || !in_range(window.until) || window.until < window.from)
            return refused("trip.window_reversed", "A window ends before it begins.", index);
    return Done{};
}

bool may_start(const Visit& visit, Ticks start) {
    return std::ranges::any_of(visit.windows,
                               [&](const Window& w) { return w.from <= start && start <= w.until; });
}

std::string fault_of_day(const Problem& problem, const Day& day, const std::vector<Stop>& stops) {
    std::int64_t free = day.leaves;
    std::set<int> meals;
    int place = day.start_place;
    for (const Stop& stop : stops) {
        const Visit& visit = problem.visits[static_cast<std::size_t>(stop.visit)];
        const std::string name = "visit " + std::to_string(stop.visit);
        const std::int64_t way = problem.travel(place, visit.place);
        const bool is_first = &stop == &stops.front();
        if (way >= kLatest) return name + " cannot be reached";
        if (stop.start < free + (is_first ? way : std::max<std::int64_t>(way, problem.rest)))
            return name + " starts too early";
        if (!may_start(visit, stop.start)) return name + " starts outside its windows";
        if (visit.meal != 0 && !meals.insert(visit.meal).second) return name + " is the second such meal";
        free = std::int64_t{stop.start} + visit.duration;
        place = visit.place;
    }
    if (stops.size() > static_cast<std::size_t>(std::max(day.most, 0))) return "too many visits in a day";
    if (!stops.empty() && free + problem.travel(place, day.end_place) > day.returns) return "back too late";
    return {};
}

}  // namespace

Result<Done> check(const Problem& problem) {
    for (std::size_t i = 0; i < problem.days.size(); ++i) {
        const Day& day = problem.days[i];
        if (!in_range(day.leaves) || !in_range(day.returns) || day.returns < day.leaves)
            return refused("trip.day_reversed", "A day of the trip ends before it begins.", i);
    }
    for (std::size_t i = 0; i < problem.visits.size(); ++i) CHECK(check_visit(problem.visits[i], i));
    if (problem.rest < 0 || problem.rest > kLatest)
        return Error(Fault::invalid, "trip.rest_out_of_range", "The rest between meetings is not negative.");
    return Done{};
}

std::string fault_of(const Problem& problem, const Plan& plan) {
    if (plan.days.size() != problem.days.size()) return "not as many days as the trip has";
    std::set<int> persons;
    Worth worth = 0;
    for (std::size_t d = 0; d < plan.days.size(); ++d) {
        for (const Stop& stop : plan.days[d]) {
            if (stop.visit < 0 || static_cast<std::size_t>(stop.visit) >= problem.visits.size())
                return "an unknown visit";
            const Visit& visit = problem.visits[static_cast<std::size_t>(stop.visit)];
            if (!persons.insert(visit.person).second)
                return "person " + std::to_string(visit.person) + " is met twice";
            worth += visit.worth;
        }
        if (std::string fault = fault_of_day(problem, problem.days[d], plan.days[d]); !fault.empty())
            return "day " + std::to_string(d) + ": " + fault;
    }
    if (worth != plan.worth) return "the worth is not the sum of its visits'";
    if (plan.bound < plan.worth) return "the bound is below the worth";
    return {};
}

}  // namespace vv::core::trips
