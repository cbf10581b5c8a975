// app/sessions.h — signing in and staying signed in.
//
// The cookie holds 32 random bytes and only their SHA-256 is stored: who reads the database can't sign in
// with it. Every sign-in makes a new cookie and ends the session of the one that came with it, so that a
// planted cookie is worth nothing. Each request looks its session up in the database: an ended session is
// ended at once. Only an answer that was given within the last second may be given again without a look, and
// never once this process has written anything (api/http/kept_answers.h): what ended a session elsewhere, a
// command or another node, is known within that second.
//
// A sign-in is begin_sign_in, one comparison of hashes off the network threads and outside of transactions,
// and finish_sign_in. An unknown name takes the same way with a hash that nothing fits.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "store/database.h"
#include "store/sessions.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::app {

/// A new cookie's value, and what is stored of it.
std::string make_session_token();
std::string session_hash(std::string_view token);

/// Who a request comes from.
struct SignedIn {
    Caller caller;
    core::SessionId session;
    bool is_admin = false;
    bool is_leaving = false;  // may look and take out, and changes nothing but that (app/leaving.h)
    bool is_stale = false;    // touch_session() is due; a few minutes late does no harm
    Instant ends_at;          // unless it is used again or ended before
};

/// One statement. `unauthenticated` session.unknown for a cookie that is unknown, ended or expired.
Result<SignedIn> find_session(store::Tx& tx, std::string token_hash, Instant now);
/// Notes that the session is in use, which also puts off its end.
Result<Done> touch_session(store::Tx& tx, core::SessionId session, Instant now);

/// The browser that signs in.
struct Browser {
    core::SessionId session;                   // the new session's id
    std::string user_agent;                    // as it says; kept to show the account where it is signed in
    std::optional<std::string> replaced_hash;  // of the cookie that came with the request: it ends
};
struct NewSession {
    std::string token;  // the cookie's value; stored nowhere
    core::Account account;
    std::optional<Instant> leaves_at;
};
/// For every way that leads to being signed in.
NewSession open_session(store::Tx& tx, core::Account account, Browser browser, Instant now);

struct SignIn {
    std::string login;  // a handle or an e-mail address, as typed
    std::string address;
};
struct Challenge {
    std::string login;  // in its canonical form
    std::string address;
    std::optional<core::AccountId> account;  // none: nobody is called so
    std::string password_hash;
};
/// Counts the try; `too_many` by the name that was typed and by address, the same whether there is such an
/// account.
Result<Challenge> begin_sign_in(store::Tx& tx, SignIn input, Instant now);
/// After the password was right. `unauthenticated` session.wrong when it has been changed meanwhile.
Result<NewSession> finish_sign_in(store::Tx& tx, Challenge challenge, Browser browser, Instant now);
/// The one answer to a wrong password and to an unknown name.
Error wrong_password();

/// Ends this session; one that has ended already is no error.
Result<Done> sign_out(store::Tx& tx, std::string token_hash);
/// Where the account is signed in, latest seen first.
Result<std::vector<store::sessions::Session>> list_sessions(store::Tx& tx, Caller caller);
/// `not_found` session.unknown.
Result<Done> end_session(store::Tx& tx, Caller caller, core::SessionId session);

}  // namespace vv::app
