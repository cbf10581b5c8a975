// app/blocks.h — keeping somebody away: silent, total, two-way (core/visibility.h). The other one is told
// nothing and sees nothing change but that this account is no longer there for them.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/accounts.h"
#include "store/blocks.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::app {

/// Blocks an account, and with it the person that stands for it in the caller's records; what the two have
/// under way ends (end_meetings_with). Twice changes nothing. `invalid` block.self.
Result<Done> block_account(store::Tx& tx, Caller caller, core::AccountId account, MeetingDesk desk);
Result<Done> unblock_account(store::Tx& tx, Caller caller, core::AccountId account);
/// The same by handle; `not_found` account.unknown.
Result<Done> block_handle(store::Tx& tx, Caller caller, std::string handle, MeetingDesk desk);
Result<Done> unblock_handle(store::Tx& tx, Caller caller, std::string handle);
/// Whom the caller blocked, latest first.
Result<std::vector<store::blocks::Block>> list_blocks(store::Tx& tx, Caller caller);

}  // namespace vv::app
