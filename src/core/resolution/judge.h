// core/resolution/judge.h — compares two profiles field by field and adds up the bits.
#pragma once

#include "core/resolution/acquaintance.h"
#include "core/resolution/compare_names.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vv::core::resolution {

struct Score {
    double bits = 0;            // log2 of the odds that both are one human being
    bool contradicts = false;   // something says that they can't be: name, birthday, generation
    bool by_name_only = false;  // and nothing but the name does
    bool strong = false;        // an address, a number or a page of one's own is shared
};

inline double probability(double bits) {
    return 1 / (1 + std::exp2(-bits));
}

/// Remembers what it worked out of names: for one thread at a time.
class Judge {
public:
    /// O(n log n). How many humans bear an identifier or a name is told when it is first asked.
    explicit Judge(const Background& background);

    [[nodiscard]] Score score(const Profile& a, const Profile& b) const;
    /// The same, with each field's part: the weights sum to the bits.
    Score explain(const Profile& a, const Profile& b, std::vector<FieldEvidence>& evidence) const;

    /// Two identities that must not come into one person unless the owner says so. Both are the background's
    /// own. Remembered: rivals are asked about many times over.
    [[nodiscard]] bool forbids(const Profile& a, const Profile& b) const;
    /// Whether a short form of `between` stands for two full names that these two spell out: Steven and
    /// Stephen beside "Steve".
    [[nodiscard]] bool stands_for_both(const Profile& between, const Profile& a, const Profile& b) const;
    /// Whether somebody who goes by both names explains why these two contradict each other by their names
    /// alone: "Jack Wang" and "Zhiqiang Wang" are one where an address says zhiqiang.wang under the name of
    /// Jack.
    [[nodiscard]] bool bridges(const Profile& between, const Profile& a, const Profile& b) const;
    /// Two that it makes no sense to ask about either.
    [[nodiscard]] bool excludes(const Profile& a, const Profile& b) const;

    /// A card for two, or an address or number that a household shares.
    [[nodiscard]] bool is_of_several(const Profile& profile) const;

    /// What two groups say of being one human when they are looked at as a whole, in bits: each has private
    /// addresses or numbers and none in common, each spells out another given name; when their ties began.
    [[nodiscard]] double as_groups(std::span<const Profile* const> as,
                                   std::span<const Profile* const> bs) const;

private:
    struct Tally;
    struct Shared;
    // The bits that one name gives to pairs, by what their addresses say.
    struct Witnessed {
        std::vector<double> same, different;
        [[nodiscard]] NameWeights::Worth worth(NameWeights::Worth usual, double spread) const;
        [[nodiscard]] double likelihood(NameWeights::Worth worth, double differs) const;
    };

    // Two accounts of one name in one network, in bits: what their names say, and their work.
    struct TwoAccounts {
        double name = 0, work = 0;
    };

    Score judge(const Profile& a, const Profile& b, std::vector<FieldEvidence>* evidence) const;
    [[nodiscard]] static bool are_apart(const Score& found, const Profile& a, const Profile& b);
    [[nodiscard]] std::optional<TwoAccounts> two_accounts(const Profile& a, const Profile& b) const;
    void identifiers(const Profile& a, const Profile& b, Tally& tally) const;
    [[nodiscard]] Shared in_common(const Profile& a, const Profile& b) const;
    void household(const Profile& a, const Profile& b, const Shared& shared, Tally& tally) const;
    void names(const Profile& a, const Profile& b, Tally& tally) const;
    void labels(const Profile& a, const Profile& b, bool whole_name, Tally& tally) const;
    void employers(const Profile& a, const Profile& b, Tally& tally) const;
    void titles(const Profile& a, const Profile& b, Tally& tally) const;
    void networks(const Profile& a, const Profile& b, Tally& tally) const;
    void index_bearers();
    void fit_names();
    void calibrate_whole_names();
    void fit_titles();
    void fit_accounts();
    void fit_contacts();
    void each_of_one_name(const std::function<void(const Profile&, const Profile&)>& take) const;
    void contacts(const Profile& a, const Profile& b, Tally& tally) const;
    [[nodiscard]] bool is_mistyped(const Profile& a, const Profile& b) const;
    [[nodiscard]] double turns_out(const NameMatch& match) const;
    void witness(const Profile& a, const Profile& b, const NameMatch& match, Witnessed& seen) const;
    [[nodiscard]] double unseen(Network a, Network b) const;
    [[nodiscard]] int others_of_name(const NameMatch& match) const;
    [[nodiscard]] double most_from_name(int others) const;
    [[nodiscard]] int spread(Word identifier) const;
    [[nodiscard]] int bearers_of_label(Word label) const;
    [[nodiscard]] int namesakes(Word full_given, Word family) const;
    [[nodiscard]] static bool is_second_account(const Score& found, const Profile& a, const Profile& b);
    [[nodiscard]] double affinity(Word given, Word family) const;

    const Background& background_;
    const double people_bits_;  // log2 of how many people there are
    NameWeights weights_;
    Acquaintances acquaintances_;
    double titles_agree_ = 0.7;                           // m: of one human's pairs that both have one
    double second_account_ = -6;                          // bits
    double emails_differ_ = 0.04, numbers_differ_ = 0.5;  // m: of one human's pairs that both have one
    std::array<double, 16> coverage_{};  // by network: what share of all people has an account there
    WordLists bearers_;                  // of an identifier, by profile
    // Who bears what name, sorted by (full given name, family name).
    std::vector<std::pair<std::uint64_t, std::uint32_t>> named_;
    mutable std::unordered_map<Word, int> spread_;  // humans to whom an identifier seems to belong
    mutable std::unordered_map<std::uint64_t, int> namesakes_;  // humans of one name who must be several
    mutable bool measuring_spread_ = false, measuring_namesakes_ = false;
    mutable std::unordered_map<std::uint64_t, double> affinities_;
    mutable std::unordered_map<std::uint64_t, bool> apart_;  // forbids(), by the places of both
};

}  // namespace vv::core::resolution
