// The same questions for Boost's Dijkstra, on the same view: an account at so many hops is a vertex.
#include "ask.h"

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <cstdio>
#include <unordered_map>

namespace vv::bench {

using core::ask::Bits;
using core::ask::Cost;
using core::ask::HalfTie;
using core::ask::kFar;
using core::ask::kMostHops;
using core::ask::Node;
using core::ask::View;

// Vertices account × 5 + hops; ways on from all but the last, for the asker and for brokers.
struct Layered {
    const View* view = nullptr;
    Node asker = 0;

    static constexpr std::uint32_t kLayers = kMostHops + 1;
    struct Edge {
        std::uint32_t from = 0, to = 0;
        Cost cost = 0;

        bool operator==(const Edge&) const = default;
    };
    class EdgeIterator
        : public boost::iterator_facade<EdgeIterator, Edge, boost::forward_traversal_tag, Edge> {
    public:
        EdgeIterator() = default;
        EdgeIterator(std::uint32_t from, const HalfTie* tie) : from_(from), tie_(tie) {}

    private:
        friend class boost::iterator_core_access;
        [[nodiscard]] Edge dereference() const {
            return {from_, tie_->to * kLayers + from_ % kLayers + 1, tie_->out};
        }
        void increment() { ++tie_; }
        [[nodiscard]] bool equal(const EdgeIterator& other) const { return tie_ == other.tie_; }

        std::uint32_t from_ = 0;
        const HalfTie* tie_ = nullptr;
    };

    using vertex_descriptor = std::uint32_t;
    using edge_descriptor = Edge;
    using directed_category = boost::directed_tag;
    using edge_parallel_category = boost::disallow_parallel_edge_tag;
    using traversal_category = boost::incidence_graph_tag;
    using out_edge_iterator = EdgeIterator;
    using degree_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return ~std::uint32_t{0}; }
};

// Found by Boost through their arguments.
std::uint32_t source(const Layered::Edge& edge, const Layered& /*graph*/) {
    return edge.from;
}
std::uint32_t target(const Layered::Edge& edge, const Layered& /*graph*/) {
    return edge.to;
}
std::pair<Layered::EdgeIterator, Layered::EdgeIterator> out_edges(std::uint32_t vertex,
                                                                  const Layered& graph) {
    const Node node = vertex / Layered::kLayers;
    const bool leads_on =
        vertex % Layered::kLayers < kMostHops && (node == graph.asker || graph.view->brokers().test(node));
    const auto row = leads_on ? graph.view->outward(node) : std::span<const HalfTie>{};
    return {{vertex, row.data()}, {vertex, row.data() + row.size()}};
}
std::size_t out_degree(std::uint32_t vertex, const Layered& graph) {
    const auto [first, last] = out_edges(vertex, graph);
    return static_cast<std::size_t>(std::distance(first, last));
}

namespace {

struct CostOf {
    using key_type = Layered::Edge;
    using value_type = Cost;
    using reference = Cost;
    using category = boost::readable_property_map_tag;
};
Cost get(const CostOf& /*map*/, const Layered::Edge& edge) {
    return edge.cost;
}

struct Enough {};

// Stops when nobody who is still to be settled can be among the best.
class StopAtTenth : public boost::default_dijkstra_visitor {
public:
    StopAtTenth(const std::vector<Cost>& costs, const std::unordered_map<Node, Cost>& unfit,
                std::unordered_map<Node, Cost>& found, std::vector<std::uint32_t>& touched)
        : costs_(costs), unfit_(unfit), found_(found), touched_(touched) {}

    void examine_vertex(std::uint32_t vertex, const Layered& graph) {
        const Node node = vertex / Layered::kLayers;
        if (worst_ != kFar && costs_[vertex] > worst_) throw Enough();
        const auto wanted = unfit_.find(node);
        if (wanted == unfit_.end() || node == graph.asker) return;
        const auto [place, is_new] = found_.try_emplace(node, costs_[vertex] + wanted->second);
        if (!is_new) return;
        totals_.insert(std::upper_bound(totals_.begin(), totals_.end(), place->second), place->second);
        if (totals_.size() >= 10) worst_ = totals_[9];
    }
    void discover_vertex(std::uint32_t vertex, const Layered& /*graph*/) { touched_.push_back(vertex); }

private:
    const std::vector<Cost>& costs_;
    const std::unordered_map<Node, Cost>& unfit_;
    std::unordered_map<Node, Cost>& found_;
    std::vector<std::uint32_t>& touched_;
    std::vector<Cost> totals_;
    Cost worst_ = kFar;
};

// Kept between questions and put back where touched, as our own search does.
struct Rooms {
    std::vector<Cost> costs;
    std::vector<std::uint32_t> before;
    std::vector<boost::default_color_type> colours;

