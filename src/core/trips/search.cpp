#include "core/trips/search.h"

#include "core/trips/pool.h"
#include "core/trips/random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace vv::core::trips {
namespace {

// Found by trying on instances of one to four routes; docs/trips.md has the figures.
constexpr int kLongestString = 8;   // drawn anew for each round, from 1 on
constexpr double kVisitsTaken = 8;  // on average, over all strings
constexpr double kHot = 1.2;        // temperatures, as parts of the mean worth of a visit
constexpr double kCold = 0.05;
constexpr int kFirstCycle = 20'000;      // rounds from hot to cold
constexpr double kGrowth = 2;            // of a cycle from the last
constexpr double kGrowthOfADay = 1.2;    // where the trip has one only
constexpr int kNewcomersInHundred = 85;  // rounds in which somebody not met comes first
constexpr int kByDelayInHundred = 25;    // rounds in which the cost of a visit is the delay of the next
constexpr int kBlinkOneIn = 128;         // places passed over by chance
constexpr int kLookedAt = 60;            // people near the gap who are tried, where there are many more
constexpr int kEverybodyOneIn = 10;      // rounds in which all are
constexpr int kRoundsBetweenLooks = 64;
constexpr int kRecombinations = 3;  // of pooled days, in as many rounds as the first cycle has
constexpr double kPooled = 2;       // days of plans not further below the best, in mean worths

enum class Order { by_chance, by_worth, by_rough_worth, near_first, closing_first, narrow_first };
constexpr Order kOrders[] = {Order::by_chance,      Order::by_chance,   Order::by_chance,
                             Order::by_chance,      Order::by_worth,    Order::by_worth,
                             Order::by_worth,       Order::by_worth,    Order::by_rough_worth,
                             Order::by_rough_worth, Order::near_first,  Order::closing_first,
                             Order::narrow_first,   Order::narrow_first};

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

struct Opening {
    int day = -1, place = 0;
    Ticks cost = kNever;
};

class Search {
public:
    Search(const Ground& ground, std::uint64_t seed)
        : ground_(ground),
          random_(seed),
          current_(nothing_planned(ground)),
          best_(current_),
          trial_(current_),
          pool_(ground) {
        find_neighbours();
        describe_nodes();
    }

