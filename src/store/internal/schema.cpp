#include "store/internal/schema.h"

#include "base/log.h"
#include "store/internal/faults.h"
#include "store/migrations.h"

#include <string>

namespace vv::store {
namespace {

using soci::into;
using soci::use;

/// 0 for a database without a schema.
int version_of(Connection& connection) {
    int tables = 0;
    if (connection.dialect == Dialect::sqlite)
        connection.sql
            << "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
            into(tables);
    else
        connection.sql << "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() "
                          "AND tablename = 'schema_version'",
            into(tables);
    if (tables == 0) return 0;
    int version = 0;
    connection.sql << "SELECT coalesce(max(version), 0) FROM schema_version", into(version);
    return version;
}

Result<Done> check_not_newer(int version) {
    const int known = static_cast<int>(embedded_migrations().size());
    if (version <= known) return Done{};
    return Error(Fault::conflict, "database.newer",
                 "The database is at version " + std::to_string(version) +
                     ", this program knows versions up to " + std::to_string(known) +
                     ": run the newer program that was used last.");
}

void begin_exclusively(Connection& connection) {
    if (connection.dialect == Dialect::sqlite) {
        connection.execute_raw("BEGIN IMMEDIATE");
    } else {
        connection.execute_raw("BEGIN");
        connection.execute_raw(
            "SELECT pg_advisory_xact_lock(hashtextextended('visavis.migrate/' || current_schema(), 0))");
    }
}

Result<Done> apply_from(Connection& connection, int version) {
    connection.execute_raw(
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, name TEXT NOT NULL)");
    for (const Migration& migration : embedded_migrations()) {
        if (migration.version <= version) continue;
        TRY(const std::string text, render_migration(migration, connection.dialect));
        connection.execute_raw(text);
        const std::string name(migration.name);
        connection.sql << "INSERT INTO schema_version (version, name) VALUES (:version, :name)",
            use(migration.version, "version"), use(name, "name");
        log::info("database.migrated", {{"migration", name}});
    }
    return Done{};
}

/// The version is read again inside: another process may have been quicker.
Result<Done> migrate(Connection& connection) {
    begin_exclusively(connection);
    Result<Done> done = Done{};
    try {
        const int version = version_of(connection);
        done = check_not_newer(version);
        if (done) done = apply_from(connection, version);
        connection.execute_raw(done ? "COMMIT" : "ROLLBACK");
    } catch (...) {
        connection.execute_raw("ROLLBACK");
        throw;
    }
    return done;
}

}  // namespace

Result<Done> bring_up_to_date(Connection& connection, const std::function<Result<Done>()>& may_migrate) {
    const int version = version_of(connection);
    CHECK(check_not_newer(version));
    if (version == static_cast<int>(embedded_migrations().size())) return Done{};
    CHECK(may_migrate());
    return migrate(connection);
}

}  // namespace vv::store
