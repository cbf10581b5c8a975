#include "core/trips/small.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

namespace vv::core::trips {
namespace {

constexpr std::size_t kMostStates = 8'000'000;

using Set = std::uint32_t;

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

// A bit for each person and worth, so that a set alone tells what it is worth.
struct Bits {
    int count = 0;
    std::vector<int> of_node;
    std::vector<Worth> gain;       // by bit
    std::vector<Set> same_person;  // by bit: all bits of its person
};

Bits number(const Ground& ground) {
    Bits bits;
    bits.of_node.assign(at(ground.nodes), 0);
    for (const auto& nodes : ground.nodes_of_person) {
        const int first = bits.count;
        for (const int node : nodes) {
            const auto known = std::find(bits.gain.begin() + first, bits.gain.end(), ground.gain[at(node)]);
            bits.of_node[at(node)] = static_cast<int>(known - bits.gain.begin());
            if (known == bits.gain.end()) bits.gain.push_back(ground.gain[at(node)]);
        }
        bits.count = static_cast<int>(bits.gain.size());
        if (bits.count > kSmall) return bits;
        bits.same_person.resize(at(bits.count), (1U << bits.count) - (1U << first));
    }
    return bits;
}

// Meals of this ground numbered from 0, so that few states are kept for them.
std::vector<std::uint32_t> dense_meals(const Ground& ground) {
    std::uint32_t used = 0;
    for (const std::uint32_t meal : ground.meal) used |= meal;
    std::vector<std::uint32_t> out;
    for (const std::uint32_t meal : ground.meal)
        out.push_back(meal == 0 ? 0 : 1U << std::popcount(used & (meal - 1)));
    return out;
}

// What one day of a kind can hold.
class OneDay {
public:
    OneDay(const Ground& ground, const Bits& bits, const std::vector<std::uint32_t>& meals)
        : ground_(ground), bits_(bits), meals_(meals) {
        std::uint32_t used = 0;
        for (const std::uint32_t meal : meals) used |= meal;
        meal_sets_ = used + 1;
        states_per_set_ = at(ground.nodes) * meal_sets_;
        if (is_small()) starts_ = std::make_unique_for_overwrite<Ticks[]>(states_per_set_ << bits_.count);
    }

    [[nodiscard]] bool is_small() const { return (states_per_set_ << bits_.count) <= kMostStates; }

    /// Fills the table for the sets within `within`.
    void fill(int kind, Set within) {
        kind_ = kind;
        holds_.assign(std::size_t{1} << bits_.count, 0);
        holds_[0] = 1;
        const int most = ground_.kinds[at(kind)].day.most;
        for (int node = 0; node < ground_.nodes; ++node)
            if (within >> bits_.of_node[at(node)] & 1)
                extend(0, ground_.day_node(kind), 0, start_of_day(), node);
        for (Set set = 1; set <= within; ++set)
            if (holds_[set] && std::popcount(set) < most) extend_all(set, within);
    }

    [[nodiscard]] std::vector<Set> sets() const {
        std::vector<Set> out;
        for (Set set = 1; set < holds_.size(); ++set)
            if (holds_[set]) out.push_back(set);
        return out;
    }

    /// The visits of a set in an order that works; fill() has been called with it.
    [[nodiscard]] std::vector<int> order(Set set) const {
        std::vector<int> out;
        if (set == 0) return out;
        int node = -1;
        std::uint32_t eaten = 0;
        for (int last = 0; last < ground_.nodes && node < 0; ++last)
            for (std::uint32_t meals = 0; meals < meal_sets_ && node < 0; ++meals)
                if (start(set, last, meals) < kNever) node = last, eaten = meals;
        while (node >= 0) {
            out.insert(out.begin(), node);
            step_back(set, node, eaten);
        }
        return out;
    }

private:
    [[nodiscard]] Ticks start_of_day() const { return ground_.kinds[at(kind_)].day.leaves; }
    [[nodiscard]] std::size_t index(Set set, int last, std::uint32_t meals) const {
        return set * states_per_set_ + at(last) * meal_sets_ + meals;
    }
    [[nodiscard]] Ticks start(Set set, int last, std::uint32_t meals) const {
        return holds_[set] ? starts_[index(set, last, meals)] : kNever;
    }

