#include "app/accounts.h"

#include "app/leaving.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/accounts.h"

namespace vv::app {
namespace {

Error unknown_account() {
    return Error(Fault::not_found, "account.unknown", "There is no such account.");
}

Error unknown_handle(const std::string& handle) {
    const std::string named(truncate_utf8(scrub_utf8(handle), 100));
    return Error(Fault::not_found, "account.unknown", "There is no account \"" + named + "\" here.");
}

}  // namespace

Result<core::Account> check_form(const AccountForm& form) {
    core::Account account;
    TRY(account.handle, core::check_handle(form.handle));
    TRY(account.full_name, core::check_full_name(form.full_name));
    TRY(account.email, core::check_email(form.email));
    CHECK(core::check_password(form.password, account.handle, account.email));
    TRY(account.zone, core::check_zone(form.zone));
    if (form.home) {
        TRY(core::Home home, core::check_home(form.home->name, form.home->at));
        account.home = std::move(home);
    }
    account.region = core::region_of(account.home, account.zone);
    return account;
}

Result<core::Account> add_account(store::Tx& tx, NewAccount created) {
    created.account.email_verified_at = created.account.created_at;
    if (store::accounts::find_by_verified_email(tx, created.account.email))
        return Error(Fault::conflict, "account.email_taken",
                     "Another account has this e-mail address; give another one.")
            .at("email");
    if (is_handle_retired(tx, created.account.handle) ||
        !store::accounts::add(tx, created.account, created.password_hash))
        return Error(Fault::conflict, "account.handle_taken", "This handle is taken; choose another one.")
            .at("handle");
    return std::move(created.account);
}

Result<core::Account> find_account(store::Tx& tx, Caller caller) {
    auto found = store::accounts::find(tx, caller.account);
    if (!found) return unknown_account();
    return *std::move(found);
}

Result<core::Account> account_of_handle(store::Tx& tx, std::string handle) {
    const auto checked = core::check_handle(handle);
    if (checked)
        if (auto found = store::accounts::find_by_handle(tx, *checked)) return *std::move(found);
    return unknown_handle(handle);
}

Result<core::Account> account_of_any_handle(store::Tx& tx, std::string handle) {
    const auto checked = core::check_handle(handle);
    if (checked)
        if (auto found = store::accounts::find_any(tx, *checked)) return *std::move(found);
    return unknown_handle(handle);
}

Result<std::vector<core::Account>> list_accounts(store::Tx& tx, std::string after, int limit) {
    return store::accounts::list(tx, after, limit);
}

Result<bool> has_accounts(store::Tx& tx) {
    return store::accounts::any(tx);
}

Result<core::Account> change_profile(store::Tx& tx, Caller caller, ProfileChange change) {
    TRY(core::Account account, find_account(tx, caller));
    if (change.full_name) {
        TRY(account.full_name, core::check_full_name(*change.full_name));
    }
    if (change.zone) {
        TRY(account.zone, core::check_zone(*change.zone));
    }
    if (change.home) {
        account.home.reset();
        if (*change.home) {
            TRY(core::Home home, core::check_home((*change.home)->name, (*change.home)->at));
            account.home = std::move(home);
        }
    }
    if (change.locale) {
        TRY(account.locale, core::check_locale(*change.locale));
    }
    account.findable = change.findable.value_or(account.findable);
    if (change.zone || change.home) account.region = core::region_of(account.home, account.zone);
    store::accounts::save_profile(tx, account);
    return account;
}

Result<std::string> make_feed(store::Tx& tx, Caller caller) {
    std::string secret = random_token();
    store::accounts::save_feed(tx, caller.account, sha256_hex(secret));
    return secret;
}

Result<bool> has_feed(store::Tx& tx, Caller caller) {
    return store::accounts::has_feed(tx, caller.account);
}

Result<Done> remove_feed(store::Tx& tx, Caller caller) {
    store::accounts::save_feed(tx, caller.account, std::nullopt);
    return Done{};
}

Result<core::AccountId> account_of_feed(store::Tx& tx, std::string secret) {
    const auto found = store::accounts::find_by_feed(tx, sha256_hex(secret));
    if (!found)
        return Error(Fault::not_found, "feed.unknown", "There is no calendar at this address (any more).");
    return *found;
}

}  // namespace vv::app
