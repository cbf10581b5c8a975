#include "app/addresses.h"

#include "app/account_mails.h"
#include "app/accounts.h"
#include "app/throttles.h"
#include "base/crypto.h"
#include "store/accounts.h"
#include "store/tokens.h"

namespace vv::app {
namespace {

using store::tokens::Purpose;

constexpr std::chrono::hours kLinkLife{3 * 24};

std::string mail_key(core::InviteId id, std::string_view what) {
    return "account/" + to_string(id) + "/" + std::string(what);
}

// Writes to `address`, unless it has had enough.
void send_link(store::Tx& tx, const core::Account& account, const std::string& address, const Link& link,
               Instant now) {
    if (!count_try(tx, Throttle::mail_to, address, now)) return;
    if (const auto other = store::accounts::find_by_verified_email(tx, address)) {
        if (other->id == account.id) return;
        send_mail(tx, mail_key(link.id, "in_use"), other->id, address_in_use_mail(*other, link.base_url),
                  Recipient::holder, now);
        return;
    }
    const std::string secret = random_token(32);
    store::tokens::remove_unused(tx, Purpose::verify_email, account.id);
    store::tokens::add(
        tx, {link.id, Purpose::verify_email, account.id, address, now, now + kLinkLife, std::nullopt},
        sha256_hex(secret));
    const std::string url = link.base_url + "/verify?token=" + secret;
    send_mail(tx, mail_key(link.id, "confirm"), account.id, confirm_address_mail(account, address, url),
              Recipient::anyone, now);
}

}  // namespace

void send_confirmation(store::Tx& tx, const core::Account& account, Link link, Instant now) {
    send_link(tx, account, account.email, link, now);
}

Result<Done> ask_for_confirmation(store::Tx& tx, Caller caller, Link link) {
    TRY(const core::Account account, find_account(tx, caller));
    send_confirmation(tx, account, std::move(link), caller.now);
    return Done{};
}

Result<Done> confirm_address(store::Tx& tx, std::string secret, Instant now) {
    const std::string hash = sha256_hex(secret);
    const auto token = store::tokens::find(tx, Purpose::verify_email, hash, now);
    if (!token || !token->account || !token->email ||
        !store::tokens::use_up(tx, Purpose::verify_email, hash, now))
        return Error(Fault::forbidden, "email.token_invalid",
                     "This link has been used or is too old; ask for a new one in the settings.");
    const auto other = store::accounts::find_by_verified_email(tx, *token->email);
    if (other && other->id != *token->account)
        return Error(Fault::conflict, "account.email_taken",
                     "Another account has proved this address meanwhile.");
    store::accounts::save_email(tx, *token->account, *token->email, now);
    return Done{};
}

Result<core::Account> change_address(store::Tx& tx, Caller caller, std::string email, Link link) {
    TRY(core::Account account, find_account(tx, caller));
    TRY(const std::string address, core::check_email(email));
    if (address == account.email) return account;
    if (!account.email_verified_at) {
        account.email = address;
        store::accounts::save_email(tx, account.id, address, std::nullopt);
    } else {
        send_mail(tx, mail_key(link.id, "changing"), account.id,
                  address_changing_mail(account, link.base_url), Recipient::holder, caller.now);
    }
    send_link(tx, account, address, link, caller.now);
    return account;
}

}  // namespace vv::app