    void extend_all(Set set, Set within) {
        for (int last = 0; last < ground_.nodes; ++last) {
            if (!(set >> bits_.of_node[at(last)] & 1)) continue;
            for (std::uint32_t meals = 0; meals < meal_sets_; ++meals) {
                const Ticks from = start(set, last, meals);
                if (from == kNever) continue;
                for (int node = 0; node < ground_.nodes; ++node)
                    if (within >> bits_.of_node[at(node)] & 1) extend(set, last, meals, from, node);
            }
        }
    }

    // Windows are cut so that whoever starts within one is back in time.
    void extend(Set set, int last, std::uint32_t meals, Ticks from, int node) {
        const auto bit = at(bits_.of_node[at(node)]);
        if ((set & bits_.same_person[bit]) != 0 || (meals & meals_[at(node)]) != 0) return;
        const Ticks when = earliest(ground_.kinds[at(kind_)].of(node), from + ground_.hop(last, node));
        if (when == kNever) return;
        const Set grown = set | 1U << bit;
        if (!std::exchange(holds_[grown], 1))
            std::fill_n(starts_.get() + index(grown, 0, 0), states_per_set_, kNever);
        Ticks& known = starts_[index(grown, node, meals | meals_[at(node)])];
        known = std::min(known, when);
    }

    // The visit before, found as the one from which this start follows.
    void step_back(Set& set, int& node, std::uint32_t& meals) const {
        const Ticks when = start(set, node, meals);
        const auto windows = ground_.kinds[at(kind_)].of(node);
        const int last_node = node;
        set &= ~(1U << bits_.of_node[at(node)]);
        meals &= ~meals_[at(node)];
        node = -1;
        for (int last = 0; last < ground_.nodes && set != 0; ++last) {
            const Ticks from = start(set, last, meals);
            if (from < kNever && earliest(windows, from + ground_.hop(last, last_node)) == when) {
                node = last;
                return;
            }
        }
    }

    const Ground& ground_;
    const Bits& bits_;
    const std::vector<std::uint32_t>& meals_;
    std::uint32_t meal_sets_ = 1;
    std::size_t states_per_set_ = 0;
    int kind_ = 0;
    std::unique_ptr<Ticks[]> starts_;  // rows of sets that hold; the others were never written
    std::vector<char> holds_;
};

std::vector<Worth> gain_of_sets(const Bits& bits) {
    std::vector<Worth> gain(std::size_t{1} << bits.count);
    for (Set set = 1; set < gain.size(); ++set)
        gain[set] = gain[set & (set - 1)] + bits.gain[at(std::countr_zero(set))];
    return gain;
}

using Sets = std::vector<Set>;

// Spreads people over days by branch and bound: a day's sets are tried from the most gain down, and the days
// that follow gain no more than if each of them had all who are still free to itself. What is best from a day
// on for those free is remembered.
class Spread {
public:
    /// `sets` by kind of day, those of most gain first.
    Spread(const Ground& ground, const Bits& bits, const std::vector<Sets>& sets,
           const std::vector<Worth>& gain)
        : ground_(ground), bits_(bits), sets_(sets), gain_(gain) {
        const std::size_t days = ground.kind_of_day.size();
        at_most_.assign(days + 1, std::vector<Worth>(gain.size()));
        known_.assign(days, std::vector<Worth>(gain.size(), -1));
        chosen_.assign(days, std::vector<Set>(gain.size()));
        std::vector<std::vector<Worth>> alone;
        for (const Sets& of_kind : sets) alone.push_back(best_within(of_kind));
        const auto everyone = most_of_persons();
        for (std::size_t day = days; day-- > 0;)
            for (Set free = 0; free < gain.size(); ++free)
                at_most_[day][free] = std::min(
                    everyone[free], at_most_[day + 1][free] + alone[at(ground.kind_of_day[day])][free]);
    }

