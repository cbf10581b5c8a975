// bench/ask.cpp — who fits and who vouches for the way there, in a network of a million accounts.
//
// Times are those of one core, from the bitmaps to the ten ways, while another thread changes a thousand ties
// a second, each published by itself. A part of each kind's answers is held against a plain search over all
// accounts and hops, on the view that they were found in.
#include "ask.h"

#include "base/files.h"
#include "core/ask/image.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace {

using namespace vv;
using bench::Ask;
using bench::core_seconds;
using bench::percentile_ms;
using core::ask::Bits;
using core::ask::Graph;
using core::ask::Node;
using core::ask::View;
using core::ask::Way;

constexpr const char* kUsage =
    "Usage: ask [--accounts N] [--ties M] [--seed S] [--queries Q] [--check N] [--peers N] [--postgres URL]\n"
    "       ask --simulate-shards N [--accounts N] [--ties M] [--seed S] [--queries Q]";
constexpr int kTraits = 8, kCities = 10;
constexpr std::array kRates{0.0001, 0.001, 0.01};

struct Arguments {
    Node accounts = 1'000'000;
    std::uint64_t ties = 30'000'000, seed = 1;
    int queries = 5'000;
    int checks = 1'000;  // of answers, over all kinds
    int peers = 10;      // questions of each kind that Boost is asked too
    std::string postgres;
    Node shards = 0;  // 0: one machine
};

