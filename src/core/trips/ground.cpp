#include "core/trips/ground.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace vv::core::trips {
namespace {

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

// Sorted, merged where they touch, cut to [from, until].
std::vector<Window> cut(std::vector<Window> windows, Ticks from, Ticks until) {
    std::ranges::sort(windows, {}, &Window::from);
    std::vector<Window> out;
    for (Window w : windows) {
        w = {std::max(w.from, from), std::min(w.until, until)};
        if (w.until < w.from) continue;
        if (!out.empty() && w.from <= out.back().until + 1)
            out.back().until = std::max(out.back().until, w.until);
        else
            out.push_back(w);
    }
    return out;
}

Ticks clamped(Ticks way) {
    return way < 0 ? 0 : way >= kLatest ? kNever : way;
}

// Of one visit on every kind of day.
struct Fit {
    int visit = 0;
    Ticks way = kNever;  // there and back, on the day where it is shortest
    std::vector<std::vector<Window>> windows;
    [[nodiscard]] bool fits() const {
        return std::ranges::any_of(windows, [](const auto& of_day) { return !of_day.empty(); });
    }
};

Fit fit(const Problem& problem, const std::vector<DayKind>& kinds, int visit) {
    Fit out{visit, kNever, {}};
    const Visit& v = problem.visits[at(visit)];
    for (const DayKind& kind : kinds) {
        const Ticks there = clamped(problem.travel(kind.day.start_place, v.place));
        const Ticks back = clamped(problem.travel(v.place, kind.day.end_place));
        const bool possible = there < kNever && back < kNever && kind.day.most > 0;
        out.windows.push_back(
            possible ? cut(v.windows, kind.day.leaves + there, kind.day.returns - back - v.duration)
                     : std::vector<Window>{});
        if (!out.windows.back().empty()) out.way = std::min(out.way, there + back);
    }
    return out;
}

void find_kinds(const Problem& problem, Ground& ground) {
    for (const Day& day : problem.days) {
        const auto same = std::ranges::find(ground.kinds, day, &DayKind::day);
        ground.kind_of_day.push_back(static_cast<int>(same - ground.kinds.begin()));
        if (same == ground.kinds.end())
            ground.kinds.push_back({day, 1, {}, {}});
        else
            ++same->days;
    }
}

// Whoever has a confirmed meeting needs no other.
std::vector<char> beside_a_must(const Problem& problem) {
    std::unordered_map<int, bool> has_must;
    for (const Visit& v : problem.visits)
        if (v.must) has_must[v.person] = true;
    std::vector<char> out;
    for (const Visit& v : problem.visits) out.push_back(!v.must && has_must.contains(v.person));
    return out;
}

// Those laid out, in the order given.
std::vector<Fit> choose(const Problem& problem, Ground& ground) {
    const auto beside = beside_a_must(problem);
    std::vector<Fit> fits;
    for (int v = 0; v < static_cast<int>(problem.visits.size()); ++v) {
        ground.musts += problem.visits[at(v)].must;
        if (beside[at(v)]) continue;
        if (Fit one = fit(problem, ground.kinds, v); one.fits()) fits.push_back(std::move(one));
    }
    if (fits.size() <= kMostNodes) return fits;
    const auto promise = [&](const Fit& f) {
        const Visit& v = problem.visits[at(f.visit)];
        if (v.must) return 1e18;
        return static_cast<double>(v.worth) / (1.0 + v.duration + problem.rest + f.way / 4.0);
    };
    std::ranges::stable_sort(fits, std::greater<>{}, promise);
    for (std::size_t i = kMostNodes; i < fits.size(); ++i) {
        const Visit& v = problem.visits[at(fits[i].visit)];
        ground.left_out.emplace_back(v.worth, v.duration);
    }
    fits.resize(kMostNodes);
    std::ranges::sort(fits, {}, &Fit::visit);
    return fits;
}

void number_persons(const Problem& problem, Ground& ground) {
    std::unordered_map<int, int> number;
    for (const int visit : ground.visit_of) {
        const auto [found, is_new] =
            number.try_emplace(problem.visits[at(visit)].person, static_cast<int>(number.size()));
        if (is_new) ground.nodes_of_person.emplace_back();
        ground.nodes_of_person[at(found->second)].push_back(static_cast<int>(ground.person.size()));
        ground.person.push_back(found->second);
    }
    ground.persons = static_cast<int>(number.size());
}

void add_nodes(const Problem& problem, Ground& ground, const std::vector<Fit>& fits) {
    for (const Fit& f : fits) {
        const Visit& v = problem.visits[at(f.visit)];
        ground.visit_of.push_back(f.visit);
        ground.worth.push_back(v.worth);
        ground.duration.push_back(v.duration);
        ground.meal.push_back(v.meal > 0 ? 1U << (v.meal - 1) : 0U);
        ground.must.push_back(v.must);
        std::size_t moments = 0;  // at which it may start; a wide window counts as many
        for (const auto& of_kind : f.windows)
            for (const Window& w : of_kind) moments += w.until > w.from ? 2 : 1;
        ground.pinned.push_back(v.must && moments == 1);
    }
    ground.nodes = static_cast<int>(fits.size());
    ground.must_bonus = 1 + std::accumulate(ground.worth.begin(), ground.worth.end(), Worth{0});
    ground.gain = ground.worth;
    for (int i = 0; i < ground.nodes; ++i)
        if (ground.must[at(i)]) ground.gain[at(i)] += ground.must_bonus;
    for (std::size_t k = 0; k < ground.kinds.size(); ++k) {
        DayKind& kind = ground.kinds[k];
        kind.first.push_back(0);
        for (const Fit& f : fits) {
            kind.windows.insert(kind.windows.end(), f.windows[k].begin(), f.windows[k].end());
            kind.first.push_back(static_cast<std::uint32_t>(kind.windows.size()));
        }
    }
}

void measure_hops(const Problem& problem, Ground& ground) {
    const std::size_t width = ground.width();
    ground.hops.assign(width * width, kNever);
    const auto set = [&](int from, int to, Ticks duration, Ticks way) {
        const Ticks hop = way >= kNever ? kNever : duration + way;
        ground.hops[at(from) * width + at(to)] = hop;
    };
    const auto visit = [&](int node) -> const Visit& {
        return problem.visits[at(ground.visit_of[at(node)])];
    };
    for (int i = 0; i < ground.nodes; ++i)
        for (int j = 0; j < ground.nodes; ++j)
            if (i != j)
                set(i, j, visit(i).duration,
                    std::max(clamped(problem.travel(visit(i).place, visit(j).place)), problem.rest));
    for (int k = 0; k < static_cast<int>(ground.kinds.size()); ++k) {
        const Day& day = ground.kinds[at(k)].day;
        for (int i = 0; i < ground.nodes; ++i) {
            set(ground.day_node(k), i, 0, clamped(problem.travel(day.start_place, visit(i).place)));
            set(i, ground.day_node(k), visit(i).duration,
                clamped(problem.travel(visit(i).place, day.end_place)));
        }
        set(ground.day_node(k), ground.day_node(k), 0, 0);
    }
    ground.hops_back.resize(width * width);
    for (std::size_t i = 0; i < width; ++i)
        for (std::size_t j = 0; j < width; ++j) ground.hops_back[j * width + i] = ground.hops[i * width + j];
}

}  // namespace

Ground lay_out(const Problem& problem) {
    Ground ground;
    ground.rest = problem.rest;
    find_kinds(problem, ground);
    const auto fits = choose(problem, ground);
    add_nodes(problem, ground, fits);
    number_persons(problem, ground);
    measure_hops(problem, ground);
    return ground;
}

}  // namespace vv::core::trips
