// store/accounts.h — accounts as rows.
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::accounts {

/// False when the handle is taken; then nothing is written.
bool add(Tx& tx, const core::Account& account, const std::string& password_hash);
bool any(Tx& tx);

std::optional<core::Account> find(Tx& tx, core::AccountId id);
/// As others find it: one that is leaving is not there.
std::optional<core::Account> find_by_handle(Tx& tx, const std::string& handle);
/// Leaving or not.
std::optional<core::Account> find_any(Tx& tx, const std::string& handle);
bool is_taken(Tx& tx, const std::string& handle);
/// Of those who say this address: the one who proved it, else the first who said it.
std::optional<core::Account> find_by_email(Tx& tx, const std::string& email);
/// Only who proved it.
std::optional<core::Account> find_by_verified_email(Tx& tx, const std::string& email);
/// Up to `limit` accounts by handle, after the handle `after` ("" from the first).
std::vector<core::Account> list(Tx& tx, const std::string& after, int limit);
/// These accounts, in the order of their ids; an id that is gone is left out.
std::vector<core::Account> load(Tx& tx, const std::vector<core::AccountId>& ids);
/// The names of these accounts, in the order of their ids; an id that is gone is left out.
std::vector<core::AccountName> names(Tx& tx, const std::vector<core::AccountId>& ids);

struct Credentials {
    core::AccountId account;
    std::string password_hash;
};
/// By a handle, or by an address as find_by_email(); one statement either way.
std::optional<Credentials> credentials(Tx& tx, const std::string& login);
/// The argon2id hash, empty when there is no such account.
std::string password_hash(Tx& tx, core::AccountId id);
/// Name, zone, home, region, findable and locale.
void save_profile(Tx& tx, const core::Account& account);
void save_email(Tx& tx, core::AccountId id, const std::string& email, std::optional<Instant> verified_at);
void save_password(Tx& tx, core::AccountId id, const std::string& password_hash);

/// The private calendar feed: the hash of its secret, or none.
void save_feed(Tx& tx, core::AccountId id, const std::optional<std::string>& token_hash);
bool has_feed(Tx& tx, core::AccountId id);
std::optional<core::AccountId> find_by_feed(Tx& tx, const std::string& token_hash);

}  // namespace vv::store::accounts
