// app/tally.h — people met face to face in a year, against the goal.
#pragma once

#include "app/caller.h"
#include "core/tally.h"
#include "store/database.h"

#include <optional>
#include <vector>

namespace vv::app {

struct YearTally {
    core::Tally tally;
    std::vector<int> years;  // from the first encounter's year to this one: those worth asking for
};

/// Of the year, the caller's current one when none is given. `invalid` tally.year beyond 1900 to 9999.
Result<YearTally> tally_year(store::Tx& tx, Caller caller, std::optional<int> year);

/// Goals by relation stay as they are unless given. `invalid` goal.target outside 1 to 10,000 people,
/// goal.by_relation for a part that is none or more than the whole.
Result<Done> set_goal(store::Tx& tx, Caller caller, int year, int target,
                      std::optional<std::map<core::Relation, int>> by_relation);
/// While it is paused nothing is expected and nothing reminds of it; afterwards the pause is taken out of the
/// year. Twice changes nothing. `not_found` goal.unknown.
Result<Done> pause_goal(store::Tx& tx, Caller caller, int year, bool is_paused);
/// `invalid` tally.year.
Result<Done> remove_goal(store::Tx& tx, Caller caller, int year);

}  // namespace vv::app
