#include "store/ways.h"

#include "core/ties.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::ways {
namespace {

using core::AccountId;
using soci::into;
using soci::use;

std::vector<Tie> select_ties(Tx& tx, const std::string& where, Instant now, const auto&... bindings) {
    Tie row;
    Instant at;
    std::vector<Tie> found;
    Prepared select(tx,
                    "SELECT owner_id, account_id, trust, trust_at FROM people WHERE account_id IS NOT NULL"
                    " AND blocked_at IS NULL AND " +
                        where,
                    into(row.owner), into(row.account), into(row.trust), into(at), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        found.push_back(row);
        found.back().trust = core::faded_trust(row.trust, at, now);
    }
    return found;
}

std::vector<AccountId> select_accounts(Tx& tx, const std::string& sql, const auto&... bindings) {
    AccountId account;
    Prepared select(tx, sql, into(account), bindings...);
    return select.all(account);
}

}  // namespace

std::vector<AccountId> accounts_after(Tx& tx, AccountId after, int limit) {
    return select_accounts(tx, "SELECT id FROM accounts WHERE id > :after ORDER BY id LIMIT :limit",
                           use(after, "after"), use(limit, "limit"));
}

std::vector<Tie> ties_after(Tx& tx, Pair after, Instant now, int limit) {
    return select_ties(
        tx, "(owner_id, account_id) > (:owner, :account) ORDER BY owner_id, account_id LIMIT :limit", now,
        use(after.first, "owner"), use(after.second, "account"), use(limit, "limit"));
}

std::vector<Pair> blocks_after(Tx& tx, Pair after, int limit) {
    Pair row;
    Prepared select(tx,
                    "SELECT account_id, blocked_id FROM account_blocks WHERE (account_id, blocked_id) >"
                    " (:account, :blocked) ORDER BY account_id, blocked_id LIMIT :limit",
                    into(row.first), into(row.second), use(after.first, "account"),
                    use(after.second, "blocked"), use(limit, "limit"));
    return select.all(row);
}

std::vector<AccountId> brokers_after(Tx& tx, AccountId after, int limit) {
    return select_accounts(tx,
                           "SELECT owner_id FROM broker_settings WHERE agrees = 1 AND owner_id > :after"
                           " ORDER BY owner_id LIMIT :limit",
                           use(after, "after"), use(limit, "limit"));
}

std::map<AccountId, Account> look(Tx& tx, std::span<const AccountId> accounts, Instant now) {
    std::map<AccountId, Account> all;
    const std::string ids = id_list(accounts);
    const std::string in = " IN " + ids_in(tx.dialect());
    for (const AccountId id : select_accounts(tx, "SELECT id FROM accounts WHERE id" + in, use(ids, "ids")))
        all.emplace(id, Account{});
    for (const AccountId id : select_accounts(
             tx, "SELECT owner_id FROM broker_settings WHERE agrees = 1 AND owner_id" + in, use(ids, "ids")))
        all[id].agrees = true;
    for (const Tie& tie : select_ties(tx, "owner_id" + in, now, use(ids, "ids")))
        all[tie.owner].ties.push_back(tie);
    Pair block;
    Prepared select(tx,
                    "SELECT account_id, blocked_id FROM account_blocks WHERE account_id" + in +
                        " UNION SELECT blocked_id, account_id FROM account_blocks WHERE blocked_id" + in,
                    into(block.first), into(block.second), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        all[block.first].apart_from.push_back(block.second);
    return all;
}

std::vector<Change> changes_after(Tx& tx, std::int64_t seq, int limit) {
    long long after = seq, number = 0;
    AccountId account;
    std::vector<Change> found;
    Prepared select(tx,
                    "SELECT seq, account_id FROM way_changes WHERE seq > :after ORDER BY seq LIMIT :limit",
                    into(number), into(account), use(after, "after"), use(limit, "limit"));
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back({number, account});
    return found;
}

Kept kept(Tx& tx) {
    std::optional<long long> first, last;
    run(tx, "SELECT min(seq), max(seq) FROM way_changes", into(first), into(last));
    return {first.value_or(0), last.value_or(0)};
}

void forget_before(Tx& tx, std::int64_t seq) {
    const long long before = seq;
    run(tx, "DELETE FROM way_changes WHERE seq < :before", use(before, "before"));
}

}  // namespace vv::store::ways
