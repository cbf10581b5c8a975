// store/no_shows.h — who did not come, as it stands for those who waited; and forgetting it.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <set>

namespace vv::store::no_shows {

/// Whose not having come stands for the owner, and is not to be forgotten yet. One statement, over those
/// alone.
std::set<core::PersonId> of_owner(Tx& tx, core::AccountId owner, Instant now);

/// Of all owners: whosever doing it was, where its time is over; that the meeting was missed stays.
void forget(Tx& tx, Instant now);

}  // namespace vv::store::no_shows
