// store/goals.h — how many people an account means to meet face to face in a year.
#pragma once

#include "core/goals.h"
#include "store/database.h"

#include <optional>

namespace vv::store::goals {

/// With the goals by relation. One statement.
std::optional<core::YearGoal> find(Tx& tx, core::AccountId owner, int year);
void save(Tx& tx, core::AccountId owner, int year, const core::YearGoal& goal);
void remove(Tx& tx, core::AccountId owner, int year);

}  // namespace vv::store::goals
