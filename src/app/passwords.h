// app/passwords.h — changing a password, and getting a new one by mail.
#pragma once

#include "app/addresses.h"
#include "app/caller.h"
#include "app/sessions.h"

#include <string>

namespace vv::app {

/// The hash that the account's present password must fit, to be compared off the network threads. Counts the
/// try, so that a stolen session is no way to guess the password; `too_many`.
Result<std::string> begin_password_check(store::Tx& tx, Caller caller);
/// The password was right.
Result<Done> end_password_check(store::Tx& tx, Caller caller);

struct PasswordChange {
    std::string old_hash;  // what begin_password_check gave and the password fitted
    std::string new_hash;
    Browser browser;
    Link link;
};
/// Whether the account may take this password; `invalid` field "new". Only reads.
Result<Done> check_new_password(store::Tx& tx, Caller caller, std::string password);
/// Ends every session and opens one for this browser; the address is told. `conflict`
/// account.password_changed when it was changed meanwhile.
Result<NewSession> change_password(store::Tx& tx, Caller caller, PasswordChange change);

/// Writes to the address with a link that sets a new password, BASE/reset?token=SECRET, good for an hour:
/// when it is an account's. The answer is the same when it isn't.
Result<Done> ask_for_reset(store::Tx& tx, std::string email, Link link, Instant now);
/// Whether the link is good and the password fits its account. Only reads. `forbidden`
/// password.token_invalid; `invalid` field "password".
Result<Done> check_reset(store::Tx& tx, std::string secret, std::string password, Instant now);
/// Uses the link up, ends every session, and takes the link as the address's proof. `forbidden`
/// password.token_invalid.
Result<Done> reset_password(store::Tx& tx, std::string secret, std::string new_hash, Link link, Instant now);

/// The operator's way (account password): ends every session; nobody is told.
Result<Done> set_password(store::Tx& tx, core::AccountId account, std::string new_hash);

}  // namespace vv::app
