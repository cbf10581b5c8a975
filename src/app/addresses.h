// app/addresses.h — proving and changing an account's e-mail address.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "store/database.h"

#include <string>

namespace vv::app {

/// Where links lead and which ids they get.
struct Link {
    core::InviteId id;
    std::string base_url;
};

/// Writes to the account's address with a link that proves it: BASE/verify?token=SECRET, good for three days.
/// Nothing happens when the address is proved, or was written to too often; to who has proved the same
/// address for another account, that is said instead.
void send_confirmation(store::Tx& tx, const core::Account& account, Link link, Instant now);
/// The same for the account that asks.
Result<Done> ask_for_confirmation(store::Tx& tx, Caller caller, Link link);

/// Uses a link up. A new address replaces the old one here. Faults: `forbidden` email.token_invalid for a
/// link that is unknown, used or too old; `conflict` account.email_taken when another account was quicker.
Result<Done> confirm_address(store::Tx& tx, std::string secret, Instant now);

/// After the password was right. An address that is not proved is replaced at once; one that is only when the
/// new one has been, and the old one is told. `invalid` with the field.
Result<core::Account> change_address(store::Tx& tx, Caller caller, std::string email, Link link);

}  // namespace vv::app
