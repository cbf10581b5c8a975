// A network over several machines, in one: each holds the ties of a part of the accounts, one at a time is in
// memory, and what they would send each other is counted.
//
// A query goes hop by hop: whoever owns an account reads its row and sends labels to the owners of those on
// it. First a probe, in which each machine goes on from its cheapest labels only: what it finds bounds the
// proof, in which all labels below the bound go on. Traits and consent are bitmaps that every machine has.
#include "ask.h"
#include "base/memory.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <unordered_map>

namespace vv::bench {
namespace {

using core::ask::Bits;
using core::ask::Cost;
using core::ask::HalfTie;
using core::ask::kFar;
using core::ask::kMostHops;
using core::ask::Node;

constexpr double kRate = 0.001;
constexpr std::size_t kBest = 10;
constexpr std::array<std::size_t, kMostHops> kProbe{1, 64, 512, 1024};  // labels of a query, by hops
constexpr std::size_t kProbeTies = 32;                                  // of each label's row
constexpr std::size_t kBytesOfLabel = 24;  // query, account, cost, the way so far

// The rows of the accounts that one machine owns: every so many-th.
struct Piece {
    std::vector<std::uint32_t> starts;
    std::vector<HalfTie> ties;

    [[nodiscard]] std::span<const HalfTie> row(std::size_t i) const {
        return std::span(ties).subspan(starts[i], starts[i + 1] - starts[i]);
    }
};

Piece cut(const World& world, Node shards, Node shard) {
    Piece piece;
    piece.starts.resize((world.accounts + shards - 1) / shards + std::size_t{2});
    for (const auto& tie : world.ties) {
        if (tie.a % shards == shard) ++piece.starts[tie.a / shards + std::size_t{2}];
        if (tie.b % shards == shard) ++piece.starts[tie.b / shards + std::size_t{2}];
    }
    for (std::size_t i = 1; i < piece.starts.size(); ++i) piece.starts[i] += piece.starts[i - 1];
    piece.ties.resize(piece.starts.back());
    for (const auto& tie : world.ties) {
        if (tie.a % shards == shard)
            piece.ties[piece.starts[tie.a / shards + std::size_t{1}]++] = {tie.b, tie.a_in_b, tie.b_in_a};
        if (tie.b % shards == shard)
            piece.ties[piece.starts[tie.b / shards + std::size_t{1}]++] = {tie.a, tie.b_in_a, tie.a_in_b};
    }
    for (std::size_t i = 0; i + 1 < piece.starts.size(); ++i)
        std::sort(piece.ties.begin() + piece.starts[i], piece.ties.begin() + piece.starts[i + 1],
                  [](const HalfTie& a, const HalfTie& b) { return a.out < b.out; });
    return piece;
}

template <class T>
void write(std::ofstream& out, const std::vector<T>& values) {
    const std::size_t count = values.size();
    out.write(reinterpret_cast<const char*>(&count), sizeof count);
    out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
}

template <class T>
void read(std::ifstream& in, std::vector<T>& values) {
    std::size_t count = 0;
    in.read(reinterpret_cast<char*>(&count), sizeof count);
    values.resize(count);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
    if (!in) fail("A piece can't be read back.");
}

struct Label {
    Node node = 0;
    Cost cost = 0;
};

struct Query {
    Node asker = 0;
    Cost bound = kFar;                                    // of labels that go on
    std::unordered_map<Node, Cost> found;                 // those wanted
    std::vector<std::unordered_map<Node, Cost>> reached;  // at each machine: least cost over any hops so far
    std::vector<std::vector<Label>> inbox;                // of each machine
    std::array<double, 2> seconds{};      // of the slowest machine in each step, summed up; both phases
    std::array<std::size_t, 2> labels{};  // sent to other machines
    std::size_t rows = 0;

