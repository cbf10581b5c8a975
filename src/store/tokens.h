// store/tokens.h — one-time secrets that reach someone by a link, by their SHA-256.
#pragma once

#include "core/accounts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::tokens {

enum class Purpose { setup, invite, verify_email, reset_password };

struct Token {
    core::InviteId id;
    Purpose purpose = Purpose::invite;
    std::optional<core::AccountId> account;  // whose; for an invite, who invited
    std::optional<std::string> email;        // verify_email: the address that the link proves
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> used_at;
};

void add(Tx& tx, const Token& token, const std::string& hash);
/// Nothing when it is unknown, of another purpose, used, or expired at `now`.
std::optional<Token> find(Tx& tx, Purpose purpose, const std::string& hash, Instant now);
/// Uses it up; false when it can't be used any more, so that of two who hurry one gets through.
bool use_up(Tx& tx, Purpose purpose, const std::string& hash, Instant now);

/// Ends what is unused of this purpose, of one account (setup has none).
void remove_unused(Tx& tx, Purpose purpose, std::optional<core::AccountId> account);
/// Invites, newest first.
std::vector<Token> invites(Tx& tx);
/// Whether there was such an invite.
bool remove_invite(Tx& tx, core::InviteId id);
/// What expired before `before`.
void remove_expired(Tx& tx, Instant before);

}  // namespace vv::store::tokens
