// bench/ask.h — what bench/ask asks and measures.
#pragma once

#include "ask_world.h"
#include "core/ask/search.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

namespace vv::bench {

[[noreturn]] inline void fail(const std::string& sentence) {
    std::cerr << sentence << "\n";
    std::exit(2);
}

/// Seconds of one core that this thread has had: a clock on the wall counts what others do as well.
inline double core_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// What a part of all has at most, in milliseconds; 0 of none.
double percentile_ms(std::vector<double> seconds, double part);

/// Those who have a trait, and how badly each of them fits: as an index of words or topics has them.
using Trait = std::vector<core::ask::Wanted>;

/// An ask as it comes: a trait that says how well somebody fits, and bitmaps that must hold as well.
struct Ask {
    core::ask::Node asker = 0;
    const Trait* trait = nullptr;
    std::vector<const core::ask::Bits*> also;
};

/// The first half of every query.
std::vector<core::ask::Wanted> wanted_of(const Ask& ask);

/// The least cost of a way from an account to every other: a plain search, layer by layer over all accounts.
/// The ways lead over nobody in `closed` nor anybody who has a block with the asker.
class PlainSearch {
public:
    PlainSearch(const core::ask::View& view, core::ask::Node asker,
                const std::vector<core::ask::Node>& closed = {});
    [[nodiscard]] core::ask::Cost cost_to(core::ask::Node node) const { return costs_[node]; }

private:
    std::vector<core::ask::Cost> costs_;
};

/// Whether ways are the `best` best: equal to what a plain search finds, and each as its path says.
bool are_best(const core::ask::View& view, const PlainSearch& plain, core::ask::Node asker,
              const std::vector<core::ask::Wanted>& wanted, const std::vector<core::ask::Way>& ways,
              std::size_t best);

/// The same questions for Boost's Dijkstra over (account, hops), on a view without blocks: a line; how many
/// times our median its median is, 0 when an answer is not equal.
double compare_with_boost(const core::ask::View& view, const std::vector<Ask>& asks, const std::string& name,
                          double rate);

/// Questions for a recursive query in PostgreSQL, on a network small enough for it: a line; whether all
/// answers are equal. Times are those of the wall, as the server is another process.
bool compare_with_postgres(const std::string& url, std::uint64_t seed);

/// A network cut over several machines, simulated with one of them in memory at a time: a line; whether
/// answers are equal to one machine's, as far as that is tried (up to two million accounts).
bool simulate_shards(core::ask::Node accounts, std::uint64_t ties, core::ask::Node shards, int queries,
                     std::uint64_t seed);

}  // namespace vv::bench
