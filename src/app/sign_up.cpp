#include "app/sign_up.h"

#include "app/addresses.h"
#include "app/leaving.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/tokens.h"

namespace vv::app {
namespace {

using store::tokens::Purpose;

constexpr std::chrono::hours kSetupLife{24};

Error handle_taken() {
    return Error(Fault::conflict, "account.handle_taken", "This handle is taken; choose another one.")
        .at("handle");
}

Error wrong_setup_link() {
    return Error(
        Fault::forbidden, "setup.token_invalid",
        "This set-up link is used or too old; start the server again and open the link that it prints.");
}

Error wrong_invitation() {
    return Error(Fault::forbidden, "account.invite_invalid",
                 "This server takes new people by invitation, and this one is unknown, used or too old; ask "
                 "for another.");
}

// Whether the admission holds now, without using it up.
Result<Done> check_admission(store::Tx& tx, const Admission& admission, const std::string& handle,
                             Instant now) {
    const std::string hash = sha256_hex(admission.secret);
    if (admission.kind == Admission::Kind::setup) {
        if (store::accounts::any(tx))
            return Error(Fault::conflict, "setup.done", "This server is set up already; sign in.");
        if (!store::tokens::find(tx, Purpose::setup, hash, now)) return wrong_setup_link();
        return Done{};
    }
    if (admission.policy == core::SignUp::closed)
        return Error(Fault::forbidden, "account.sign_up_closed", "This server takes no new accounts.");
    if (admission.policy == core::SignUp::invited && !store::tokens::find(tx, Purpose::invite, hash, now))
        return wrong_invitation();
    if (!store::accounts::any(tx))  // else a stranger could come before whoever runs the server
        return Error(Fault::conflict, "setup.pending",
                     "This server is not set up yet; whoever runs it opens the link that it prints first.");
    if (core::is_reserved_handle(handle)) return handle_taken();
    return Done{};
}

Result<Done> use_up(store::Tx& tx, const Admission& admission, Instant now) {
    const std::string hash = sha256_hex(admission.secret);
    if (admission.kind == Admission::Kind::setup) {
        if (!store::tokens::use_up(tx, Purpose::setup, hash, now)) return wrong_setup_link();
    } else if (admission.policy == core::SignUp::invited) {
        if (!store::tokens::use_up(tx, Purpose::invite, hash, now)) return wrong_invitation();
    }
    return Done{};
}

}  // namespace

Result<std::optional<std::string>> setup_token(store::Tx& tx, core::InviteId id, Instant now) {
    if (store::accounts::any(tx)) return std::optional<std::string>();
    std::string secret = random_token(32);
    store::tokens::remove_unused(tx, Purpose::setup, std::nullopt);
    store::tokens::add(tx,
                       {id, Purpose::setup, std::nullopt, std::nullopt, now, now + kSetupLife, std::nullopt},
                       sha256_hex(secret));
    return std::optional<std::string>(std::move(secret));
}

Result<core::Account> begin_sign_up(store::Tx& tx, Admission admission, AccountForm form, Instant now) {
    TRY(core::Account account, check_form(form));
    CHECK(check_admission(tx, admission, account.handle, now));
    if (store::accounts::is_taken(tx, account.handle) || is_handle_retired(tx, account.handle))
        return handle_taken();
    return account;
}

Result<NewSession> finish_sign_up(store::Tx& tx, SignUp input, Instant now) {
    core::Account& account = input.created.account;
    CHECK(check_admission(tx, input.admission, account.handle, now));
    CHECK(use_up(tx, input.admission, now));
    const bool is_first = input.admission.kind == Admission::Kind::setup;
    account.created_at = now;
    account.is_admin = is_first;
    // Who has the set-up link runs the server: their word is the operator's.
    if (is_first) account.email_verified_at = now;
    if (is_handle_retired(tx, account.handle)) return handle_taken();
    if (!store::accounts::add(tx, account, input.created.password_hash)) return handle_taken();
    if (!is_first) send_confirmation(tx, account, {input.mail_token, input.base_url}, now);
    return open_session(tx, std::move(account), std::move(input.browser), now);
}

}  // namespace vv::app
