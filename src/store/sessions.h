// store/sessions.h — who is signed in, by the SHA-256 of the cookie.
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::sessions {

struct Session {
    core::SessionId id;
    core::AccountId account;
    std::string user_agent;
    Instant created_at;
    Instant seen_at;
    Instant expires_at;
};

/// A session and what every request needs of its account: one statement by one unique index.
struct Found {
    core::SessionId id;
    core::AccountId account;
    Zone zone;
    bool is_admin = false;
    bool is_leaving = false;  // the account
    Instant seen_at;
    Instant expires_at;
};
/// Nothing for a cookie that is unknown, ended or, at `now`, expired.
std::optional<Found> find(Tx& tx, const std::string& token_hash, Instant now);

void add(Tx& tx, const Session& session, const std::string& token_hash);
/// Unexpired ones, latest seen first.
std::vector<Session> list(Tx& tx, core::AccountId account, Instant now);
/// Seen at `now`: it ends at now + `idle`, but no later than `lifetime` after it began.
void touch(Tx& tx, core::SessionId id, Instant now, std::chrono::milliseconds idle,
           std::chrono::milliseconds lifetime);

/// Whether there was one of this account.
bool remove(Tx& tx, core::AccountId account, core::SessionId id);
void remove_by_token(Tx& tx, const std::string& token_hash);
/// Every session of the account but `keep` (an unset id keeps none).
void remove_others(Tx& tx, core::AccountId account, core::SessionId keep);
/// The account's sessions beyond the `keep` latest seen.
void remove_oldest(Tx& tx, core::AccountId account, int keep);
void remove_expired(Tx& tx, Instant now);

}  // namespace vv::store::sessions