    explicit Rooms(std::size_t size) : costs(size, kFar), before(size), colours(size, boost::white_color) {}
};

std::vector<std::pair<Cost, Node>> ask_boost(const View& view, Node asker,
                                             const std::vector<core::ask::Wanted>& wanted, Rooms& rooms) {
    std::unordered_map<Node, Cost> unfit, found;
    for (const auto& one : wanted) unfit.emplace(one.who, one.unfit);
    std::vector<std::uint32_t> touched;
    const Layered graph{&view, asker};
    const std::uint32_t start = asker * Layered::kLayers;
    rooms.costs[start] = 0;
    try {
        const boost::typed_identity_property_map<std::uint32_t> index;
        boost::dijkstra_shortest_paths_no_init(
            graph, start, boost::make_iterator_property_map(rooms.before.begin(), index),
            boost::make_iterator_property_map(rooms.costs.begin(), index), CostOf(), index, std::less<Cost>(),
            boost::closed_plus<Cost>(kFar), Cost{0}, StopAtTenth(rooms.costs, unfit, found, touched),
            boost::make_iterator_property_map(rooms.colours.begin(), index));
    } catch (const Enough&) {  // how a search of Boost's is ended early
    }
    touched.push_back(start);
    for (const std::uint32_t vertex : touched) {
        rooms.costs[vertex] = kFar;
        rooms.colours[vertex] = boost::white_color;
    }
    std::vector<std::pair<Cost, Node>> best;
    for (const auto& [node, cost] : found) best.emplace_back(cost, node);
    std::sort(best.begin(), best.end());
    if (best.size() > 10) best.resize(10);
    return best;
}

}  // namespace

double compare_with_boost(const View& view, const std::vector<Ask>& asks, const std::string& name,
                          double rate) {
    Rooms rooms(std::size_t{view.accounts()} * Layered::kLayers);
    core::ask::Search search;
    std::vector<double> ours, theirs;
    std::vector<std::vector<core::ask::Way>> ways;
    static_cast<void>(search.best(view, {asks.front().asker, wanted_of(asks.front())}));  // takes its room
    for (const Ask& ask : asks) {
        const double before = core_seconds();
        const auto wanted = wanted_of(ask);
        ways.push_back(search.best(view, {ask.asker, wanted}));
        ours.push_back(core_seconds() - before);
    }
    int equal = 0;
    for (std::size_t i = 0; i < asks.size(); ++i) {
        const double before = core_seconds();
        const auto best = ask_boost(view, asks[i].asker, wanted_of(asks[i]), rooms);
        theirs.push_back(core_seconds() - before);
        equal += std::ranges::equal(best, ways[i], [](const auto& one, const auto& way) {
            return one.first == way.cost && one.second == way.who;
        });
    }
    std::printf(
        "{\"peer\":\"boost dijkstra\",\"of\":\"%s\",\"rate\":%.2g,\"questions\":%zu,\"equal\":%d,"
        "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"ours_p50_ms\":%.3f,\"ours_p99_ms\":%.3f,\"ratio_p50\":%.1f,"
        "\"ratio_p99\":%.1f}\n",
        name.c_str(), rate, asks.size(), equal, percentile_ms(theirs, 0.5), percentile_ms(theirs, 0.99),
        percentile_ms(ours, 0.5), percentile_ms(ours, 0.99),
        percentile_ms(theirs, 0.5) / percentile_ms(ours, 0.5),
        percentile_ms(theirs, 0.99) / percentile_ms(ours, 0.99));
    std::fflush(stdout);
    return equal == static_cast<int>(asks.size()) ? percentile_ms(theirs, 0.5) / percentile_ms(ours, 0.5) : 0;
}

}  // namespace vv::bench
