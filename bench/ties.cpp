// bench/ties.cpp — contacts a second that ties can take, on one core, and readings of what they come to.
//
// 30,000 ties get ten years of contacts between them: in the order of time as they happen, or shuffled as
// archives bring them. "sums" are those of two people who turn out to be one.
#include "core/ties.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace {

using namespace vv;
using std::chrono::days;

constexpr std::size_t kTies = 30'000;
constexpr std::size_t kContacts = 2'000'000;
const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");

struct Contact {
    std::size_t tie;
    core::ContactEvent event;
};

/// Few ties have most of the contacts.
std::vector<Contact> invent() {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> any(0, 1);
    std::vector<Contact> contacts(kContacts);
    for (auto& [tie, event] : contacts) {
        tie = static_cast<std::size_t>(static_cast<double>(kTies) * std::pow(any(random), 3));
        event.at =
            kNow - std::chrono::milliseconds(static_cast<std::int64_t>(any(random) * 3'652.5 * 86'400'000));
        event.channel = static_cast<core::Channel>(random() % 10);
        event.direction = random() % 2 == 0 ? core::Direction::in : core::Direction::out;
        event.people = random() % 5 == 0 ? 9 : 2;
    }
    return contacts;
}

std::vector<Contact> in_order(std::vector<Contact> contacts) {
    std::ranges::sort(contacts, {}, [](const Contact& c) { return c.event.at; });
    return contacts;
}

template <class Sums>
void take(benchmark::State& state, const std::vector<Contact>& contacts, Sums empty) {
    for (auto _ : state) {
        std::vector<Sums> ties(kTies, empty);
        for (const auto& [tie, event] : contacts) ties[tie].add(event);
        benchmark::DoNotOptimize(ties.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(contacts.size()) * state.iterations());
}

std::vector<core::TieStrength> sums_of(const std::vector<Contact>& contacts) {
    std::vector<core::TieStrength> ties(kTies);
    for (const auto& [tie, event] : contacts) ties[tie].add(event);
    return ties;
}

void join(benchmark::State& state, const std::vector<Contact>& contacts) {
    const auto ties = sums_of(contacts);
    for (auto _ : state) {
        core::TieStrength all;
        for (const auto& tie : ties) all.add(tie);
        benchmark::DoNotOptimize(all);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(ties.size()) * state.iterations());
}

void read(benchmark::State& state, const std::vector<Contact>& contacts) {
    const auto ties = sums_of(contacts);
    for (auto _ : state)
        for (const auto& tie : ties) {
            const auto half_life = core::strength_half_life(core::usual_gap(tie.rhythm(), {}));
            benchmark::DoNotOptimize(tie.strength(kNow, half_life) + tie.trust(kNow));
        }
    state.SetItemsProcessed(static_cast<std::int64_t>(ties.size()) * state.iterations());
}

class Lines final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs)
            std::printf("{\"ties\":%zu,\"%s\":%.0f}\n", kTies, run.benchmark_name().c_str(),
                        run.counters.at("items_per_second").value);
        std::fflush(stdout);
    }
};

}  // namespace

int main(int argc, char** argv) {
    const auto shuffled = invent();
    const auto ordered = in_order(shuffled);
    const auto add = [](const char* name, auto run) { benchmark::RegisterBenchmark(name, run); };
    add("ordered_contacts_per_second", [&](auto& state) { take(state, ordered, core::TieStrength()); });
    add("shuffled_contacts_per_second", [&](auto& state) { take(state, shuffled, core::TieStrength()); });
    add("contacts_per_second", [&](auto& state) { take(state, shuffled, core::TieSums(kNow)); });
    add("sums_per_second", [&](auto& state) { join(state, shuffled); });
    add("readings_per_second", [&](auto& state) { read(state, shuffled); });
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    Lines lines;
    benchmark::RunSpecifiedBenchmarks(&lines);
    return 0;
}
