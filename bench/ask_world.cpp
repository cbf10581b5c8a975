#include "ask_world.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

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
    [[nodiscard]] Node accounts() const { return static_cast<Node>(city_of_.size()); }
    /// The part of all weight that those before `i` have.
    [[nodiscard]] double share_up_to(Node i) const { return sums_[i] / sums_.back(); }
    [[nodiscard]] Stretch everybody() const { return {0, accounts()}; }
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

// Ties of one account after the other's, as many as its weight calls for; those of a pair only once.
class Ties {
public:
    Ties(const Crowd& crowd, std::uint64_t count, Dice& dice)
        : crowd_(crowd), dice_(dice), last_(crowd.accounts(), core::ask::kNobody) {
        ties.reserve(count);
        starts_.reserve(crowd.accounts() + std::size_t{1});
        for (Node a = 0; a < crowd.accounts(); ++a) {
            starts_.push_back(ties.size());
            const auto end =
                static_cast<std::uint64_t>(crowd.share_up_to(a + 1) * static_cast<double>(count));
            for (int misses = 0; ties.size() < end && misses < kMostMisses;) misses += add(a, misses) ? 0 : 1;
            std::sort(ties.begin() + static_cast<std::ptrdiff_t>(starts_.back()), ties.end(),
                      [](const Tie& one, const Tie& other) { return one.b < other.b; });
        }
    }

    std::vector<Tie> ties;

private:
    static constexpr int kMostMisses = 2'000;

    // Whoever knows all of their community looks farther away.
    bool add(Node a, int misses) {
        const double where = dice_.unit();
        const bool is_far = misses > kMostMisses / 2 || where >= kInCommunity + kInCity;
        const Node b = crowd_.one_of(is_far                 ? crowd_.everybody()
                                     : where < kInCommunity ? crowd_.community(a)
                                                            : crowd_.city(a),
                                     dice_);
        if (a == b || last_[b] == a || (b < a && knows(b, a))) return false;
        last_[b] = a;
        const double u = dice_.unit();
        ties.push_back({a, b, trust(u), trust(near(u, dice_))});
        return true;
    }

    [[nodiscard]] bool knows(Node b, Node a) const {
        const auto row = std::span(ties).subspan(starts_[b], starts_[b + std::size_t{1}] - starts_[b]);
        const auto place =
            std::lower_bound(row.begin(), row.end(), a, [](const Tie& tie, Node who) { return tie.b < who; });
        return place != row.end() && place->b == a;
    }

    const Crowd& crowd_;
    Dice& dice_;
    std::vector<Node> last_;             // who had each account drawn last
    std::vector<std::uint64_t> starts_;  // of each account's ties
};

}  // namespace

// Accounts get their numbers as they come, not by where they live.
World invent_world(Node accounts, std::uint64_t count, std::uint64_t seed) {
    Dice dice(seed);
    const Crowd crowd(accounts, dice);
    World world{accounts,
                std::vector<std::uint16_t>(accounts),
                std::vector<std::uint32_t>(accounts),
                Ties(crowd, count, dice).ties,
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
