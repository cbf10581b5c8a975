#include "ask_world.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vv::bench {
namespace {

using core::ask::Node;
using core::ask::Tie;

constexpr double kMostWeight = 8'000.0 / 24;  // of the least
constexpr double kTail = 1.25;                // P(weight > w) falls with its power
constexpr double kInCommunity = 0.5, kInCity = 0.3;

// Accounts in the order of where they live, so that a group is a stretch; weights summed up along it, and a
// table that says where in the sum to begin to look.
class Crowd {
public:
    Crowd(Node accounts, Dice& dice)
        : sums_(accounts + std::size_t{1}), city_of_(accounts), community_of_(accounts) {
        groups(accounts, dice);
        for (std::size_t i = 0; i < accounts; ++i)
            sums_[i + 1] = sums_[i] + std::min(std::pow(1 - dice.unit(), -1 / kTail), kMostWeight);
        per_cell_ = sums_.back() / static_cast<double>(accounts);
        cells_.resize(accounts + std::size_t{1});
        for (std::size_t cell = 0, i = 0; cell < cells_.size(); ++cell) {
            while (i + 1 < accounts && sums_[i + 1] <= static_cast<double>(cell) * per_cell_) ++i;
            cells_[cell] = static_cast<Node>(i);
        }
    }

    struct Stretch {
        Node first = 0, end = 0;
    };
    [[nodiscard]] Stretch everybody() const { return {0, static_cast<Node>(city_of_.size())}; }
    [[nodiscard]] Stretch city(Node i) const { return cities_[city_of_[i]]; }
    [[nodiscard]] Stretch community(Node i) const { return communities_[community_of_[i]]; }
    [[nodiscard]] std::uint16_t city_of(Node i) const { return city_of_[i]; }
    [[nodiscard]] std::uint32_t community_of(Node i) const { return community_of_[i]; }

    /// One of a stretch, by weight.
    Node one_of(Stretch stretch, Dice& dice) const {
        const double from = sums_[stretch.first], to = sums_[stretch.end];
        const double at = from + (to - from) * dice.unit();
        Node i = std::max(cells_[static_cast<std::size_t>(at / per_cell_)], stretch.first);
        while (i + 1 < stretch.end && sums_[i + 1] <= at) ++i;
        return i;
    }

private:
    void groups(Node accounts, Dice& dice) {
        for (Node first = 0; first < accounts;) {
            const double share =
                0.04 / static_cast<double>(cities_.size() + 1);  // the nth city by Zipf's law
            const auto size = std::max(500.0, share * static_cast<double>(accounts) * (0.5 + dice.unit()));
            const Node end = static_cast<Node>(std::min<double>(accounts, first + size));
            for (Node at = first; at < end;) {
                const auto members = static_cast<Node>(80 * std::pow(1 - dice.unit(), -0.8));
                const Node last = std::min({end, at + std::min<Node>(members, 20'000)});
                std::fill(community_of_.begin() + at, community_of_.begin() + last,
                          static_cast<std::uint32_t>(communities_.size()));
                communities_.push_back({at, last});
                at = last;
            }
            std::fill(city_of_.begin() + first, city_of_.begin() + end,
                      static_cast<std::uint16_t>(cities_.size()));
            cities_.push_back({first, end});
            first = end;
        }
    }

    std::vector<double> sums_;
    double per_cell_ = 1;
    std::vector<Node> cells_;
    std::vector<std::uint16_t> city_of_;
    std::vector<std::uint32_t> community_of_;
    std::vector<Stretch> cities_, communities_;
};

core::ask::Steps trust(double u) {
    return core::ask::steps_of(0.02 + 0.93 * u * u * u * u);
}

// Where the other's u lies near ours, folded back at 0 and 1 so that it is as uniform.
double near(double u, Dice& dice) {
    const double other = std::abs(u + 0.3 * (dice.unit() - 0.5));
    return other > 1 ? 2 - other : other;
}

Tie invent_tie(const Crowd& crowd, Dice& dice) {
    for (;;) {
        const Node a = crowd.one_of(crowd.everybody(), dice);
        const double where = dice.unit();
        const auto stretch = where < kInCommunity             ? crowd.community(a)
                             : where < kInCommunity + kInCity ? crowd.city(a)
                                                              : crowd.everybody();
        const Node b = crowd.one_of(stretch, dice);
        if (a == b) continue;
        const double u = dice.unit();
        return {std::min(a, b), std::max(a, b), trust(u), trust(near(u, dice))};
    }
}

bool is_same_pair(const Tie& a, const Tie& b) {
    return a.a == b.a && a.b == b.b;
}

// Sorted by pair; those given twice are drawn again until there are enough.
std::vector<Tie> invent_ties(const Crowd& crowd, std::uint64_t count, Dice& dice) {
    std::vector<Tie> ties;
    const auto by_pair = [](const Tie& a, const Tie& b) { return a.a != b.a ? a.a < b.a : a.b < b.b; };
    ties.reserve(count);
    for (int round = 0; ties.size() < count && round < 40; ++round) {
        const auto old = static_cast<std::ptrdiff_t>(ties.size());
        while (ties.size() < count) ties.push_back(invent_tie(crowd, dice));
        std::sort(ties.begin() + old, ties.end(), by_pair);
        std::inplace_merge(ties.begin(), ties.begin() + old, ties.end(), by_pair);
        ties.erase(std::unique(ties.begin(), ties.end(), is_same_pair), ties.end());
    }
    return ties;
}

}  // namespace

// Accounts get their numbers as they come, not by where they live.
World invent_world(Node accounts, std::uint64_t count, std::uint64_t seed) {
    Dice dice(seed);
    const Crowd crowd(accounts, dice);
    World world{accounts,
                std::vector<std::uint16_t>(accounts),
                std::vector<std::uint32_t>(accounts),
                invent_ties(crowd, count, dice),
                core::ask::Bits(accounts),
                {}};
    std::vector<Node> number(accounts);
    std::iota(number.begin(), number.end(), 0U);
    for (Node i = accounts; i > 1; --i) std::swap(number[i - 1], number[dice.below(i)]);
    for (Tie& tie : world.ties) tie = {number[tie.a], number[tie.b], tie.a_in_b, tie.b_in_a};
    for (Node i = 0; i < accounts; ++i) {
        world.city[number[i]] = crowd.city_of(i);
        world.community[number[i]] = crowd.community_of(i);
        if (dice.unit() < 0.7) world.brokers.set(number[i]);
        if (dice.below(2'000) != 0) continue;
        const Node other = crowd.one_of(crowd.community(i), dice);
        if (other != i) world.blocks.push_back({number[i], number[other]});
    }
    return world;
}

}  // namespace vv::bench
