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

/// Who has a trait and how badly each of them fits.
struct Trait {
    core::ask::Bits who;
    std::vector<core::ask::Steps> unfit;  // of each account
};

/// An ask as it comes: traits that all must hold, one of which says how well somebody fits.
struct Ask {
    core::ask::Node asker = 0;
    const Trait* trait = nullptr;
    std::vector<const core::ask::Bits*> also;
};

/// The rows of bitmaps laid over each other: the first half of every query.
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

}  // namespace vv::bench
