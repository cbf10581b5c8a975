// store/internal/claims.h — what the tables of jobs and of effects have in common: rows that one process
// takes.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"
#include "store/statements.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::internal {

/// ":kind0, :kind1, …"
std::string placeholders(std::size_t kinds);
/// Binds them; `kinds` must outlive the statement.
void bind_kinds(Prepared& statement, const std::vector<std::string>& kinds);
/// PostgreSQL's way of passing by the rows that another claim holds; SQLite has one writer.
std::string skip_locked(Dialect dialect);

/// `table` is "jobs" or "outbox" in the following.
Result<bool> is_due(Tx& tx, std::string_view table, const std::vector<std::string>& kinds, Instant now);
/// Of a running row: whether the process that claimed it lives no more; with a parameter :now.
extern const char* const kIsDead;
std::int64_t recover(Tx& tx, std::string_view table, std::string_view claimer, Instant machine_now);
std::int64_t purge(Tx& tx, std::string_view table, Instant before);

}  // namespace vv::store::internal
