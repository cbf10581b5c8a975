#include "core/trips/solve.h"

#include "core/trips/bound.h"
#include "core/trips/small.h"

namespace vv::core::trips {
namespace {

Plan plan_of(const Ground& ground, const State& state) {
    Plan plan;
    plan.musts_left_out = ground.musts;
    for (const Route& route : state.days) {
        auto& day = plan.days.emplace_back();
        for (int place = 1; place <= route.size(); ++place) {
            const auto node = static_cast<std::size_t>(route.node(place));
            day.push_back({ground.visit_of[node], route.early(place)});
            plan.worth += ground.worth[node];
            plan.musts_left_out -= ground.must[node];
        }
    }
    return plan;
}

}  // namespace

Result<Plan> solve(const Problem& problem, const Effort& effort, int bound_rounds) {
    CHECK(check(problem));
    const Ground ground = lay_out(problem);
    if (const auto best = solve_small(ground); best && ground.left_out.empty()) {
        Plan plan = plan_of(ground, *best);
        plan.bound = plan.worth;
        return plan;
    }
    const State found = search(ground, effort);
    Plan plan = plan_of(ground, found);
    plan.bound = bound_of(ground, found, plan.musts_left_out == 0, bound_rounds);
    return plan;
}

}  // namespace vv::core::trips
