// core/resolution/judge.h — compares two profiles field by field and adds up the bits.
#pragma once

#include "core/resolution/compare_names.h"

#include <cmath>
#include <unordered_map>
#include <vector>

namespace vv::core::resolution {

struct Score {
    double bits = 0;           // log2 of the odds that both are one human being
    bool contradicts = false;  // something says that they can't be: name, birthday, generation
    bool strong = false;       // an address, a number or a page of one's own is shared
};

inline double probability(double bits) {
    return 1 / (1 + std::exp2(-bits));
}

/// Remembers what it worked out of names: for one thread at a time.
class Judge {
public:
    /// O(n) but for identifiers with several bearers, of which each looks at 24 at most.
    explicit Judge(const Background& background);

    [[nodiscard]] Score score(const Profile& a, const Profile& b) const;
    /// The same, with each field's part: the weights sum to the bits.
    Score explain(const Profile& a, const Profile& b, std::vector<FieldEvidence>& evidence) const;

    /// Two identities that must not come into one person unless the owner says so.
    [[nodiscard]] bool forbids(const Profile& a, const Profile& b) const;
    /// Two that it makes no sense to ask about either.
    [[nodiscard]] bool excludes(const Profile& a, const Profile& b) const;

private:
    struct Tally;
    struct Shared;

    Score judge(const Profile& a, const Profile& b, std::vector<FieldEvidence>* evidence) const;
    void identifiers(const Profile& a, const Profile& b, Tally& tally) const;
    [[nodiscard]] Shared in_common(const Profile& a, const Profile& b) const;
    void household(const Profile& a, const Profile& b, const Shared& shared, Tally& tally) const;
    void names(const Profile& a, const Profile& b, Tally& tally) const;
    void labels(const Profile& a, const Profile& b, bool whole_name, Tally& tally) const;
    void employers(const Profile& a, const Profile& b, Tally& tally) const;
    void networks(const Profile& a, const Profile& b, Tally& tally) const;
    void measure_spread();
    void count_namesakes();
    [[nodiscard]] double most_from_name(const NameMatch& match) const;
    [[nodiscard]] int spread(Word identifier) const;
    [[nodiscard]] double affinity(Word given, Word family) const;

    const Background& background_;
    std::unordered_map<Word, int> spread_;  // identifiers that more than one human seems to bear
    std::unordered_map<std::uint64_t, int>
        namesakes_;  // (full given name, family name) → humans who must be several
    mutable std::unordered_map<std::uint64_t, double> affinities_;
};

}  // namespace vv::core::resolution
