// bench/trip.h — what bench/trip plans and measures.
#pragma once

#include "core/trips/solve.h"
#include "support/arguments.h"

#include <ctime>
#include <string>
#include <vector>

namespace vv::bench {

/// Seconds of one core that this thread has had: a clock on the wall counts what others do as well.
inline double core_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Instance {
    std::string name;
    core::trips::Problem problem;
};

struct Invention {
    int people = 0, days = 1;
    int windows = 3;         // of each person and day, at most
    bool long_days = false;  // as wide as Cordeau's rather than a trip's
};

/// A TOPTW instance in the form of KU Leuven's files: travel times rounded down to one decimal, the unit a
/// tenth; vertex i is visit i − 1.
Instance read_toptw(const std::string& path, int routes);

/// People around a town with several windows each, lunches among them: the same for the same seed everywhere.
Instance invent(const Invention& invention, std::uint64_t seed);

/// The optimum of a small problem by Debian's `cbc` from a mixed integer program that shares no code with
/// ours. −1 when the program isn't there or has not proven one within `seconds`.
core::trips::Worth optimum_by_cbc(const core::trips::Problem& problem, int seconds);

}  // namespace vv::bench