Arguments read(int argc, char** argv) {
    Arguments out;
    if (const char* url = std::getenv("VV_TEST_POSTGRES")) out.postgres = url;
    if (argc > 1 && std::string_view(argv[1]) == "--simulate-shards") {
        out.accounts = 10'000'000;
        out.ties = 300'000'000;
        out.queries = 200;
    }
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&] {
            if (i + 1 >= argc) bench::fail(kUsage);
            return std::string(argv[++i]);
        };
        const auto number = [&](long least, long most) {
            const long n = std::atol(value().c_str());
            if (n < least || n > most)
                bench::fail(word + " wants a number from " + std::to_string(least) + " to " +
                            std::to_string(most) + ".");
            return n;
        };
        if (word == "--accounts")
            out.accounts = static_cast<Node>(number(1'000, 100'000'000));
        else if (word == "--ties")
            out.ties = static_cast<std::uint64_t>(number(1, 2'000'000'000));
        else if (word == "--seed")
            out.seed = std::strtoull(value().c_str(), nullptr, 10);
        else if (word == "--queries")
            out.queries = static_cast<int>(number(1, 10'000'000));
        else if (word == "--check")
            out.checks = static_cast<int>(number(0, 1'000'000));
        else if (word == "--peers")
            out.peers = static_cast<int>(number(0, 1'000'000));
        else if (word == "--simulate-shards")
            out.shards = static_cast<Node>(number(1, 1'000));
        else if (word == "--postgres")
            out.postgres = value();
        else
            bench::fail(kUsage);
    }
    return out;
}

// What is asked for: traits that a part of those who are free have, and cities.
struct Predicates {
    Bits free;
    std::map<double, std::vector<bench::Trait>> traits;  // by rate
    std::vector<bench::Trait> in_cities;                 // one in thirty there
    std::vector<Bits> cities;                            // the largest
};

bench::Trait trait(Node accounts, double part, bench::Dice& dice) {
    bench::Trait trait;
    for (Node node = 0; node < accounts; ++node)
        if (dice.unit() < part) trait.push_back({node, core::ask::steps_of(0.3 + 0.7 * dice.unit())});
    return trait;
}

Predicates invent_predicates(const bench::World& world, bench::Dice& dice) {
    Predicates out{Bits(world.accounts), {}, {}, {}};
    for (Node node = 0; node < world.accounts; ++node)
        if (dice.unit() < 0.5) out.free.set(node);
    for (const double rate : kRates)
        for (int i = 0; i < kTraits; ++i) out.traits[rate].push_back(trait(world.accounts, 2 * rate, dice));
    for (int i = 0; i < kTraits; ++i) out.in_cities.push_back(trait(world.accounts, 2.0 / 30, dice));
    for (int city = 0; city < kCities; ++city) {
        out.cities.emplace_back(world.accounts);
        for (Node node = 0; node < world.accounts; ++node)
            if (world.city[node] == city) out.cities.back().set(node);
    }
    return out;
}

// A thread that changes ties, each published by itself, a thousand a second.
class Updates {
public:
    Updates(Graph& graph, std::uint64_t seed) : graph_(graph), dice_(seed), thread_([this] { run(); }) {}
    ~Updates() { end(); }
    Updates(const Updates&) = delete;
    Updates& operator=(const Updates&) = delete;

    void end() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
    }
    void report() const {
        std::vector<double> each = seconds_;
        double sum = 0;
        for (const double one : each) sum += one;
        std::printf(
            "{\"updates\":%zu,\"updates_per_second\":%.0f,\"update_us_mean\":%.1f,\"update_us_p50\":%.1f,"
            "\"update_us_p99\":%.1f,\"update_us_max\":%.1f}\n",
            each.size(), static_cast<double>(each.size()) / ran_,
            sum / static_cast<double>(std::max<std::size_t>(each.size(), 1)) * 1e6,
            percentile_ms(each, 0.5) * 1e3, percentile_ms(each, 0.99) * 1e3, percentile_ms(each, 1) * 1e3);
    }

private:
    using Clock = std::chrono::steady_clock;

    void run() {
        const auto began = Clock::now();
        while (!is_over_) {
            const std::chrono::duration<double> passed = Clock::now() - began;
            while (static_cast<double>(seconds_.size()) < passed.count() * 1'000 && !is_over_) {
                const core::ask::Change change = invent();
                const double before = core_seconds();
                if (!graph_.apply({&change, 1})) bench::fail("An update was refused.");
                seconds_.push_back(core_seconds() - before);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        ran_ = std::chrono::duration<double>(Clock::now() - began).count();
    }

    // Seven in ten change a tie that there is, the others take one away or add one.
    core::ask::Change invent() {
        const auto view = graph_.view();
        const auto trust = core::ask::steps_of(0.02 + 0.93 * std::pow(dice_.unit(), 4));
        for (;;) {
            const Node from = dice_.below(view->accounts());
            const auto row = view->ties_of(from);
            const double kind = dice_.unit();
            if (kind < 0.85 && !row.empty())
                return core::ask::SetTrust{from, row[dice_.below(static_cast<std::uint32_t>(row.size()))].to,
                                           kind < 0.7 ? trust : core::ask::kNoTrust};
            const Node to = dice_.below(view->accounts());
            if (kind >= 0.85 && from != to) return core::ask::SetTrust{from, to, trust};
        }
    }

    Graph& graph_;
    bench::Dice dice_;
    std::vector<double> seconds_;
    double ran_ = 1;
    std::atomic<bool> is_over_ = false;
    std::thread thread_;
};

struct Kind {
    std::string name;
    double rate = 0;
    std::function<Ask(bench::Dice&)> invent;
};

std::vector<Kind> kinds(const Predicates& predicates, Node accounts) {
    std::vector<Kind> out;
    for (const double rate : kRates)
        out.push_back({"best10", rate, [&predicates, accounts, rate](bench::Dice& dice) {
                           const auto& traits = predicates.traits.at(rate);
                           return Ask{dice.below(accounts), &traits[dice.below(kTraits)], {&predicates.free}};
                       }});
    double rate = 0;
    for (const Bits& city : predicates.cities)
        rate += static_cast<double>(city.count()) / accounts / 30 / kCities;
    out.push_back({"best10_in_a_city", rate, [&predicates, accounts](bench::Dice& dice) {
                       return Ask{dice.below(accounts),
                                  &predicates.in_cities[dice.below(kTraits)],
                                  {&predicates.free, &predicates.cities[dice.below(kCities)]}};
                   }});
    return out;
}

struct Measured {
    std::vector<double> seconds;
    std::size_t found = 0;
    int checked = 0;
    bool is_exact = true;
};

struct Costs {
    double bytes_per_tie = 0, load_seconds = 0;
};

void print(const std::string& name, double rate, const Measured& measured, const Costs& costs) {
    const auto queries = static_cast<double>(measured.seconds.size());
    std::printf(
        "{\"query\":\"%s\",\"rate\":%.2g,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"exact\":%s,\"bytes_per_tie\":%.2f,"
        "\"load_seconds\":%.2f,\"max_ms\":%.3f,\"queries\":%zu,\"checked\":%d,\"found\":%.2f}\n",
        name.c_str(), rate, percentile_ms(measured.seconds, 0.5), percentile_ms(measured.seconds, 0.99),
        measured.checked == 0 ? "null"
        : measured.is_exact   ? "true"
                              : "false",
        costs.bytes_per_tie, costs.load_seconds, percentile_ms(measured.seconds, 1), measured.seconds.size(),
        measured.checked, static_cast<double>(measured.found) / queries);
    std::fflush(stdout);
}

class Bench {
public:
    Bench(Graph& graph, const Arguments& arguments, std::vector<Kind> asks)
        : graph_(graph), arguments_(arguments), kinds_(std::move(asks)), dice_(arguments.seed + 1) {}

    std::vector<Measured> best_of_each_kind() {
        std::vector<Measured> out;
        for (const Kind& kind : kinds_) {
            Measured measured;
            for (int i = 0; i < arguments_.queries; ++i) {
                const Ask ask = kind.invent(dice_);
                const double before = core_seconds();
                const auto view = graph_.view();
                const auto wanted = bench::wanted_of(ask);
                const auto ways = search_.best(*view, {ask.asker, wanted});
                measured.seconds.push_back(core_seconds() - before);
                measured.found += ways.size();
            }
            out.push_back(std::move(measured));
        }
        return out;
    }

    // Uniform pairs: one way, then with the three that share no broker with those before.
    Measured pairs(std::size_t ways) {
        Measured measured;
        for (int i = 0; i < arguments_.queries; ++i) {
            const Node from = dice_.below(arguments_.accounts), to = dice_.below(arguments_.accounts);
            const double before = core_seconds();
            const auto view = graph_.view();
            measured.found += search_.warmest(*view, from, to, ways).size();
            measured.seconds.push_back(core_seconds() - before);
        }
        return measured;
    }

    // A plain search serves one question of each kind and a pair.
    void check(std::vector<Measured>& measured, Measured& pairs) {
        const int askers = arguments_.checks / static_cast<int>(kinds_.size() + 1);
        for (int i = 0; i < askers; ++i) {
            const auto view = graph_.view();
            const Node asker = dice_.below(arguments_.accounts);
            const bench::PlainSearch plain(*view, asker);
            for (std::size_t k = 0; k < kinds_.size(); ++k) {
                Ask ask = kinds_[k].invent(dice_);
                ask.asker = asker;
                const auto wanted = bench::wanted_of(ask);
                const auto ways = search_.best(*view, {asker, wanted});
                measured[k].is_exact &= bench::are_best(*view, plain, asker, wanted, ways, 10);
                ++measured[k].checked;
            }
            const Node to = dice_.below(arguments_.accounts);
            const auto ways = search_.warmest(*view, asker, to, 1);
            pairs.is_exact &= bench::are_best(*view, plain, asker, {{to, 0}}, ways, 1);
            ++pairs.checked;
        }
    }

private:
    Graph& graph_;
    const Arguments& arguments_;
    std::vector<Kind> kinds_;
    bench::Dice dice_;
    core::ask::Search search_;
};

// The graph is built from its ties, written, and read again as a start would.
std::unique_ptr<Graph> build(bench::World& world, Costs& costs) {
    double before = core_seconds();
    auto graph = Graph::build(world.accounts, std::move(world.ties), world.brokers, world.blocks);
    const double rebuild = core_seconds() - before;
    if (!graph) bench::fail(graph.error().detail);
    const auto path = std::filesystem::temp_directory_path() / ("visavis-ask-" + std::to_string(::getpid()));
    before = core_seconds();
    const auto written = replace_file(
        path.string(), [&](ByteSink& sink) { return core::ask::write_image(*(*graph)->view(), sink); });
    if (!written) bench::fail(written.error().detail);
    const double write = core_seconds() - before;
    graph->reset();
    before = core_seconds();
    const auto source = open_file(path.string());
    if (!source) bench::fail(source.error().detail);
    auto read = core::ask::read_image(**source);
    costs.load_seconds = core_seconds() - before;
    const auto size = (*source)->size();
    std::filesystem::remove(path);
    if (!read) bench::fail(read.error().detail);
    std::printf(
        "{\"accounts\":%u,\"directed_ties\":%llu,\"rebuild_seconds\":%.2f,\"image_mb\":%.0f,"
        "\"image_write_seconds\":%.2f,\"load_seconds\":%.2f,\"graph_mb\":%.0f}\n",
        world.accounts, static_cast<unsigned long long>((*read)->ties()), rebuild,
        static_cast<double>(size) * 1e-6, write, costs.load_seconds,
        static_cast<double>((*read)->bytes()) * 1e-6);
    std::fflush(stdout);
    return *std::move(read);
}

// The least that Boost takes of ours; 0 when an answer differs.
double compare(Graph& graph, const bench::World& world, const std::vector<Kind>& kinds,
               const Arguments& arguments) {
    std::vector<core::ask::Change> lifted;
    for (auto block : world.blocks) {
        block.state = core::ask::SetBlock::State::lifted;
        lifted.emplace_back(block);
    }
    if (!graph.apply(lifted)) bench::fail("Blocks can't be lifted.");
    bench::Dice dice(arguments.seed + 4);
    double least = 1e9;
    for (const Kind& kind : kinds) {
        std::vector<Ask> asks;
        for (int i = 0; i < arguments.peers; ++i) asks.push_back(kind.invent(dice));
        if (!asks.empty())
            least = std::min(least, bench::compare_with_boost(*graph.view(), asks, kind.name, kind.rate));
    }
    if (!arguments.postgres.empty() && !bench::compare_with_postgres(arguments.postgres, arguments.seed))
        return 0;
    return least;
}

// The slowest of the three rates, for those who look for a bar.
void sum_up(const std::vector<Kind>& kinds, const std::vector<Measured>& measured, double least_ratio) {
    double p50 = 0, p99 = 0;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        if (kinds[k].name != "best10") continue;
        p50 = std::max(p50, percentile_ms(measured[k].seconds, 0.5));
        p99 = std::max(p99, percentile_ms(measured[k].seconds, 0.99));
    }
    std::printf("{\"slowest_p50_ms\":%.3f,\"slowest_p99_ms\":%.3f", p50, p99);
    if (least_ratio > 0 && least_ratio < 1e9) std::printf(",\"least_ratio_to_boost\":%.1f", least_ratio);
    std::printf("}\n");
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = read(argc, argv);
    if (arguments.shards > 0)
        return bench::simulate_shards(arguments.accounts, arguments.ties, arguments.shards, arguments.queries,
                                      arguments.seed)
                   ? 0
                   : 1;
    auto world = bench::invent_world(arguments.accounts, arguments.ties, arguments.seed);
    bench::Dice dice(arguments.seed + 2);
    const auto predicates = invent_predicates(world, dice);
    Costs costs;
    const auto graph = build(world, costs);
    const auto asked = kinds(predicates, arguments.accounts);
    Bench bench(*graph, arguments, asked);
    Updates updates(*graph, arguments.seed + 3);
    auto measured = bench.best_of_each_kind();
    auto one_way = bench.pairs(1);
    auto four_ways = bench.pairs(4);
    bench.check(measured, one_way);
    updates.end();
    costs.bytes_per_tie = static_cast<double>(graph->bytes()) / static_cast<double>(graph->ties());
    bool is_exact = one_way.is_exact;
    for (std::size_t k = 0; k < asked.size(); ++k) {
        print(asked[k].name, asked[k].rate, measured[k], costs);
        is_exact &= measured[k].is_exact;
    }
    const double of_all = 1.0 / arguments.accounts;
    print("pair", of_all, one_way, costs);
    print("pair_and_three_others", of_all, four_ways, costs);
    updates.report();
    const double least_ratio = compare(*graph, world, asked, arguments);
    sum_up(asked, measured, least_ratio);
    is_exact &= least_ratio > 0;
    return is_exact ? 0 : 1;
}
