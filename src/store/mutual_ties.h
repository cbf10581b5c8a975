// store/mutual_ties.h — who of an owner's people knows whom of them, where both let that be known.
//
// A tie of two is told to a third only when both have said yes, neither keeps the other away, here or in a
// network that was imported, and nothing stands between either of them and the third. Of a tie that is not
// told nothing shows: no number, no place in an order.
#pragma once

#include "core/accounts.h"
#include "core/people.h"
#include "store/database.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace vv::store::mutual_ties {

/// Whether the account lets its ties be told.
bool shows(Tx& tx, core::AccountId account);
void set_shows(Tx& tx, core::AccountId account, bool shows);

/// Those of the owner's people who can be told of: the names under which the owner has them, the warmest tie
/// first. No other of the owner's people has an entry.
using MutualTies = std::unordered_map<core::PersonId, std::vector<std::string>>;

/// Whom others of the owner's people know, by what those keep of them. Only the fifty with whom the owner's
/// own tie is warmest are looked at as such others: who is hardly known vouches for nobody. At most three
/// statements, of which the first is mostly the last.
MutualTies of_owner(Tx& tx, core::AccountId owner);

}  // namespace vv::store::mutual_ties
