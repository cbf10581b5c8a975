// app/throttles.h — how often a thing may be tried, by account and by address. Counts survive a restart, and
// the database holds neither addresses nor names for it: keys are keyed hashes.
//
// An error rolls a transaction back, so a try that may fail is counted in a transaction of its own, before
// it:
//     CO_TRY(…, co_await context.db.write(&app::count_try, app::Throttle::token_address, request.remote,
//     now));
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/throttles.h"
#include "store/database.h"

#include <string>

namespace vv::app {

/// What is counted, and of whom.
enum class Throttle {
    sign_in_account,    // wrong passwords by the name that was typed, whether there is such an account or not
    sign_in_address,    // wrong passwords from one network address
    sign_up_address,    // new accounts from one network address
    password_account,   // wrong passwords of someone signed in, who changes something
    mail_address,       // mails asked for from one network address
    mail_to,            // mails about an account to one e-mail address
    guest_mail,         // invitations to one person without an account, whoever sends them
    guest_answers,      // of a guest to one meeting: each writes to the organiser
    token_address,      // one-time links tried from one network address
    handshake_words,    // three words typed by an account
    handshake_address,  // the same from one network address
    link_account,       // accounts that one account asks whether they are people it knows
    check_ins,          // of one account, and its windows: asking who is near from place to place
    asks_account,       // asks that one account writes down
    ways_account,       // accounts to whom one account looks for a way
    lookouts,           // of one account, and new links to them
    community_invites,  // by one account, to whatever community, taken back or not
};

/// Takes one token of `subject`'s bucket; `too_many` throttle.<name> with the time to wait when it is empty.
/// An address counts as its network (core::network_of).
Result<Done> count_try(store::Tx& tx, Throttle what, std::string subject, Instant now);
/// For a try that turned out well.
void forgive_try(store::Tx& tx, Throttle what, const std::string& subject, Instant now);

}  // namespace vv::app
