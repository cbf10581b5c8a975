// app/sessions.h — signing in and staying signed in.
//
// The cookie holds 32 random bytes and only their SHA-256 is stored: who reads the database can't sign in
// with it. Every sign-in makes a new cookie and ends the session of the one that came with it, so that a
// planted cookie is worth nothing. Each request looks its session up in the database, without a cache
// between: an ended session is ended at once, whichever process or node ended it.
//
// Passwords are hashed outside transactions, because that takes 20 ms and the writer serves everybody: a
// sign-in is begin_sign_in, one verify_password, finish_sign_in.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::app {

/// A new cookie's value, and what of it is stored.
std::string make_session_token();
std::string session_hash(std::string_view token);

/// Who a request comes from.
struct SignedIn {
    Caller caller;
    core::SessionId session;
    bool is_admin = false;
    bool is_stale = false;  // touch_session() is due; a few minutes late does no harm
};

/// One statement. `unauthenticated` session.unknown for a cookie that is unknown, ended or expired.
Result<SignedIn> find_session(store::Tx& tx, std::string token_hash, Instant now);

/// Notes that the session is in use, which also puts off its end.
Result<Done> touch_session(store::Tx& tx, core::SessionId session, Instant now);

}  // namespace vv::app