    /// The set of each day.
    [[nodiscard]] std::vector<Set> choose() {
        std::vector<Set> out;
        Set free = static_cast<Set>(gain_.size() - 1);
        for (std::size_t day = 0; day < known_.size(); ++day) {
            best(day, free);
            out.push_back(chosen_[day][free]);
            free = without(free, out.back());
        }
        return out;
    }

private:
    // For all who are free, the most that one set among them gains.
    [[nodiscard]] std::vector<Worth> best_within(const Sets& sets) const {
        std::vector<Worth> out(gain_.size());
        for (const Set set : sets) out[set] = gain_[set];
        for (int bit = 0; bit < bits_.count; ++bit)
            for (Set set = 0; set < out.size(); ++set)
                if (set >> bit & 1) out[set] = std::max(out[set], out[set ^ 1U << bit]);
        return out;
    }

    // What all free are worth together, each person once.
    [[nodiscard]] std::vector<Worth> most_of_persons() const {
        std::vector<Worth> out(gain_.size());
        for (Set free = 1; free < out.size(); ++free) {
            const Set person = free & bits_.same_person[at(std::countr_zero(free))];
            Worth most = 0;
            for (Set rest = person; rest != 0; rest &= rest - 1)
                most = std::max(most, bits_.gain[at(std::countr_zero(rest))]);
            out[free] = out[free & ~person] + most;
        }
        return out;
    }

    [[nodiscard]] Set without(Set free, Set taken) const {
        for (Set rest = taken; rest != 0; rest &= rest - 1)
            free &= ~bits_.same_person[at(std::countr_zero(rest))];
        return free;
    }

    Worth best(std::size_t day, Set free) {
        if (day == known_.size() || free == 0) return 0;
        Worth& known = known_[day][free];
        if (known >= 0) return known;
        Set chosen = 0;
        Worth most = -1;
        for (const Set set : sets_[at(ground_.kind_of_day[day])]) {
            if (most >= at_most_[day][free] || most >= gain_[set] + at_most_[day + 1][free]) break;
            if ((set & ~free) != 0) continue;
            const Set left = without(free, set);
            if (most >= gain_[set] + at_most_[day + 1][left]) continue;
            const Worth gain = gain_[set] + best(day + 1, left);
            if (gain > most) most = gain, chosen = set;
        }
        // Of equals the plan with more on the earlier days.
        if (most < at_most_[day + 1][free])
            if (const Worth later = best(day + 1, free); later > most) most = later, chosen = 0;
        chosen_[day][free] = chosen;
        return known = std::max<Worth>(most, 0);
    }

    const Ground& ground_;
    const Bits& bits_;
    const std::vector<Sets>& sets_;
    const std::vector<Worth>& gain_;
    std::vector<std::vector<Worth>> at_most_, known_;  // by day and who is free
    std::vector<std::vector<Set>> chosen_;
};

}  // namespace

std::optional<State> solve_small(const Ground& ground) {
    State state = nothing_planned(ground);
    if (ground.nodes == 0 || ground.kinds.empty()) return state;
    const Bits bits = number(ground);
    if (bits.count > kSmall || ground.kind_of_day.size() > 60) return {};
    const auto meals = dense_meals(ground);
    OneDay one_day(ground, bits, meals);
    if (!one_day.is_small()) return {};
    const auto gain = gain_of_sets(bits);
    std::vector<Sets> sets;
    for (int kind = 0; kind < static_cast<int>(ground.kinds.size()); ++kind) {
        one_day.fill(kind, (1U << bits.count) - 1);
        sets.push_back(one_day.sets());
        std::ranges::stable_sort(sets.back(), std::greater<>{}, [&](Set set) { return gain[set]; });
    }
    const auto chosen = Spread(ground, bits, sets, gain).choose();
    for (std::size_t day = 0; day < chosen.size(); ++day) {
        one_day.fill(ground.kind_of_day[day], chosen[day]);
        int place = 0;
        for (const int node : one_day.order(chosen[day]))
            put_in(ground, state, node, static_cast<int>(day), ++place);
    }
    return state;
}

}  // namespace vv::core::trips
