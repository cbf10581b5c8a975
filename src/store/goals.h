// store/goals.h — how many people an account means to meet face to face in a year.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <optional>

namespace vv::store::goals {

std::optional<int> find(Tx& tx, core::AccountId owner, int year);
void save(Tx& tx, core::AccountId owner, int year, int target);
void remove(Tx& tx, core::AccountId owner, int year);

}  // namespace vv::store::goals
