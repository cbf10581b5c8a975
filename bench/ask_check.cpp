#include "ask.h"

#include <algorithm>

namespace vv::bench {

using core::ask::Cost;
using core::ask::HalfTie;
using core::ask::kFar;
using core::ask::kMostHops;
using core::ask::kNoTrust;
using core::ask::Node;
using core::ask::View;
using core::ask::Wanted;
using core::ask::Way;

double percentile_ms(std::vector<double> seconds, double part) {
    if (seconds.empty()) return 0;
    const auto at = static_cast<std::size_t>(static_cast<double>(seconds.size() - 1) * part);
    std::nth_element(seconds.begin(), seconds.begin() + static_cast<std::ptrdiff_t>(at), seconds.end());
    return seconds[at] * 1e3;
}

std::vector<Wanted> wanted_of(const Ask& ask) {
    std::vector<Wanted> wanted;
    for (const Wanted& one : *ask.trait)
        if (std::all_of(ask.also.begin(), ask.also.end(),
                        [&](const auto* bits) { return bits->test(one.who); }))
            wanted.push_back(one);
    return wanted;
}

PlainSearch::PlainSearch(const View& view, Node asker, const std::vector<Node>& closed)
    : costs_(view.accounts(), kFar) {
    std::vector<char> is_open(view.accounts());
    for (Node node = 0; node < view.accounts(); ++node) is_open[node] = view.brokers().test(node);
    for (const auto& block : view.blocks_of(asker)) is_open[block.whom] = 0;
    for (const Node node : closed) is_open[node] = 0;
    std::vector<Cost> layer(view.accounts(), kFar), next;
    layer[asker] = 0;
    for (int hops = 1; hops <= kMostHops; ++hops) {
        next.assign(view.accounts(), kFar);
        for (Node node = 0; node < view.accounts(); ++node) {
            if (layer[node] == kFar || (node != asker && !is_open[node])) continue;
            const bool has_blocks = !view.blocks_of(node).empty();
            for (const HalfTie& tie : view.ties_of(node))
                if (tie.out != kNoTrust && !(has_blocks && view.is_blocked(node, tie.to)))
                    next[tie.to] = std::min(next[tie.to], layer[node] + tie.out);
        }
        for (Node node = 0; node < view.accounts(); ++node) costs_[node] = std::min(costs_[node], next[node]);
        layer.swap(next);
    }
    for (const auto& block : view.blocks_of(asker)) costs_[block.whom] = kFar;
    costs_[asker] = kFar;
}

namespace {

bool is_sound(const View& view, Node asker, const Way& way, Cost unfit) {
    const auto& path = way.path;
    if (path.size() < 2 || path.size() > kMostHops + 1 || path.front() != asker || path.back() != way.who)
        return false;
    Cost cost = unfit;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        if (i > 0 && (!view.brokers().test(path[i]) || view.is_blocked(path[i], asker))) return false;
        if (view.is_blocked(path[i], path[i + 1]) || view.is_blocked(path[i], way.who)) return false;
        const auto row = view.outward(path[i]);
        const auto tie =
            std::find_if(row.begin(), row.end(), [&](const HalfTie& one) { return one.to == path[i + 1]; });
        if (tie == row.end()) return false;
        cost += tie->out;
    }
    return cost == way.cost;
}

}  // namespace

// Those who have blocked somebody may be farther away than the search for all says: looked at one by one, as
// long as they might be among the best.
bool are_best(const View& view, const PlainSearch& plain, Node asker, const std::vector<Wanted>& wanted,
              const std::vector<Way>& ways, std::size_t best) {
    struct Candidate {
        Cost cost = 0;
        Node who = 0;
        Cost unfit = 0;
        bool is_sure = true;
    };
    std::vector<Candidate> all;
    for (const Wanted& one : wanted)
        if (const Cost cost = plain.cost_to(one.who); cost != kFar)
            all.push_back({cost + one.unfit, one.who, one.unfit, view.blocks_of(one.who).empty()});
    const auto is_before = [](const Candidate& a, const Candidate& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.who < b.who;
    };
    std::sort(all.begin(), all.end(), is_before);
    for (std::size_t i = 0; i < std::min(all.size(), best);) {
        if (all[i].is_sure) {
            ++i;
            continue;
        }
        std::vector<Node> closed;
        for (const auto& block : view.blocks_of(all[i].who)) closed.push_back(block.whom);
        const Cost cost = PlainSearch(view, asker, closed).cost_to(all[i].who);
        all[i] = {cost == kFar ? kFar : cost + all[i].unfit, all[i].who, all[i].unfit, true};
        std::sort(all.begin(), all.end(), is_before);
    }
    std::erase_if(all, [](const Candidate& one) { return one.cost >= kFar; });
    if (ways.size() != std::min(all.size(), best)) return false;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        if (ways[i].who != all[i].who || ways[i].cost != all[i].cost) return false;
        if (!is_sound(view, asker, ways[i], all[i].unfit)) return false;
    }
    return true;
}

}  // namespace vv::bench
