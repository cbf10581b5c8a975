// store/asks_search.h — who of an owner's people may fit an ask, found by the full-text index, and what is
// looked up of those who come near the top.
//
// Nobody who is blocked is ever found: by the owner, in a network's archive, or between the two accounts.
#pragma once

#include "core/asks/match.h"
#include "store/database.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::asks {

struct Find {
    /// Folded words; one of the alternatives must stand in what is known, all of its words. Empty: everybody.
    std::vector<std::vector<std::string>> words;
    std::vector<core::Relation> relations;  // only these; empty: all
};

/// Whether at least `limit` people are found by the words. One statement.
bool are_many(Tx& tx, core::AccountId owner, const Find& find, int limit);

/// Everybody found, in no order. One statement.
std::vector<core::asks::Known> found(Tx& tx, core::AccountId owner, const Find& find, Instant now);

/// These people, but for those who are blocked. One statement.
std::vector<core::asks::Known> of_these(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                                        Instant now);

struct Warm {
    core::asks::Known known;
    double warmth = 0;  // core::asks::warmth_bound as it was last summed up
};
/// Those found, by falling warmth, in batches; other statements may run between them.
class ByWarmth {
public:
    ByWarmth(Tx& tx, core::AccountId owner, const Find& find, Instant now);
    ~ByWarmth();
    ByWarmth(const ByWarmth&) = delete;
    ByWarmth& operator=(const ByWarmth&) = delete;

    /// The next of them; none after the last. A statement a batch; on SQLite one or two more in all.
    std::vector<Warm> next();

private:
    class Reader;
    std::unique_ptr<Reader> reader_;
};

/// Evidence about these people, about `place` only where it is given and theirs is not known. At most five
/// statements.
std::map<core::PersonId, core::asks::Evidence> evidence(Tx& tx, core::AccountId owner,
                                                        std::span<const core::PersonId> people,
                                                        const std::optional<core::AskPlace>& place,
                                                        std::string_view region, Instant now);

}  // namespace vv::store::asks
