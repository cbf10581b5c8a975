#include "store/sessions.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::sessions {

using soci::into;
using soci::use;

std::optional<Found> find(Tx& tx, const std::string& token_hash, Instant now) {
    Found found;
    std::string zone;
    if (!run(tx,
             "SELECT s.id, s.account_id, a.zone, a.is_admin,"
             " CASE WHEN a.leaves_at IS NULL THEN 0 ELSE 1 END, s.seen_at, s.expires_at FROM sessions s"
             " JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = :hash AND s.expires_at > :now",
             into(found.id), into(found.account), into(zone), into(found.is_admin), into(found.is_leaving),
             into(found.seen_at), into(found.expires_at), use(token_hash, "hash"), use(now, "now")))
        return std::nullopt;
    if (auto known = Zone::find(zone)) found.zone = *known;
    return found;
}

void add(Tx& tx, const Session& session, const std::string& token_hash) {
    run(tx,
        "INSERT INTO sessions (id, account_id, token_hash, user_agent, created_at, seen_at, expires_at)"
        " VALUES (:id, :account, :hash, :agent, :created, :seen, :expires)",
        use(session.id, "id"), use(session.account, "account"), use(token_hash, "hash"),
        use(session.user_agent, "agent"), use(session.created_at, "created"), use(session.seen_at, "seen"),
        use(session.expires_at, "expires"));
}

std::vector<Session> list(Tx& tx, core::AccountId account, Instant now) {
    Session row;
    row.account = account;
    Prepared statement(tx,
                       "SELECT id, user_agent, created_at, seen_at, expires_at FROM sessions"
                       " WHERE account_id = :account AND expires_at > :now ORDER BY seen_at DESC, id DESC",
                       into(row.id), into(row.user_agent), into(row.created_at), into(row.seen_at),
                       into(row.expires_at), use(account, "account"), use(now, "now"));
    return statement.all(row);
}

void touch(Tx& tx, core::SessionId id, Instant now, std::chrono::milliseconds idle,
           std::chrono::milliseconds lifetime) {
    const Instant idle_end = now + idle;
    const long long life = lifetime.count();
    run(tx,
        "UPDATE sessions SET seen_at = :now, expires_at = CASE WHEN created_at + :life < :idle_end"
        " THEN created_at + :life ELSE :idle_end END WHERE id = :id",
        use(now, "now"), use(life, "life"), use(idle_end, "idle_end"), use(id, "id"));
}

bool remove(Tx& tx, core::AccountId account, core::SessionId id) {
    Prepared statement(tx, "DELETE FROM sessions WHERE account_id = :account AND id = :id",
                       use(account, "account"), use(id, "id"));
    statement.execute();
    return statement.affected_rows() == 1;
}

void remove_by_token(Tx& tx, const std::string& token_hash) {
    run(tx, "DELETE FROM sessions WHERE token_hash = :hash", use(token_hash, "hash"));
}

void remove_others(Tx& tx, core::AccountId account, core::SessionId keep) {
    run(tx, "DELETE FROM sessions WHERE account_id = :account AND id <> :keep", use(account, "account"),
        use(keep, "keep"));
}

void remove_oldest(Tx& tx, core::AccountId account, int keep) {
    run(tx,
        "DELETE FROM sessions WHERE account_id = :account AND id NOT IN (SELECT id FROM sessions"
        " WHERE account_id = :account ORDER BY seen_at DESC, id DESC LIMIT :keep)",
        use(account, "account"), use(keep, "keep"));
}

void remove_expired(Tx& tx, Instant now) {
    run(tx, "DELETE FROM sessions WHERE expires_at <= :now", use(now, "now"));
}

}  // namespace vv::store::sessions
