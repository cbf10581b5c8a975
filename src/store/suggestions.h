// store/suggestions.h — candidates in the order of what meeting them can be worth at most, and what was put
// off.
#pragma once

#include "core/suggestions.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <vector>

namespace vv::store::suggestions {

/// Whom to leave out beforehand.
struct Filter {
    std::vector<core::Relation> relations;  // empty: all
    /// Only people whose place is known to be within this distance of `near` (kilometres), by a box of
    /// degrees around it: the caller measures exactly.
    std::optional<double> within_km;
    LatLng near;
    std::optional<bool> has_met = std::nullopt;                      // face to face before, or never
    std::optional<std::vector<core::PersonId>> only = std::nullopt;  // nobody but these
};

/// Where the last page ended.
struct Cursor {
    double pull = 0;
    core::PersonId person;
};

struct Pulled {
    core::Candidate candidate;
    double pull = 0;
};

/// The next candidates by falling `pull`, at most `limit`: no blocked people, none that a network's archive
/// says are blocked, none put off beyond `now`, none with a meeting proposed or planned, and none whose
/// account and the owner's have blocked one another. One statement.
std::vector<Pulled> by_pull(Tx& tx, core::AccountId owner, const Filter& filter, std::optional<Cursor> after,
                            Instant now, std::size_t limit);

/// These people as candidates, whatever stands in the way of meeting them; in no order. One statement.
std::vector<core::Candidate> candidates(Tx& tx, core::AccountId owner,
                                        std::span<const core::PersonId> people);

/// Puts a person off until a time, or for ever.
void dismiss(Tx& tx, core::AccountId owner, core::PersonId person, std::optional<Instant> until, Instant now);

}  // namespace vv::store::suggestions