    State run(const Effort& effort) {
        const Worth all = gain_of_all();
        double cycle = std::clamp(2'000'000 / ground_.nodes, 2'000, kFirstCycle), passed = 0;
        const int recombination = static_cast<int>(cycle / kRecombinations);
        int to_recombination = recombination;
        for (std::uint64_t round = 0; round < std::max<std::uint64_t>(1, effort.rounds) && best_.gain < all;
             ++round, ++passed) {
            if (round > 0 && round % kRoundsBetweenLooks == 0 && effort.should_stop && effort.should_stop())
                break;
            if (passed >= cycle) {
                passed = 0, cycle *= best_.days.size() == 1 ? kGrowthOfADay : kGrowth;
                begin_cycle();
            }
            change();
            accept(kHot * mean_worth_ * std::pow(kCold / kHot, passed / cycle));
            if (--to_recombination == 0) {
                recombine();
                to_recombination = recombination;
            }
        }
        recombine();
        return std::move(best_);
    }

private:
    void find_neighbours();
    void describe_nodes();
    Worth gain_of_all() const;
    void change();
    void begin_cycle();
    void accept(double temperature);
    void recombine();
    void ruin(int seed);
    void take_string(int day, int around, int length);
    void take_out(int day, int place, int count);
    void line_up(int seed, bool seed_first);
    float rank(Order order, int node, const Ticks* hops_from_seed);
    Opening opening(int node);
    void look_in(int day, int node, Opening& best);

    const Ground& ground_;
    Random random_;
    State current_, best_, trial_;
    DayPool pool_;
    std::vector<std::vector<int>> near_;
    std::vector<float> closing_, width_;  // when a node's last window closes; how long it is open
    std::vector<std::uint64_t> line_;     // who is tried next: rank above node
    std::vector<int> taken_;              // out of the plan in this round
    double mean_worth_ = 0;
    Worth most_worth_ = 0;
    int cycles_ = 0;
    bool by_delay_ = false;
};

void Search::find_neighbours() {
    near_.resize(at(ground_.nodes));
    for (int i = 0; i < ground_.nodes; ++i) {
        auto& list = near_[at(i)];
        list.resize(at(ground_.nodes));
        std::iota(list.begin(), list.end(), 0);
        std::swap(list[0], list[at(i)]);
        const Ticks* hops = ground_.hops_from(i);
        std::sort(list.begin() + 1, list.end(),
                  [&](int a, int b) { return std::pair(hops[a], a) < std::pair(hops[b], b); });
    }
}

void Search::describe_nodes() {
    for (int i = 0; i < ground_.nodes; ++i) {
        double closing = -kLatest, width = 0;
        for (const DayKind& kind : ground_.kinds)
            for (const Window& w : kind.of(i)) {
                closing = std::max<double>(closing, w.until);
                width += w.until - w.from;
            }
        closing_.push_back(static_cast<float>(closing + kLatest));
        width_.push_back(static_cast<float>(width));
        mean_worth_ += static_cast<double>(ground_.worth[at(i)]) / ground_.nodes;
        most_worth_ = std::max(most_worth_, ground_.worth[at(i)]);
    }
}

Worth Search::gain_of_all() const {
    Worth all = 0;
    for (const auto& nodes : ground_.nodes_of_person) {
        Worth most = 0;
        for (const int node : nodes) most = std::max(most, ground_.gain[at(node)]);
        all += most;
    }
    return all;
}

void Search::change() {
    const int seed = random_.below(ground_.nodes);
    const bool is_outside = trial_.day_of[at(seed)] < 0;
    ruin(seed);
    by_delay_ = random_.below(100) < kByDelayInHundred;
    line_up(seed, is_outside && random_.below(100) < kNewcomersInHundred);
    for (const std::uint64_t entry : line_) {
        const int node = static_cast<int>(entry & 0xffff);
        if (trial_.met[at(ground_.person[at(node)])]) continue;
        if (const Opening found = opening(node); found.day >= 0)
            put_in(ground_, trial_, node, found.day, found.place);
    }
}

// From the best. A single day gets nothing new from a pool, so every other of its cycles begins with nothing.
void Search::begin_cycle() {
    const bool anew = best_.days.size() == 1 && ++cycles_ % 2 == 1;
    current_ = trial_ = anew ? nothing_planned(ground_) : best_;
}

void Search::accept(double temperature) {
    const double threshold = temperature * std::log(random_.unit());
    if (static_cast<double>(trial_.gain - current_.gain) > threshold) {
        current_ = trial_;
        if (current_.gain > best_.gain) best_ = current_;
        if (current_.days.size() > 1 &&
            static_cast<double>(best_.gain - current_.gain) < kPooled * mean_worth_)
            pool_.add(current_);
    } else {
        trial_ = current_;
    }
}

void Search::recombine() {
    if (State better = pool_.recombine(best_); better.gain > best_.gain)
        current_ = trial_ = best_ = std::move(better);
}

// Strings around the visits nearest to the seed, at most one from each day.
void Search::ruin(int seed) {
    taken_.clear();
    int visits = 0, days = 0;
    for (const Route& route : trial_.days) visits += route.size(), days += route.size() > 0;
    if (days == 0) return;
    const double longest =
        std::min<double>(1 + random_.below(kLongestString), static_cast<double>(visits) / days);
    int strings = 1 + static_cast<int>(random_.unit() * (4 * kVisitsTaken / (1 + longest) - 1));
    std::vector<char> done(trial_.days.size());
    for (const int node : near_[at(seed)]) {
        if (strings == 0) break;
        const int day = trial_.day_of[at(node)];
        if (day < 0 || done[at(day)]) continue;
        done[at(day)] = 1, --strings;
        const Route& route = trial_.days[at(day)];
        int place = 1;
        while (route.node(place) != node) ++place;
        const double most = std::min<double>(longest, route.size());
        take_string(day, place, 1 + static_cast<int>(random_.unit() * most * 0.9999));
    }
}

// Half of the time one visit within the string stays.
void Search::take_string(int day, int around, int length) {
    const int size = trial_.days[at(day)].size();
    const bool spares = length > 1 && length < size && random_.below(2) == 1;
    const int span = length + (spares ? 1 : 0);
    const int low = std::max(1, around - span + 1), high = std::min(around, size - span + 1);
    const int begin = low + random_.below(high - low + 1);
    if (!spares) return take_out(day, begin, span);
    const int spared = begin + 1 + random_.below(span - 2);
    take_out(day, spared + 1, begin + span - 1 - spared);
    take_out(day, begin, spared - begin);
}

// What is pinned would only have to go back to where it was.
void Search::take_out(int day, int place, int count) {
    Route& route = trial_.days[at(day)];
    int end = place + count;
    for (int i = end - 1; i >= place; --i) {
        const int node = route.node(i);
        if (ground_.pinned[at(node)]) {
            if (end > i + 1) route.erase(ground_, i + 1, end - i - 1);
            end = i;
            continue;
        }
        trial_.day_of[at(node)] = -1;
        trial_.met[at(ground_.person[at(node)])] = 0;
        trial_.gain -= ground_.gain[at(node)];
        taken_.push_back(node);
    }
    if (end > place) route.erase(ground_, place, end - place);
}

// Those not met in the order in which they are tried: musts first, then maybe the seed. Where many are left
// out, mostly those near the gap that was made.
void Search::line_up(int seed, bool seed_first) {
    const Order order = kOrders[at(random_.below(std::size(kOrders)))];
    const Ticks* hops = ground_.hops_from(seed);
    line_.clear();
    const auto add = [&](int node) {
        if (trial_.met[at(ground_.person[at(node)])]) return;
        float key = 2 + rank(order, node, hops);  // floats above 0 compare as their bits do
        if (seed_first && node == seed) key = 1;
        if (ground_.must[at(node)]) key = 0;
        line_.push_back(std::uint64_t{std::bit_cast<std::uint32_t>(key)} << 32 | static_cast<unsigned>(node));
    };
    if (ground_.nodes <= 2 * kLookedAt || ground_.musts > 0 || random_.below(kEverybodyOneIn) == 0) {
        for (int node = 0; node < ground_.nodes; ++node) add(node);
    } else {
        for (int i = 0; i < kLookedAt; ++i) add(near_[at(seed)][at(i)]);
        for (const int node : taken_) add(node);
    }
    std::ranges::sort(line_);
}

float Search::rank(Order order, int node, const Ticks* hops_from_seed) {
    const auto chance = static_cast<float>(random_.unit());
    switch (order) {
        case Order::by_chance:
            return chance;
        case Order::by_worth:
            return static_cast<float>(most_worth_ - ground_.worth[at(node)]);
        case Order::by_rough_worth:
            return 1.5F * static_cast<float>(most_worth_) -
                   (0.5F + chance) * static_cast<float>(ground_.worth[at(node)]);
        case Order::near_first:
            return hops_from_seed[node] < kNever ? static_cast<float>(hops_from_seed[node]) : 0;
        case Order::closing_first:
            return closing_[at(node)];
        case Order::narrow_first:
            return (0.5F + chance) * width_[at(node)];
    }
    return 0;
}

Opening Search::opening(int node) {
    Opening best;
    bool empty_seen = false;
    for (int day = 0; day < static_cast<int>(trial_.days.size()); ++day) {
        const Route& route = trial_.days[at(day)];
        // One empty day is as good as another where all are alike.
        if (route.size() == 0 && ground_.kinds.size() == 1 && std::exchange(empty_seen, true)) continue;
        look_in(day, node, best);
    }
    return best;
}

void Search::look_in(int day, int node, Opening& best) {
    const Route& route = trial_.days[at(day)];
    const DayKind& kind = ground_.kinds[at(route.kind())];
    const auto windows = kind.of(node);
    if (windows.empty() || !route.has_room(ground_.meal[at(node)], kind.day.most)) return;
    const Ticks opens = windows.front().from, closes = windows.back().until;
    const Ticks *to = ground_.hops_to(node), *from = ground_.hops_from(node);
    for (int place = 1; place <= route.size() + 1; ++place) {
        const Ticks before = route.early(place - 1);
        if (before > closes) break;
        if (route.late(place) < opens) continue;
        const int previous = route.node(place - 1), next = route.node(place);
        const Ticks start = earliest(windows, before + to[previous]);
        if (start > closes) continue;
        const Ticks arrival = start + from[next];
        if (arrival > route.late(place)) continue;
        const Ticks cost = by_delay_ ? std::max(0, arrival - route.early(place)) + (start - before) / 64
                                     : to[previous] + from[next] - ground_.hop(previous, next);
        if (cost < best.cost && random_.below(kBlinkOneIn) != 0) best = {day, place, cost};
    }
}

}  // namespace

State nothing_planned(const Ground& ground) {
    State state;
    for (const int kind : ground.kind_of_day) state.days.emplace_back(ground, kind);
    state.day_of.assign(at(ground.nodes), -1);
    state.met.assign(at(ground.persons), 0);
    return state;
}

void put_in(const Ground& ground, State& state, int node, int day, int place) {
    state.days[at(day)].insert(ground, node, place);
    state.day_of[at(node)] = static_cast<std::int16_t>(day);
    state.met[at(ground.person[at(node)])] = 1;
    state.gain += ground.gain[at(node)];
}

void clear_day(const Ground& ground, State& state, int day) {
    Route& route = state.days[at(day)];
    for (int place = 1; place <= route.size(); ++place) {
        const int node = route.node(place);
        state.day_of[at(node)] = -1;
        state.met[at(ground.person[at(node)])] = 0;
        state.gain -= ground.gain[at(node)];
    }
    route = Route(ground, route.kind());
}

State search(const Ground& ground, const Effort& effort) {
    if (ground.nodes == 0) return nothing_planned(ground);
    return Search(ground, effort.seed).run(effort);
}

}  // namespace vv::core::trips
