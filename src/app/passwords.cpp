#include "app/passwords.h"

#include "app/account_mails.h"
#include "app/accounts.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/tokens.h"

namespace vv::app {
namespace {

using store::tokens::Purpose;

constexpr std::chrono::hours kLinkLife{1};

Error wrong_link() {
    return Error(Fault::forbidden, "password.token_invalid",
                 "This link has been used or is too old; ask for a new one.");
}

void tell_of_change(store::Tx& tx, const core::Account& account, const Link& link, Instant now) {
    const Recipient recipient = account.email_verified_at ? Recipient::holder : Recipient::anyone;
    send_mail(tx, "account/" + to_string(link.id) + "/password_changed", account.id,
              password_changed_mail(account, link.base_url), recipient, now);
}

// Whose password a link may set.
Result<core::Account> account_of_link(store::Tx& tx, const std::string& hash, Instant now) {
    const auto token = store::tokens::find(tx, Purpose::reset_password, hash, now);
    if (!token || !token->account) return wrong_link();
    auto account = store::accounts::find(tx, *token->account);
    // A link that went to an address which is no longer the account's opens nothing.
    if (!account || token->email != account->email) return wrong_link();
    return *std::move(account);
}

// A new password ends what the old one opened: sessions, and links that are still under way.
void replace_password(store::Tx& tx, core::AccountId account, const std::string& new_hash) {
    store::accounts::save_password(tx, account, new_hash);
    store::sessions::remove_others(tx, account, {});
    store::tokens::remove_unused(tx, Purpose::reset_password, account);
    store::tokens::remove_unused(tx, Purpose::verify_email, account);
}

}  // namespace

Result<std::string> begin_password_check(store::Tx& tx, Caller caller) {
    CHECK(count_try(tx, Throttle::password_account, to_string(caller.account), caller.now));
    return store::accounts::password_hash(tx, caller.account);
}

Result<Done> end_password_check(store::Tx& tx, Caller caller) {
    forgive_try(tx, Throttle::password_account, to_string(caller.account), caller.now);
    return Done{};
}

Result<Done> check_new_password(store::Tx& tx, Caller caller, std::string password) {
    TRY(const core::Account account, find_account(tx, caller));
    return core::check_password(password, account.handle, account.email, "new");
}

Result<NewSession> change_password(store::Tx& tx, Caller caller, PasswordChange change) {
    TRY(core::Account account, find_account(tx, caller));
    if (store::accounts::password_hash(tx, caller.account) != change.old_hash)
        return Error(Fault::conflict, "account.password_changed",
                     "The password has been changed meanwhile; try again.");
    CHECK(end_password_check(tx, caller));
    replace_password(tx, account.id, change.new_hash);
    tell_of_change(tx, account, change.link, caller.now);
    return open_session(tx, std::move(account), std::move(change.browser), caller.now);
}

Result<Done> ask_for_reset(store::Tx& tx, std::string email, Link link, Instant now) {
    const std::string address = ascii_lower(trim(email));
    // Counted for nobody's address too: what is written to the disk takes most of the answer's time, which
    // must not tell whether there is such an account.
    const bool may_write = count_try(tx, Throttle::mail_to, address, now).ok();
    const auto account = store::accounts::find_by_email(tx, address);
    if (!account || !may_write) return Done{};
    const std::string secret = random_token(32);
    store::tokens::remove_unused(tx, Purpose::reset_password, account->id);
    store::tokens::add(
        tx, {link.id, Purpose::reset_password, account->id, address, now, now + kLinkLife, std::nullopt},
        sha256_hex(secret));
    const Recipient recipient = account->email_verified_at ? Recipient::holder : Recipient::anyone;
    send_mail(tx, "account/" + to_string(link.id) + "/reset", account->id,
              reset_password_mail(*account, link.base_url + "/reset?token=" + secret), recipient, now);
    return Done{};
}

Result<Done> check_reset(store::Tx& tx, std::string secret, std::string password, Instant now) {
    TRY(const core::Account account, account_of_link(tx, sha256_hex(secret), now));
    return core::check_password(password, account.handle, account.email);
}

Result<Done> reset_password(store::Tx& tx, std::string secret, std::string new_hash, Link link, Instant now) {
    const std::string hash = sha256_hex(secret);
    TRY(core::Account account, account_of_link(tx, hash, now));
    if (!store::tokens::use_up(tx, Purpose::reset_password, hash, now)) return wrong_link();
    replace_password(tx, account.id, new_hash);
    if (!account.email_verified_at && !store::accounts::find_by_verified_email(tx, account.email)) {
        account.email_verified_at = now;
        store::accounts::save_email(tx, account.id, account.email, now);
    }
    tell_of_change(tx, account, link, now);
    return Done{};
}

Result<Done> set_password(store::Tx& tx, core::AccountId account, std::string new_hash) {
    replace_password(tx, account, new_hash);
    return Done{};
}

}  // namespace vv::app
