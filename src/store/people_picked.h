// store/people_picked.h — of people who were picked by something else, those who pass a filter.
#pragma once

#include "store/people.h"

#include <span>
#include <vector>

namespace vv::store::people {

/// In no order. One statement.
std::vector<core::Person> of_these(Tx& tx, core::AccountId owner, const Filter& filter,
                                   std::span<const core::PersonId> people);

}  // namespace vv::store::people
