// app/people_first.h — whom to see first, of all or of some.
#pragma once

#include "app/caller.h"
#include "store/people.h"

#include <vector>

namespace vv::app {

/// Those whom meeting now is worth most, with no time and no place in mind: `limit` of them after the first
/// `skip`, exactly in this order.
std::vector<core::Person> whom_to_see_first(store::Tx& tx, const Caller& caller,
                                            const store::people::Filter& filter, std::size_t skip,
                                            std::size_t limit);

}  // namespace vv::app
