// app/accounts.h — accounts and their profiles.
//
// Making an account, signing in and changing a password are several steps, because a password is hashed
// outside transactions: a first transaction decides whether it may happen and counts the try, then the hash,
// then a second transaction that does it. What the first one found is checked again by the second.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// What somebody fills in for an account.
struct AccountForm {
    std::string handle;
    std::string full_name;
    std::string email;
    std::string password;
    std::string zone;
    std::optional<core::Home> home;  // as written; its place is made coarse
};
/// The account that the form describes, each part in its canonical form, still without an id; `invalid` with
/// the field. Pure.
Result<core::Account> check_form(const AccountForm& form);

/// An account that may be made, with its password's hash.
struct NewAccount {
    core::Account account;  // with its id and created_at
    std::string password_hash;
};
/// The operator's way (account add): no question asked, and the operator's word counts as the address's
/// proof. `conflict` account.handle_taken, account.email_taken.
Result<core::Account> add_account(store::Tx& tx, NewAccount created);

/// `not_found` account.unknown.
Result<core::Account> find_account(store::Tx& tx, Caller caller);
Result<core::Account> account_of_handle(store::Tx& tx, std::string handle);
/// For the operator and the account itself: one that is leaving, too.
Result<core::Account> account_of_any_handle(store::Tx& tx, std::string handle);
/// At most `limit`, by handle, after the handle `after`; "" begins.
Result<std::vector<core::Account>> list_accounts(store::Tx& tx, std::string after, int limit);
/// Whether there is an account at all.
Result<bool> has_accounts(store::Tx& tx);

/// What is not set stays as it is.
struct ProfileChange {
    std::optional<std::string> full_name;
    std::optional<std::string> zone;
    std::optional<std::optional<core::Home>> home;
    std::optional<bool> findable;
    std::optional<std::string> locale;
};
/// The account as it is then. Faults: those of core/accounts.h's checks, each with its field.
Result<core::Account> change_profile(store::Tx& tx, Caller caller, ProfileChange change);

/// The private calendar feed: whoever has its address reads the owner's calendar. The secret is told once;
/// only its hash is kept. Making one ends the one before.
Result<std::string> make_feed(store::Tx& tx, Caller caller);
Result<bool> has_feed(store::Tx& tx, Caller caller);
Result<Done> remove_feed(store::Tx& tx, Caller caller);
/// Whose feed it is; `not_found` feed.unknown.
Result<core::AccountId> account_of_feed(store::Tx& tx, std::string secret);

}  // namespace vv::app
