#include "core/trips/relaxed_day.h"

#include <algorithm>

namespace vv::core::trips {
namespace {

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

constexpr std::uint32_t kNoWay = 1U << 28;

}  // namespace

RelaxedDay::RelaxedDay(const Ground& ground, int kind, std::size_t work, bool may_skip)
    : may_skip_(may_skip) {
    const DayKind& day = ground.kinds[at(kind)];
    std::size_t moments = 0;
    for (int node = 0; node < ground.nodes; ++node) {
        if (day.of(node).empty()) continue;
        nodes_.push_back(node);
        person_.push_back(ground.person[at(node)]);
        for (const auto& w : day.of(node)) moments += at(w.until - w.from) + 1;
    }
    const std::size_t wanted = moments * nodes_.size() / work + 1;
    lay_cells(ground, kind, static_cast<Ticks>(std::min<std::size_t>(wanted, kLatest)));
    usable_ = measure(ground, kind) && choices_.size() * nodes_.size() < 8 * work;
}

void RelaxedDay::lay_cells(const Ground& ground, int kind, Ticks cell) {
    const DayKind& day = ground.kinds[at(kind)];
    cell_ = cell;
    int choices = 0;
    for (const int node : nodes_) {
        auto& windows = windows_.emplace_back();
        for (const auto& w : day.of(node)) {
            const int from = (w.from - day.day.leaves) / cell, until = (w.until - day.day.leaves) / cell;
            if (!windows.empty() && from <= windows.back().until) {
                choices += until - windows.back().until;
                windows.back().until = until;
                continue;
            }
            windows.push_back({from, until, choices - from});
            choices += until - from + 1;
        }
    }
    choices_.resize(at(choices));
    for (int i = 0; i < static_cast<int>(nodes_.size()); ++i)
        for (const Window& w : windows_[at(i)])
            for (int c = w.from; c <= w.until; ++c) by_time_.emplace_back(i, c);
    std::ranges::stable_sort(by_time_, std::greater<>{}, &std::pair<int, int>::second);
}

// False when some visit would take no cell, as choices are made from the latest back.
bool RelaxedDay::measure(const Ground& ground, int kind) {
    const std::size_t n = nodes_.size();
    bool all_take_time = true;
    hops_.assign((n + 1) * n, kNoWay);
    for (std::size_t i = 0; i <= n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            if (i < n && person_[i] == person_[j]) continue;
            const Ticks hop = ground.hop(i < n ? nodes_[i] : ground.day_node(kind), nodes_[j]);
            if (hop >= kNever) continue;
            hops_[i * n + j] = static_cast<std::uint32_t>(hop / cell_);
            if (i < n && hop / cell_ == 0) all_take_time = false;
        }
    return all_take_time;
}

int RelaxedDay::choice_at(int node, int arrival) const {
    for (const Window& w : windows_[at(node)])
        if (arrival <= w.until) return w.base + std::max(arrival, w.from);
    return -1;
}

void RelaxedDay::choose(int node, int cell, const std::vector<double>& prizes, Choice& out) const {
    const int n = static_cast<int>(nodes_.size());
    const int person = node < n ? person_[at(node)] : -1;
    const std::uint32_t* hops = hops_.data() + at(node) * at(n);
    out = {};  // ending the day here is always possible and worth 0
    for (const int j : worthwhile_) {
        if (hops[j] == kNoWay) continue;
        const int next = choice_at(j, cell + static_cast<int>(hops[j]));
        if (next < 0) continue;
        const Choice& then = choices_[at(next)];
        const double value = prizes[at(nodes_[at(j)])] + (then.person == person ? then.second : then.first);
        if (value > out.first) {
            if (out.person != person_[at(j)])
                out.second = out.first, out.other = out.next, out.other_cell = out.next_cell;
            out.first = value, out.next = j, out.next_cell = next, out.person = person_[at(j)];
        } else if (value > out.second && person_[at(j)] != out.person) {
            out.second = value, out.other = j, out.other_cell = next;
        }
    }
}

double RelaxedDay::best(const std::vector<double>& prizes, std::vector<int>& visits) {
    worthwhile_.clear();
    for (int i = 0; i < static_cast<int>(nodes_.size()); ++i)
        if (!may_skip_ || prizes[at(nodes_[at(i)])] > 0) worthwhile_.push_back(i);
    for (const auto& [node, cell] : by_time_) choose(node, cell, prizes, choices_[at(choice_at(node, cell))]);
    Choice start;
    choose(static_cast<int>(nodes_.size()), 0, prizes, start);
    follow(start, visits);
    return start.first;
}

void RelaxedDay::follow(const Choice& start, std::vector<int>& visits) const {
    visits.clear();
    const Choice* here = &start;
    int came_from = -1;  // the person before the one at hand
    int person = -1;
    for (;;) {
        const bool back = here != &start && came_from >= 0 && here->person == came_from;
        const int next = back ? here->other : here->next;
        if (next < 0) return;
        visits.push_back(nodes_[at(next)]);
        const Choice* then = &choices_[at(back ? here->other_cell : here->next_cell)];
        came_from = person;
        person = person_[at(next)];
        here = then;
    }
}

}  // namespace vv::core::trips
