#include "store/blocks.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::blocks {

using soci::into;
using soci::use;

void add(Tx& tx, core::AccountId by, std::span<const core::AccountId> blocked, Instant now) {
    Bulk insert(tx, {{"account_id"}, {"blocked_id"}, {"created_at"}},
                "INSERT INTO account_blocks (account_id, blocked_id, created_at)"
                " SELECT account_id, blocked_id, created_at FROM r WHERE true"
                " ON CONFLICT (account_id, blocked_id) DO NOTHING");
    for (const auto other : blocked) insert.add(by, other, now);
    insert.finish();
}

void remove(Tx& tx, core::AccountId by, std::span<const core::AccountId> blocked) {
    const std::string ids = id_list(blocked);
    run(tx, "DELETE FROM account_blocks WHERE account_id = :by AND blocked_id IN " + ids_in(tx.dialect()),
        use(by, "by"), use(ids, "ids"));
}

std::vector<Block> list(Tx& tx, core::AccountId by) {
    Block row;
    Prepared statement(tx,
                       "SELECT a.id, a.handle, a.full_name, b.created_at FROM account_blocks b"
                       " JOIN accounts a ON a.id = b.blocked_id WHERE b.account_id = :by"
                       " ORDER BY b.created_at DESC, a.id DESC",
                       into(row.account.id), into(row.account.handle), into(row.account.name),
                       into(row.since), use(by, "by"));
    return statement.all(row);
}

core::Blocks around(Tx& tx, core::AccountId viewer) {
    core::AccountId other;
    bool is_mine = false;
    Prepared statement(
        tx,
        "SELECT blocked_id AS other, 1 AS mine FROM account_blocks WHERE account_id = :viewer UNION ALL"
        " SELECT account_id, 0 FROM account_blocks WHERE blocked_id = :viewer ORDER BY other",
        into(other), into(is_mine), use(viewer, "viewer"));
    core::Blocks found;
    for (bool more = statement.execute(); more; more = statement.fetch())
        (is_mine ? found.mine : found.theirs).push_back(other);
    return found;
}

bool between(Tx& tx, core::AccountId a, core::AccountId b) {
    int one = 0;
    return run(tx,
               "SELECT 1 FROM account_blocks WHERE (account_id = :a AND blocked_id = :b)"
               " OR (account_id = :b AND blocked_id = :a) LIMIT 1",
               into(one), use(a, "a"), use(b, "b"));
}

void mark_people(Tx& tx, core::AccountId owner, core::AccountId account, std::optional<Instant> blocked_at) {
    run(tx, "UPDATE people SET blocked_at = :at WHERE owner_id = :owner AND account_id = :account",
        use(blocked_at, "at"), use(owner, "owner"), use(account, "account"));
}

}  // namespace vv::store::blocks
