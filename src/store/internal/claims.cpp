#include "store/internal/claims.h"

namespace vv::store::internal {

using soci::into;
using soci::use;

std::string placeholders(std::size_t kinds) {
    std::string text;
    for (std::size_t i = 0; i < kinds; ++i) text += (i == 0 ? ":kind" : ", :kind") + std::to_string(i);
    return text;
}

void bind_kinds(Prepared& statement, const std::vector<std::string>& kinds) {
    for (std::size_t i = 0; i < kinds.size(); ++i) statement.bind(use(kinds[i], "kind" + std::to_string(i)));
}

std::string skip_locked(Dialect dialect) {
    return dialect == Dialect::postgresql ? " FOR UPDATE SKIP LOCKED" : "";
}

Result<bool> is_due(Tx& tx, std::string_view table, const std::vector<std::string>& kinds, Instant now) {
    if (kinds.empty()) return false;
    const long long until = millis(now);
    int due = 0;
    Prepared select(tx,
                    "SELECT count(*) FROM (SELECT 1 FROM " + std::string(table) +
                        " WHERE state = 'ready' AND run_at <= :now AND kind IN (" +
                        placeholders(kinds.size()) + ") LIMIT 1) AS first",
                    into(due), use(until, "now"));
    bind_kinds(select, kinds);
    select.execute();
    return due > 0;
}

// Commands run beside a server: theirs live until their lease ends.
const char* const kIsDead = "(lease_until < :now OR claimed_by LIKE 'server/%')";

std::int64_t recover(Tx& tx, std::string_view table, std::string_view claimer, Instant machine_now) {
    const std::string holder(claimer);
    const long long now = millis(machine_now);
    Prepared update(tx,
                    "UPDATE " + std::string(table) +
                        " SET state = 'ready', claimed_by = '' WHERE state = 'running' AND " + kIsDead +
                        " AND claimed_by <> :holder",
                    use(now, "now"), use(holder, "holder"));
    update.execute();
    return update.affected_rows();
}

std::int64_t purge(Tx& tx, std::string_view table, Instant before) {
    const long long limit = millis(before);
    Prepared remove(tx, "DELETE FROM " + std::string(table) + " WHERE finished_at < :limit",
                    use(limit, "limit"));
    remove.execute();
    return remove.affected_rows();
}

}  // namespace vv::store::internal