    [[nodiscard]] Cost tenth() const {
        std::vector<Cost> costs;
        for (const auto& [node, cost] : found) costs.push_back(cost);
        if (costs.size() < kBest) return kFar;
        std::nth_element(costs.begin(), costs.begin() + kBest - 1, costs.end());
        return costs[kBest - 1];
    }
};

class Simulation {
public:
    Simulation(World world, Node shards, int queries, std::uint64_t seed)
        : shards_(shards), brokers_(world.brokers), unfit_(world.accounts, core::ask::kNoTrust) {
        folder_ = std::filesystem::temp_directory_path() / ("visavis-shards-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
        for (Node shard = 0; shard < shards; ++shard) {
            const Piece piece = cut(world, shards, shard);
            std::ofstream out(file(shard), std::ios::binary);
            write(out, piece.starts);
            write(out, piece.ties);
            largest_ = std::max(largest_, piece.ties.size() * sizeof(HalfTie) + piece.starts.size() * 4);
            if (!out.flush()) fail("No room for a piece in " + folder_.string() + ".");
        }
        std::vector<core::ask::Tie>().swap(world.ties);
        release_freed_memory();
        Dice dice(seed);
        for (auto& unfit : unfit_)
            if (dice.unit() < kRate) unfit = core::ask::steps_of(0.3 + 0.7 * dice.unit());
        queries_.resize(static_cast<std::size_t>(queries));
        for (Query& query : queries_) query.asker = dice.below(world.accounts);
    }
    ~Simulation() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Simulation(const Simulation&) = delete;
    Simulation& operator=(const Simulation&) = delete;

    void run() {
        search(Phase::probe);
        for (Query& query : queries_) query.bound = query.tenth();
        search(Phase::proof);
    }

    [[nodiscard]] const std::vector<Query>& queries() const { return queries_; }
    [[nodiscard]] std::size_t largest_piece() const { return largest_; }
    [[nodiscard]] const std::vector<core::ask::Steps>& unfit() const { return unfit_; }

private:
    enum class Phase : std::size_t { probe, proof };

    [[nodiscard]] std::filesystem::path file(Node shard) const { return folder_ / std::to_string(shard); }

    void search(Phase phase) {
        for (Query& query : queries_) {
            query.reached.assign(shards_, {});
            query.inbox.assign(shards_, {});
            query.inbox[query.asker % shards_].push_back({query.asker, 0});
        }
        for (int hops = 0; hops < kMostHops; ++hops) {
            std::vector<double> slowest(queries_.size());
            std::vector<std::vector<std::vector<Label>>> sent(queries_.size());
            for (auto& one : sent) one.resize(shards_);
            for (Node shard = 0; shard < shards_; ++shard) {
                std::ifstream in(file(shard), std::ios::binary);
                Piece piece;
                read(in, piece.starts);
                read(in, piece.ties);
                use_large_pages({std::as_bytes(std::span(piece.ties))});
                for (std::size_t i = 0; i < queries_.size(); ++i) {
                    const double before = core_seconds();
                    step(queries_[i], piece, shard, hops, phase, sent[i]);
                    slowest[i] = std::max(slowest[i], core_seconds() - before);
                }
            }
            for (std::size_t i = 0; i < queries_.size(); ++i) {
                queries_[i].seconds[static_cast<std::size_t>(phase)] += slowest[i];
                queries_[i].inbox = std::move(sent[i]);
            }
        }
    }

    // What one machine does for one query in one step.
    void step(Query& query, const Piece& piece, Node shard, int hops, Phase phase,
              std::vector<std::vector<Label>>& sent) {
        auto& inbox = query.inbox[shard];
        auto& reached = query.reached[shard];
        std::sort(inbox.begin(), inbox.end(), [](const Label& a, const Label& b) { return a.cost < b.cost; });
        const std::size_t most =
            phase == Phase::proof
                ? inbox.size()
                : std::max<std::size_t>(1, kProbe[static_cast<std::size_t>(hops)] / shards_);
        std::size_t gone_on = 0;
        for (const Label& label : inbox) {
            if (label.cost > query.bound || gone_on == most) break;
            const auto [place, is_new] = reached.try_emplace(label.node, label.cost);
            if (!is_new && place->second <= label.cost) continue;
            place->second = label.cost;
            ++gone_on;
            ++query.rows;
            go_on(query, piece.row(label.node / shards_), label, hops, shard, phase, sent);
        }
    }

    // Labels of the last hop are made for those wanted only, and go to the asker's machine.
    void go_on(Query& query, std::span<const HalfTie> row, const Label& label, int hops, Node shard,
               Phase phase, std::vector<std::vector<Label>>& sent) {
        std::size_t sent_on = 0;
        for (const HalfTie& tie : row) {
            const Cost cost = label.cost + tie.out;
            if (tie.out == core::ask::kNoTrust || cost > query.bound) break;
            if (unfit_[tie.to] != core::ask::kNoTrust && tie.to != query.asker) {
                const auto place = query.found.try_emplace(tie.to, kFar).first;
                place->second = std::min(place->second, cost + unfit_[tie.to]);
            }
            if (hops + 1 == kMostHops || !brokers_.test(tie.to) || tie.to == query.asker) continue;
            if (phase == Phase::probe && ++sent_on > kProbeTies) continue;
            const Node owner = tie.to % shards_;
            sent[owner].push_back({tie.to, cost});
            if (owner != shard) ++query.labels[static_cast<std::size_t>(phase)];
        }
    }

    Node shards_;
    Bits brokers_;
    std::vector<core::ask::Steps> unfit_;  // kNoTrust of those who aren't wanted
    std::vector<Query> queries_;
    std::filesystem::path folder_;
    std::size_t largest_ = 0;
};

// On one machine, where the network is small enough to be held twice.
int equal_to_one_machine(World world, const Simulation& simulation) {
    const auto graph = core::ask::Graph::build(world.accounts, std::move(world.ties), world.brokers);
    if (!graph) fail(graph.error().detail);
    Trait wanted;
    for (Node node = 0; node < world.accounts; ++node)
        if (simulation.unfit()[node] != core::ask::kNoTrust)
            wanted.push_back({node, simulation.unfit()[node]});
    core::ask::Search search;
    int equal = 0;
    for (const Query& query : simulation.queries()) {
        const auto ways = search.best(*(*graph)->view(), {query.asker, wanted});
        std::vector<std::pair<Cost, Node>> found;
        for (const auto& [node, cost] : query.found) found.emplace_back(cost, node);
        std::sort(found.begin(), found.end());
        found.resize(std::min(found.size(), kBest));
        equal += std::ranges::equal(ways, found, [](const auto& way, const auto& one) {
            return way.cost == one.first && way.who == one.second;
        });
    }
    return equal;
}

}  // namespace

bool simulate_shards(Node accounts, std::uint64_t ties, Node shards, int queries, std::uint64_t seed) {
    auto world = invent_world(accounts, ties, seed);
    const std::uint64_t pairs = world.ties.size();
    const bool is_small = accounts <= 2'000'000;
    World copy;
    if (is_small) copy = world;
    Simulation simulation(std::move(world), shards, queries, seed + 1);
    simulation.run();
    std::vector<double> probe, proof, both, labels, rows;
    for (const Query& query : simulation.queries()) {
        probe.push_back(query.seconds[0]);
        proof.push_back(query.seconds[1]);
        both.push_back(query.seconds[0] + query.seconds[1]);
        labels.push_back(static_cast<double>(query.labels[0] + query.labels[1]) * 1e-3);
        rows.push_back(static_cast<double>(query.rows) * 1e-3);
    }
    const int equal = is_small ? equal_to_one_machine(std::move(copy), simulation) : -1;
    std::printf(
        "{\"shards\":%u,\"accounts\":%u,\"directed_ties\":%llu,\"rate\":%.2g,\"queries\":%d,\"steps\":%d,"
        "\"largest_shard_mb\":%.0f,\"probe_p50_ms\":%.3f,\"proof_p50_ms\":%.3f,\"slowest_shards_p50_ms\":%."
        "3f,"
        "\"slowest_shards_p99_ms\":%.3f,\"labels_sent_p50\":%.0f,\"labels_sent_p99\":%.0f,"
        "\"kb_sent_p50\":%.0f,\"kb_sent_p99\":%.0f,\"rows_read_p50\":%.0f,\"equal_to_one_machine\":%s}\n",
        shards, accounts, static_cast<unsigned long long>(2 * pairs), kRate, queries, 2 * kMostHops,
        static_cast<double>(simulation.largest_piece()) * 1e-6, percentile_ms(probe, 0.5),
        percentile_ms(proof, 0.5), percentile_ms(both, 0.5), percentile_ms(both, 0.99),
        percentile_ms(labels, 0.5), percentile_ms(labels, 0.99),
        percentile_ms(labels, 0.5) * kBytesOfLabel * 1e-3, percentile_ms(labels, 0.99) * kBytesOfLabel * 1e-3,
        percentile_ms(rows, 0.5), is_small ? std::to_string(equal).c_str() : "null");
    return !is_small || equal == queries;
}

}  // namespace vv::bench
