// bench/resolution.h — what bench/resolution measures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace vv::bench {

[[noreturn]] inline void fail(const std::string& sentence) {
    std::cerr << sentence << "\n";
    std::exit(2);
}

enum class Detail { figures, every_mistake, reliability };
/// Folders of archives with a truth.json: how right resolve() is, a line each and one pooled; with `answers`,
/// after the truth has answered that many of the review list's first questions.
void measure_worlds(const std::vector<std::string>& worlds, int answers, Detail detail);

/// How right resolve() would be on each world had the threshold of joining been chosen on the others alone:
/// the one of most recall at a precision of 0.998 at least.
void cross_validate(const std::vector<std::string>& worlds);

/// One CSV file (duplicates within) or two (one record of each human in each), people told by the number in
/// `key` ("rec-N-org", "rec-N-dup-M"); `ignored` columns are not looked at.
void measure_pairs(const std::vector<std::string>& files, const std::string& key,
                   const std::vector<std::string>& ignored);

/// As many invented identities as asked for: seconds, memory, an increment of 1,000, candidates and what
/// blocking loses.
void measure_scale(std::size_t identities, std::uint64_t seed);

}  // namespace vv::bench
