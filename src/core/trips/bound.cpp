#include "core/trips/bound.h"

#include "core/trips/relaxed_day.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace vv::core::trips {
namespace {

constexpr std::size_t kCoarseWork = 2'000'000;  // of one look at all kinds of days
constexpr std::size_t kFineWork = 20'000'000;
constexpr int kFineLooksOneIn = 5;
constexpr std::size_t kMostForSkipping = 400;  // O(n³) to tell

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

struct Item {
    double worth = 0, time = 0;
};

// The most that items can be worth within a time and a number, each item taken whole or in part.
double knapsack(std::vector<Item> items, double time, std::size_t most) {
    std::ranges::sort(items, std::greater<>{}, &Item::worth);
    double by_number = 0;
    for (std::size_t i = 0; i < std::min(most, items.size()); ++i) by_number += items[i].worth;
    std::ranges::sort(items,
                      [](const Item& x, const Item& y) { return x.worth * y.time > y.worth * x.time; });
    double by_time = 0;
    for (const Item& item : items) {
        if (item.time > time) return std::min(by_number, by_time + item.worth * time / item.time);
        time -= item.time;
        by_time += item.worth;
    }
    return std::min(by_number, by_time);
}

// A visit's duration and half of the shortest ways to it and from it, on the day where that is least.
double time_of(const Ground& ground, int node) {
    Ticks shortest_in = kNever, shortest_out = kNever;
    for (int i = 0; i < static_cast<int>(ground.width()); ++i) {
        if (i == node) continue;
        const Ticks own = i < ground.nodes ? ground.duration[at(i)] : 0;
        shortest_in = std::min(shortest_in, ground.hop(i, node) - (ground.hop(i, node) < kNever ? own : 0));
        shortest_out = std::min(shortest_out, ground.hop(node, i) - ground.duration[at(node)]);
    }
    return ground.duration[at(node)] + (std::max(0, shortest_in) + std::max(0, shortest_out)) / 2.0;
}

double bound_by_time(const Ground& ground, bool keeps_musts) {
    double time = 0, musts = 0;
    std::size_t most = 0;
    for (const DayKind& kind : ground.kinds) {
        time += static_cast<double>(kind.day.returns - kind.day.leaves) * kind.days;
        most += at(std::max(0, kind.day.most)) * at(kind.days);
    }
    std::vector<Item> items;
    for (const auto& nodes : ground.nodes_of_person) {
        Item item{0, 1e18};
        for (const int node : nodes) {
            item.worth = std::max(item.worth, static_cast<double>(ground.worth[at(node)]));
            item.time = std::min(item.time, time_of(ground, node));
        }
        if (keeps_musts && ground.must[at(nodes.front())])
            musts += item.worth, time -= item.time, most -= most > 0;
        else
            items.push_back(item);
    }
    for (const auto& [worth, duration] : ground.left_out)
        items.push_back({static_cast<double>(worth), static_cast<double>(duration)});
    return musts + knapsack(std::move(items), std::max(0.0, time), most);
}

// Leaving a visit out never makes anything later: the way past it is no longer than the way by it.
bool may_skip(const Ground& ground) {
    if (ground.width() > kMostForSkipping) return false;
    for (int i = 0; i < static_cast<int>(ground.width()); ++i)
        for (int k = 0; k < ground.nodes; ++k) {
            if (i == k) continue;
            const std::int64_t by = ground.hop(i, k);
            const Ticks *past = ground.hops_from(i), *onward = ground.hops_from(k);
            for (int j = 0; j < static_cast<int>(ground.width()); ++j)
                if (j != k && j != i && past[j] > by + onward[j]) return false;
        }
    return true;
}

// Lagrange's bound: persons, the number of visits and each kind of meal in a day have prices.
class Prices {
public:
    Prices(const Ground& ground, const State& state, bool keeps_musts)
        : ground_(ground),
          keeps_musts_(keeps_musts),
          can_skip_(may_skip(ground)),
          person_(at(ground.persons)),
          day_(ground.kinds.size()),
          meal_(ground.kinds.size(), std::vector<double>(32)) {
        for (int i = 0; i < ground.nodes; ++i)
            if (state.day_of[at(i)] >= 0) known_ += static_cast<double>(ground.worth[at(i)]);
    }

    double lower(double bound, int rounds, double unit) {
        const int fine = rounds / kFineLooksOneIn;
        bound = steps(bound, rounds - fine, kCoarseWork, unit);
        if (!was_exact_) bound = steps(bound, fine, kFineWork, unit);
        return bound;
    }

private:
    struct Slopes {
        std::vector<double> person, day;
        std::vector<std::vector<double>> meal;
    };

