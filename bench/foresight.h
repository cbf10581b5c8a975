// bench/foresight.h — a circle of people as a data set's files have it, and how well its days are foreseen.
#pragma once

#include "core/foresight.h"
#include "support/arguments.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vv::bench {

struct CircleFiles {
    std::string people, ties, contacts;  // empty: there is none
    std::optional<std::int64_t> until;
};

struct NamedCircle {
    core::Circle circle;
    std::vector<std::string> names;  // of people, by their places
    std::int64_t day_starts = 0;     // second of the UTC day
};

/// Reads the files, gzipped or not; what is asked of them is in bench/foresight's --help.
NamedCircle read_circle(const CircleFiles& files);

/// Foresees each day but the first two from those before it, learnt from those before it alone, and each day
/// but the first learnt from all others; prints a line each with what plain answers come to on the same day.
void check_days(const NamedCircle& circle);

}  // namespace vv::bench
