// app/leaving.h — deleting an account: what ends at once, the days in which one may come back, and the end.
//
// Whoever leaves is gone for others from that moment: meetings, polls, asks and introductions end with
// notice where notice is due, nobody finds or reaches the account, and nobody's records stand for it any
// more. The record itself is kept for two weeks, for its owner to take out or to go on with, and is then
// taken away in steps, so that nobody waits for it. What others have of the two (their encounter, with the
// name as they had it) is theirs and stays. Nobody is ever called by the handle again.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "core/accounts.h"
#include "store/database.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

inline constexpr std::chrono::hours kLeavingTakes{14 * 24};

/// Faults: `conflict` account.leaving when it is under way, account.only_admin when others would be left
/// without anybody who runs the server. Only reads.
Result<Done> may_leave(store::Tx& tx, Caller caller);

/// Ends everything that is open towards others, every session, token and shared address, and says when the
/// record goes. `password_hash` is what the password that was typed fitted. Faults: may_leave()'s;
/// `conflict` account.password_changed.
struct LeaveAccount {
    std::string password_hash;
    MeetingDesk desk;
};
Result<Instant> leave_account(store::Tx& tx, Caller caller, LeaveAccount input);
/// The operator's way, without a password: in two weeks, or now.
struct DismissAccount {
    bool at_once = false;
    MeetingDesk desk;
};
Result<Instant> dismiss_account(store::Tx& tx, Caller caller, DismissAccount input);

/// An account as its holder sees it. `not_found` account.unknown.
struct OwnAccount {
    core::Account account;
    std::optional<Instant> leaves_at;
};
Result<OwnAccount> find_own_account(store::Tx& tx, Caller caller);

/// Nothing: it stays.
Result<std::optional<Instant>> leaving_at(store::Tx& tx, Caller caller);
/// The account stays. What was ended stays ended. `conflict` account.not_leaving; account.gone when it is too
/// late.
Result<Done> keep_account(store::Tx& tx, Caller caller);

/// Whose time has come. A read.
Result<std::vector<core::AccountId>> accounts_to_erase(store::Tx& tx, Instant now);
/// One step of a few thousand rows.
struct Erased {
    bool is_done = false;
    std::vector<std::string> files;  // uploads that nobody needs any more; with the last step
};
Result<Erased> erase_step(store::Tx& tx, core::AccountId account, Instant now);

/// Whether an account that is gone was called so: the handle stays taken.
bool is_handle_retired(store::Tx& tx, const std::string& handle);

}  // namespace vv::app
