// store/blocks.h — who keeps whom away.
#pragma once

#include "core/accounts.h"
#include "core/visibility.h"
#include "store/database.h"

#include <optional>
#include <span>
#include <vector>

namespace vv::store::blocks {

/// Adding twice changes nothing. One statement each.
void add(Tx& tx, core::AccountId by, std::span<const core::AccountId> blocked, Instant now);
void remove(Tx& tx, core::AccountId by, std::span<const core::AccountId> blocked);

struct Block {
    core::AccountName account;
    Instant since;
};
/// Whom this account blocked, latest first.
std::vector<Block> list(Tx& tx, core::AccountId by);

/// All blocks around an account, in one statement.
core::Blocks around(Tx& tx, core::AccountId viewer);
/// Whether either of the two blocked the other.
bool between(Tx& tx, core::AccountId a, core::AccountId b);

/// The person that stands for an account in an owner's records is blocked, or not, with the account.
void mark_people(Tx& tx, core::AccountId owner, core::AccountId account, std::optional<Instant> blocked_at);

}  // namespace vv::store::blocks
