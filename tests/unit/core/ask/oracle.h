// The slow, obvious search that the quick one is held against, and graphs to do so on.
#pragma once

#include "core/ask/search.h"

#include <algorithm>
#include <map>
#include <queue>
#include <random>
#include <set>
#include <tuple>

namespace vv::core::ask::oracle {

/// The same throws for the same seed.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}
    std::uint32_t operator()(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

private:
    std::mt19937 random_;
};

/// A plain Dijkstra over (account, hops): what the warmest way to `who` costs; kFar when there is none.
inline Cost warmest(const View& view, Node asker, Node who, int hops, const std::set<Node>& without = {}) {
    if (asker == who || view.is_blocked(asker, who)) return kFar;
    using Place = std::tuple<Cost, Node, int>;
    std::priority_queue<Place, std::vector<Place>, std::greater<>> queue;
    std::map<std::pair<Node, int>, Cost> settled;
    queue.emplace(0, asker, 0);
    while (!queue.empty()) {
        const auto [cost, node, used] = queue.top();
        queue.pop();
        if (node == who) return cost;
        if (!settled.try_emplace({node, used}, cost).second || used == hops) continue;
        if (node != asker) {
            if (!view.brokers().test(node) || without.contains(node)) continue;
            if (view.is_blocked(node, asker) || view.is_blocked(node, who)) continue;
        }
        for (const HalfTie& tie : view.ties_of(node))
            if (tie.out != kNoTrust && !view.is_blocked(node, tie.to))
                queue.emplace(cost + tie.out, tie.to, used + 1);
    }
    return kFar;
}

inline std::vector<std::pair<Cost, Node>> best(const View& view, const Question& question) {
    std::vector<std::pair<Cost, Node>> found;
    for (const Wanted& one : question.wanted)
        if (const Cost cost = warmest(view, question.asker, one.who, question.hops); cost != kFar)
            found.emplace_back(cost + one.unfit, one.who);
    std::sort(found.begin(), found.end());
    if (found.size() > question.best) found.resize(question.best);
    return found;
}

inline std::vector<std::pair<Cost, Node>> costs(const std::vector<Way>& ways) {
    std::vector<std::pair<Cost, Node>> found;
    for (const Way& way : ways) found.emplace_back(way.cost, way.who);
    return found;
}

/// What is wrong with a way's path; empty when it is one that the header allows, of that cost.
inline std::string fault(const View& view, const Question& question, const Way& way) {
    const auto& path = way.path;
    if (path.size() < 2 || path.front() != question.asker || path.back() != way.who) return "its ends";
    if (path.size() > static_cast<std::size_t>(question.hops) + 1) return "its hops";
    if (std::set<Node>(path.begin(), path.end()).size() != path.size()) return "somebody is on it twice";
    Cost cost = 0;
    for (const Wanted& one : question.wanted)
        if (one.who == way.who) cost = one.unfit;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        if (i > 0 && !view.brokers().test(path[i])) return "no broker";
        if (view.is_blocked(path[i], path[i + 1]) || view.is_blocked(path[i], question.asker) ||
            view.is_blocked(path[i], way.who))
            return "a block";
        const auto row = view.ties_of(path[i]);
        const auto tie =
            std::find_if(row.begin(), row.end(), [&](const HalfTie& one) { return one.to == path[i + 1]; });
        if (tie == row.end() || tie->out == kNoTrust) return "no tie";
        cost += tie->out;
    }
    return cost == way.cost ? "" : "its cost";
}

struct Shape {
    Node accounts = 20;
    std::uint32_t ties = 60;
    std::uint32_t trusts = 5;     // how many different ones: few make many equal costs
    std::uint32_t brokers = 700;  // of a thousand
    std::uint32_t blocks = 0;
};

inline std::unique_ptr<Graph> random_graph(Dice& dice, const Shape& shape) {
    const auto trust = [&] {
        const auto one = dice(shape.trusts + 1);
        return one == 0 ? kNoTrust : static_cast<Steps>((one - 1) * 700);
    };
    std::vector<Tie> ties;
    for (std::uint32_t i = 0; i < shape.ties; ++i) {
        const Node a = dice(shape.accounts), b = dice(shape.accounts);
        if (a != b) ties.push_back({a, b, trust(), trust()});
    }
    Bits brokers(shape.accounts);
    for (Node node = 0; node < shape.accounts; ++node)
        if (dice(1000) < shape.brokers) brokers.set(node);
    std::vector<SetBlock> blocks;
    for (std::uint32_t i = 0; i < shape.blocks; ++i) {
        const Node a = dice(shape.accounts), b = dice(shape.accounts);
        if (a != b) blocks.push_back({a, b, SetBlock::State::set});
    }
    return *std::move(Graph::build(shape.accounts, std::move(ties), std::move(brokers), blocks));
}

inline std::vector<Wanted> random_wanted(Dice& dice, Node accounts, std::uint32_t rate, std::uint32_t fits) {
    std::vector<Wanted> wanted;
    for (Node node = 0; node < accounts; ++node)
        if (dice(1000) < rate) wanted.push_back({node, static_cast<Steps>(dice(fits) * 300)});
    return wanted;
}

}  // namespace vv::core::ask::oracle
