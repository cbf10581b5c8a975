// store/today.h — the few numbers of the first page that belong to no other feature.
#pragma once

#include "core/people.h"
#include "store/database.h"

namespace vv::store::today {

struct Counts {
    int people = 0;   // without those blocked
    int imports = 0;  // that brought something
    int review = 0;   // pairs that wait for a look
    bool has_shaken_hands = false;
};
/// One statement.
Counts count(Tx& tx, core::AccountId owner);

}  // namespace vv::store::today