    double steps(double bound, int rounds, std::size_t work, double unit) {
        std::vector<RelaxedDay> days;
        for (int kind = 0; kind < static_cast<int>(ground_.kinds.size()); ++kind) {
            days.emplace_back(ground_, kind, work / ground_.kinds.size() + 1, can_skip_);
            if (!days.back().is_usable()) return bound;
        }
        was_exact_ = std::ranges::all_of(days, &RelaxedDay::is_exact);
        double stride = 1, least = 1e300;
        int since = 0;
        Slopes slopes;
        for (int round = 0; round < rounds; ++round) {
            const double value = look(days, slopes);
            bound = std::min(bound, value);
            if (std::floor(bound / unit + 1e-6) * unit <= known_) return known_;
            if (value < least - 1e-9)
                least = value, since = 0, best_ = {person_, day_, meal_};
            else if (++since % 6 == 0)
                stride *= 0.7;
            move(slopes, stride * (value - known_ + 0.2 * unit));
        }
        std::tie(person_, day_, meal_) = std::tie(best_.person, best_.day, best_.meal);
        return bound;
    }

    // The bound at these prices, and which way each of them pulls.
    double look(std::vector<RelaxedDay>& days, Slopes& slopes) {
        slopes.person.assign(person_.size(), 1);
        slopes.day.assign(day_.size(), 0);
        slopes.meal.assign(day_.size(), std::vector<double>(32));
        double value = std::accumulate(person_.begin(), person_.end(), 0.0);
        std::vector<double> prizes(at(ground_.nodes));
        std::vector<int> visits;
        for (std::size_t k = 0; k < days.size(); ++k) {
            const double times = ground_.kinds[k].days, most = ground_.kinds[k].day.most;
            for (int i = 0; i < ground_.nodes; ++i)
                prizes[at(i)] = static_cast<double>(ground_.worth[at(i)]) -
                                person_[at(ground_.person[at(i)])] - day_[k] - price_of_meal(k, i);
            value += times * (days[k].best(prizes, visits) + day_[k] * most);
            value += times * std::accumulate(meal_[k].begin(), meal_[k].end(), 0.0);
            slopes.day[k] = times * (most - static_cast<double>(visits.size()));
            slopes.meal[k].assign(32, times);
            for (const int node : visits) {
                slopes.person[at(ground_.person[at(node)])] -= times;
                if (const auto meal = ground_.meal[at(node)])
                    slopes.meal[k][at(std::countr_zero(meal))] -= times;
            }
        }
        return value;
    }

    [[nodiscard]] double price_of_meal(std::size_t kind, int node) const {
        const std::uint32_t meal = ground_.meal[at(node)];
        return meal == 0 ? 0 : meal_[kind][at(std::countr_zero(meal))];
    }

    // Against the slopes; a price may only be below nothing where a visit has to take place.
    void move(Slopes& slopes, double length) {
        double norm = 1e-9;
        const auto cut = [&](double& price, double& slope, bool is_free) {
            if (!is_free && price <= 0 && slope > 0) slope = 0;
            norm += slope * slope;
        };
        const auto shift = [&](double& price, double& slope, bool is_free) {
            price -= length / norm * slope;
            if (!is_free && price < 0) price = 0;
        };
        each(slopes, cut);
        each(slopes, shift);
    }

    template <class F>
    void each(Slopes& slopes, F f) {
        for (int p = 0; p < ground_.persons; ++p) {
            const bool is_must = ground_.must[at(ground_.nodes_of_person[at(p)].front())];
            f(person_[at(p)], slopes.person[at(p)], keeps_musts_ && is_must);
        }
        for (std::size_t k = 0; k < day_.size(); ++k) {
            f(day_[k], slopes.day[k], false);
            for (std::size_t m = 0; m < 32; ++m) f(meal_[k][m], slopes.meal[k][m], false);
        }
    }

    const Ground& ground_;
    bool keeps_musts_, can_skip_, was_exact_ = false;
    double known_ = 0;
    std::vector<double> person_, day_;
    std::vector<std::vector<double>> meal_;
    Slopes best_;
};

}  // namespace

Worth bound_of(const Ground& ground, const State& state, bool keeps_musts, int rounds) {
    Worth known = 0, unit = 0;
    for (int i = 0; i < ground.nodes; ++i) {
        if (state.day_of[at(i)] >= 0) known += ground.worth[at(i)];
        unit = std::gcd(unit, ground.worth[at(i)]);
    }
    for (const auto& [worth, duration] : ground.left_out) unit = std::gcd(unit, worth);
    if (unit == 0) return known;
    double bound = bound_by_time(ground, keeps_musts);
    const bool is_whole = ground.left_out.empty();
    if (rounds > 0 && is_whole && ground.nodes > 0)
        bound = std::min(bound,
                         Prices(ground, state, keeps_musts).lower(bound, rounds, static_cast<double>(unit)));
    const auto units = static_cast<Worth>(std::floor(bound / static_cast<double>(unit) + 1e-6));
    return std::max(known, units * unit);
}

}  // namespace vv::core::trips
