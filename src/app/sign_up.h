// app/sign_up.h — how accounts come into being: the first one by the set-up link, the others by signing up.
//
// A handle is public, so that it is taken may be said. An e-mail address is private: signing up with one that
// another account has proved looks exactly like signing up with a new one. The account is made, the address
// stays unproven, and the one who has proved it is told by mail.
#pragma once

#include "app/accounts.h"
#include "app/sessions.h"

#include <optional>
#include <string>

namespace vv::app {

/// The secret of a new one-time set-up link, BASE/setup?token=SECRET, when there is no account yet (the links
/// before it end); nothing when there is one. Good for a day.
Result<std::optional<std::string>> setup_token(store::Tx& tx, core::InviteId id, Instant now);

/// What lets somebody in.
struct Admission {
    enum class Kind { setup, sign_up } kind = Kind::sign_up;
    core::SignUp policy = core::SignUp::closed;  // the server's, for sign_up
    std::string secret;  // of the set-up link or the invitation; may be empty for sign_up
};

/// Whether this form may become an account; only reads, so the try is counted before it
/// (Throttle::sign_up_address). Faults: `invalid` with the field; `forbidden` account.sign_up_closed,
/// account.invite_invalid, setup.token_invalid; `conflict` setup.done, account.handle_taken.
Result<core::Account> begin_sign_up(store::Tx& tx, Admission admission, AccountForm form, Instant now);

struct SignUp {
    Admission admission;
    NewAccount created;
    Browser browser;
    core::InviteId mail_token;  // the id of the link that proves the address
    std::string base_url;
};
/// Makes the account, uses the link up, signs in, and writes to the address. Faults as begin_sign_up, which
/// may have become true meanwhile.
Result<NewSession> finish_sign_up(store::Tx& tx, SignUp input, Instant now);

}  // namespace vv::app
