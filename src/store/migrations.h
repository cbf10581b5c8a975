// store/migrations.h — the schema's history: numbered files, applied in order, never edited once released.
//
// One text serves both databases. Where they differ a file says so in double braces, and nothing else is
// replaced:
//   {{without_rowid}}            " WITHOUT ROWID" on SQLite (a table clustered by its primary key), nothing
//   on PostgreSQL
//   {{sqlite}} … {{end}}         kept on SQLite only
//   {{postgresql}} … {{end}}     kept on PostgreSQL only
#pragma once

#include "base/result.h"
#include "store/database.h"

#include <span>
#include <string>
#include <string_view>

namespace vv::store {

struct Migration {
    int version = 0;        // 1, 2, 3, … without gaps
    std::string_view name;  // the file's, without its ending
    std::string_view text;
};

/// Those of src/store/migrations, in order.
std::span<const Migration> embedded_migrations();

/// The text as `dialect` runs it; `invalid` names a marker it doesn't know or that isn't closed.
Result<std::string> render_migration(const Migration& migration, Dialect dialect);

}  // namespace vv::store
