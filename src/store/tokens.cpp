#include "store/tokens.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::tokens {
namespace {

using soci::into;
using soci::use;

std::string name_of(Purpose purpose) {
    switch (purpose) {
        case Purpose::setup:
            return "setup";
        case Purpose::invite:
            return "invite";
        case Purpose::verify_email:
            return "verify_email";
        case Purpose::reset_password:
            return "reset_password";
    }
    return {};
}

}  // namespace

void add(Tx& tx, const Token& token, const std::string& hash) {
    const std::string purpose = name_of(token.purpose);
    run(tx,
        "INSERT INTO one_time_tokens (token_hash, id, purpose, account_id, email, created_at, expires_at, "
        "used_at)"
        " VALUES (:hash, :id, :purpose, :account, :email, :created, :expires, :used)",
        use(hash, "hash"), use(token.id, "id"), use(purpose, "purpose"), use(token.account, "account"),
        use(token.email, "email"), use(token.created_at, "created"), use(token.expires_at, "expires"),
        use(token.used_at, "used"));
}

std::optional<Token> find(Tx& tx, Purpose purpose, const std::string& hash, Instant now) {
    Token token;
    token.purpose = purpose;
    const std::string name = name_of(purpose);
    if (!run(tx,
             "SELECT id, account_id, email, created_at, expires_at FROM one_time_tokens WHERE token_hash = "
             ":hash"
             " AND purpose = :purpose AND used_at IS NULL AND expires_at > :now",
             into(token.id), into(token.account), into(token.email), into(token.created_at),
             into(token.expires_at), use(hash, "hash"), use(name, "purpose"), use(now, "now")))
        return std::nullopt;
    return token;
}

bool use_up(Tx& tx, Purpose purpose, const std::string& hash, Instant now) {
    const std::string name = name_of(purpose);
    Prepared statement(
        tx,
        "UPDATE one_time_tokens SET used_at = :now WHERE token_hash = :hash AND purpose = :purpose"
        " AND used_at IS NULL AND expires_at > :now",
        use(now, "now"), use(hash, "hash"), use(name, "purpose"));
    statement.execute();
    return statement.affected_rows() == 1;
}

void remove_unused(Tx& tx, Purpose purpose, std::optional<core::AccountId> account) {
    const std::string name = name_of(purpose);
    if (account)
        run(tx,
            "DELETE FROM one_time_tokens WHERE purpose = :purpose AND account_id = :account AND used_at IS "
            "NULL",
            use(name, "purpose"), use(*account, "account"));
    else
        run(tx,
            "DELETE FROM one_time_tokens WHERE purpose = :purpose AND account_id IS NULL AND used_at IS NULL",
            use(name, "purpose"));
}

std::vector<Token> invites(Tx& tx) {
    Token row;
    Prepared statement(tx,
                       "SELECT id, account_id, created_at, expires_at, used_at FROM one_time_tokens"
                       " WHERE purpose = 'invite' ORDER BY id DESC",
                       into(row.id), into(row.account), into(row.created_at), into(row.expires_at),
                       into(row.used_at));
    return statement.all(row);
}

bool remove_invite(Tx& tx, core::InviteId id) {
    Prepared statement(tx, "DELETE FROM one_time_tokens WHERE purpose = 'invite' AND id = :id",
                       use(id, "id"));
    statement.execute();
    return statement.affected_rows() == 1;
}

void remove_expired(Tx& tx, Instant before) {
    run(tx, "DELETE FROM one_time_tokens WHERE expires_at <= :before", use(before, "before"));
}

}  // namespace vv::store::tokens
