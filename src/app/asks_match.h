// app/asks_match.h — who of an owner's people fits an ask best.
#pragma once

#include "app/caller.h"
#include "core/asks.h"
#include "core/asks/match.h"
#include "core/person.h"
#include "store/database.h"

#include <span>
#include <vector>

namespace vv::app {

struct MatchedPerson {
    core::Person person;  // with the trust of now
    core::asks::Match match;
};

/// Who fits, best first: exactly the best by score of all who are found by the ask's words, however many
/// people there are; other trades of the same field only where too few fit better. Blocked people never
/// appear, nor those of `without`.
Result<std::vector<MatchedPerson>> match_people(store::Tx& tx, Caller caller, core::Ask ask,
                                                std::size_t limit, std::vector<core::PersonId> without = {});

}  // namespace vv::app
