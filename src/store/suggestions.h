// store/suggestions.h — candidates, crowd by crowd in the order of what meeting them can be worth at most,
// and what was put off.
#pragma once

#include "base/geo_box.h"
#include "core/suggestions.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace vv::store::suggestions {

/// People of one footing, one relation and one cell of degrees: by the most that meeting them can be worth
/// (`pull`, core::utility_bound) the store has them in order.
struct Crowd {
    core::Footing footing = core::Footing::silent;
    core::Relation relation = core::Relation::acquaintance;
    std::optional<Box> box;  // nothing: where they live is not known
    std::int64_t number = 0;
    double pull = 0;  // the largest of them
};

/// All of the owner's. One statement, which does not look at each person.
std::vector<Crowd> crowds(Tx& tx, core::AccountId owner);

/// The box that just holds a crowd whose place is known: a point, for those of one city. One statement over
/// the crowd's index.
Box extent(Tx& tx, core::AccountId owner, const Crowd& crowd);

/// Where the last page ended.
struct Cursor {
    double pull = 0;
    core::PersonId person;
};

struct Pulled {
    core::Candidate candidate;
    double pull = 0;
};

/// The next of a crowd by falling `pull` and rising id, at most `limit`, only within `box` when there is one:
/// no blocked people, none that a network's archive says are blocked, none put off beyond `now`, none with a
/// meeting proposed or planned, and none whose account and the owner's have blocked one another. Who
/// stayed away (store/no_shows.h) and who knows whom (store/mutual_ties.h) is not looked up. One statement.
std::vector<Pulled> of_crowd(Tx& tx, core::AccountId owner, const Crowd& crowd, const std::optional<Box>& box,
                             std::optional<Cursor> after, Instant now, std::size_t limit);

/// Those of `people` who may be suggested, as of_crowd() has it; in no order. Up to five statements.
std::vector<core::Candidate> open_candidates(Tx& tx, core::AccountId owner,
                                             std::span<const core::PersonId> people, Instant now);

/// Those whom others of the owner's people know and let that be told, and who may be suggested; in no order.
/// Up to five statements.
std::vector<core::Candidate> known_candidates(Tx& tx, core::AccountId owner, Instant now);

/// These people as candidates, whatever stands in the way of meeting them; in no order. Up to five
/// statements.
std::vector<core::Candidate> candidates(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                                        Instant now);

/// Puts people off until a time, or for ever.
void dismiss(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
             std::optional<Instant> until, Instant now);

/// How often each was shown in vain.
std::map<core::PersonId, core::Shown> shown(Tx& tx, core::AccountId owner,
                                            std::span<const core::PersonId> people);
void save_shown(Tx& tx, core::AccountId owner, const std::map<core::PersonId, core::Shown>& shown);

}  // namespace vv::store::suggestions
