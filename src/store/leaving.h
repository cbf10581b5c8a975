// store/leaving.h — accounts on their way out: what ends at once, and what is taken away in the end.
//
// The one place that writes into others' rows because of somebody who leaves. What is theirs stays: only what
// stands for the account itself is emptied there.
#pragma once

#include "core/accounts.h"
#include "core/meetings.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::leaving {

/// When the account goes; nothing: it stays.
std::optional<Instant> leaves_at(Tx& tx, core::AccountId account);
void set(Tx& tx, core::AccountId account, std::optional<Instant> leaves_at);
/// Those that go by `now`, the longest due first.
std::vector<core::AccountId> due(Tx& tx, Instant now, int limit);
/// There are others, and none of them who stays runs the server.
bool is_only_admin(Tx& tx, core::AccountId account);

/// The account's meetings that are proposed, agreed or declined by it.
std::vector<core::MeetingId> open_meetings(Tx& tx, core::AccountId account);
/// Ends what the account has open towards others besides meetings and polls, and everything by which it can
/// be signed in to, read, found or reached.
void withdraw(Tx& tx, core::AccountId account, Instant now);
/// Reminders come again. Everything else that was withdrawn stays so.
void restore(Tx& tx, core::AccountId account);

/// Takes away a part of the account's record, a few thousand rows; false when only little is left.
bool erase_some(Tx& tx, core::AccountId account);
/// Takes the account away with all that is left. Mails that are still to be sent become the server's. Returns
/// the uploaded files that nobody needs any more.
std::vector<std::string> erase(Tx& tx, core::AccountId account, const std::string& handle_hash);
/// Whether an account that is gone was called so.
bool is_retired(Tx& tx, const std::string& handle_hash);

}  // namespace vv::store::leaving
