#include "core/trips/pool.h"

#include "core/trips/random.h"

#include <algorithm>

namespace vv::core::trips {
namespace {

constexpr std::size_t kMostEntries = 4000;
constexpr int kMostSteps = 60'000;  // of one branch and bound
constexpr std::size_t kMostOfADay = 1500;
constexpr std::size_t kMostGroups = 20;  // of days, for one recombination

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

}  // namespace

DayPool::DayPool(const Ground& ground) : ground_(ground), words_(at(ground.persons) / 64 + 1) {
    Random random(1);
    for (int i = 0; i < ground.nodes; ++i) mark_.push_back(random.next());
}

void DayPool::add(const State& state) {
    for (const Route& route : state.days) {
        if (route.size() == 0) continue;
        std::uint64_t hash = static_cast<std::uint64_t>(route.kind()) * 0x9e3779b97f4a7c15ULL;
        for (int place = 1; place <= route.size(); ++place) hash ^= mark_[at(route.node(place))];
        const auto [found, is_new] = entries_.try_emplace(hash);
        Entry& entry = found->second;
        entry.of_plan = std::max(entry.of_plan, state.gain);
        if (!is_new) continue;
        entry.kind = route.kind();
        entry.persons.assign(words_, 0);
        for (int place = 1; place <= route.size(); ++place) {
            const int node = route.node(place), person = ground_.person[at(node)];
            entry.nodes.push_back(node);
            entry.gain += ground_.gain[at(node)];
            entry.persons[at(person) / 64] |= 1ULL << (person % 64);
        }
    }
    if (entries_.size() > kMostEntries) forget_half();
}

// Those of the poorer plans.
void DayPool::forget_half() {
    std::vector<std::pair<Worth, std::uint64_t>> order;
    for (const auto& [hash, entry] : entries_) order.emplace_back(entry.of_plan, hash);
    std::ranges::sort(order);
    for (std::size_t i = 0; i < order.size() / 2; ++i) entries_.erase(order[i].second);
}

bool DayPool::is_apart(const Bits& a, const Bits& b) const {
    for (std::size_t i = 0; i < words_; ++i)
        if ((a[i] & b[i]) != 0) return false;
    return true;
}

State DayPool::recombine(State state) {
    const int days = static_cast<int>(state.days.size());
    std::vector<std::vector<int>> groups;
    for (int a = 0; a < days; ++a)
        for (int b = a + 1; b < days; ++b) {
            if (days == 2) groups.push_back({a, b});
            for (int c = b + 1; c < days; ++c) groups.push_back({a, b, c});
        }
    // Few at a time when there are many, others each time.
    std::size_t tries = std::min(groups.size(), kMostGroups);
    for (; tries > 0; --tries, ++turn_)
        if (improve(state, groups[turn_ % groups.size()])) tries = std::min(groups.size(), kMostGroups) + 1;
    return state;
}

// Other days from the pool in place of these.
bool DayPool::improve(State& state, const std::vector<int>& days) const {
    Bits taken(words_);
    Worth known = 0;
    for (int node = 0; node < ground_.nodes; ++node) {
        const int day = state.day_of[at(node)], person = ground_.person[at(node)];
        if (day < 0) continue;
        if (std::ranges::count(days, day) > 0)
            known += ground_.gain[at(node)];
        else
            taken[at(person) / 64] |= 1ULL << (person % 64);
    }
    std::vector<std::vector<const Entry*>> lists(days.size());
    for (std::size_t i = 0; i < days.size(); ++i) {
        std::vector<std::pair<std::uint64_t, const Entry*>> list;
        for (const auto& [hash, entry] : entries_)
            if (entry.kind == state.days[at(days[i])].kind() && is_apart(entry.persons, taken))
                list.emplace_back(hash, &entry);
        std::ranges::sort(list, [](const auto& x, const auto& y) {
            return std::pair(y.second->gain, x.first) < std::pair(x.second->gain, y.first);
        });
        if (list.size() > kMostOfADay) list.resize(kMostOfADay);
        for (const auto& [hash, entry] : list) lists[i].push_back(entry);
        if (list.empty()) return false;
    }
    Choice best{{}, known, 0};
    std::vector<const Entry*> chosen;
    choose(lists, 0, 0, taken, chosen, best);
    if (best.chosen.empty()) return false;
    State better = state;
    for (std::size_t i = 0; i < days.size(); ++i) clear_day(ground_, better, days[i]);
    for (std::size_t i = 0; i < days.size(); ++i)
        for (int place = 1; const int node : best.chosen[i]->nodes)
            put_in(ground_, better, node, days[i], place++);
    state = std::move(better);
    return true;
}

void DayPool::choose(const std::vector<std::vector<const Entry*>>& lists, std::size_t depth, Worth gain,
                     Bits& taken, std::vector<const Entry*>& chosen, Choice& best) const {
    if (depth == lists.size()) {
        if (gain > best.gain) best.gain = gain, best.chosen = chosen;
        return;
    }
    Worth rest = 0;
    for (std::size_t i = depth + 1; i < lists.size(); ++i) rest += lists[i].front()->gain;
    for (const Entry* entry : lists[depth]) {
        if (++best.steps > kMostSteps || gain + entry->gain + rest <= best.gain) return;
        if (!is_apart(entry->persons, taken)) continue;
        for (std::size_t w = 0; w < words_; ++w) taken[w] |= entry->persons[w];
        chosen.push_back(entry);
        choose(lists, depth + 1, gain + entry->gain, taken, chosen, best);
        chosen.pop_back();
        for (std::size_t w = 0; w < words_; ++w) taken[w] &= ~entry->persons[w];
    }
}

}  // namespace vv::core::trips
