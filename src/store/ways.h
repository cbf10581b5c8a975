// store/ways.h — the network of asks as the database has it: read whole, page by page, and then what has
// changed.
//
// The only queries that go over all owners besides sweeps: what comes of them is shown to nobody as it is
// (app/ways.h).
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace vv::store::ways {

/// An owner's trust in an account that one of the owner's people is linked with, as of `now`.
struct Tie {
    core::AccountId owner, account;
    double trust = 0;
};
using Pair = std::pair<core::AccountId, core::AccountId>;

std::vector<core::AccountId> accounts_after(Tx& tx, core::AccountId after, int limit);
/// By owner and account; people whom the owner blocked are left out.
std::vector<Tie> ties_after(Tx& tx, Pair after, Instant now, int limit);
/// Who blocked whom.
std::vector<Pair> blocks_after(Tx& tx, Pair after, int limit);
/// Who agreed to stand on ways.
std::vector<core::AccountId> brokers_after(Tx& tx, core::AccountId after, int limit);

/// What an account says now.
struct Account {
    bool agrees = false;
    std::vector<Tie> ties;
    std::vector<core::AccountId> apart_from;  // whoever of the two blocked
};
/// Those that are gone are not there. Four statements.
std::map<core::AccountId, Account> look(Tx& tx, std::span<const core::AccountId> accounts, Instant now);

struct Change {
    std::int64_t seq = 0;
    core::AccountId account;
};
/// By seq, which transactions that end late may fill in from behind.
std::vector<Change> changes_after(Tx& tx, std::int64_t seq, int limit);
/// The first and the last that are kept; 0 where there are none.
struct Kept {
    std::int64_t first = 0, last = 0;
};
Kept kept(Tx& tx);
void forget_before(Tx& tx, std::int64_t seq);

}  // namespace vv::store::ways
