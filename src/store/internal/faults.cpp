#include "store/internal/faults.h"

#include "base/log.h"

#include <soci/soci.h>
// soci-postgresql.h and soci-sqlite3.h bring in the C interfaces, the latter inside a namespace of its own.
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <string>
#include <string_view>

namespace vv::store {
namespace {

Trouble trouble_of_sqlite(int code) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return Trouble::duplicate;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return Trouble::reference;
        case SQLITE_IOERR_WRITE:  // beyond a quota or a limit; a disk without room is SQLITE_FULL
            return Trouble::full;
        case SQLITE_READONLY_CANTLOCK:
        case SQLITE_READONLY_DBMOVED:
        case SQLITE_READONLY_DIRECTORY:
            return Trouble::lost;
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            return Trouble::constraint;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return Trouble::busy;
        case SQLITE_FULL:
            return Trouble::full;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            return Trouble::lost;
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return Trouble::damaged;
        default:
            return Trouble::other;
    }
}

Trouble trouble_of_state(std::string_view state) {
    if (state == "23505" || state == "23P01") return Trouble::duplicate;
    if (state == "23503") return Trouble::reference;
    if (state.starts_with("23")) return Trouble::constraint;
    if (state == "40001" || state == "40P01") return Trouble::serialization;
    if (state == "55P03" || state == "57014") return Trouble::busy;  // lock or statement timeout
    if (state == "53100") return Trouble::full;
    // 08: connection; 57P: shutting down or starting; 53300: too many connections.
    if (state.starts_with("08") || state.starts_with("57P") || state == "53300") return Trouble::lost;
    return Trouble::other;
}

/// Names the code only: a message may quote a row. Messages about the statement itself hold nothing but our
/// own SQL.
void log_code(const char* event, const soci::soci_error& error) {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        log::error(event, {{"sqlite", sqlite->result()}, {"message", sqlite->get_error_message()}});
    } else if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
        const std::string state = postgres->sqlstate();
        const bool is_about_statement = state.starts_with("42");
        log::error(event, {{"sqlstate", state},
                           {"message", is_about_statement ? postgres->get_error_message() : std::string()}});
    } else {
        log::error(event, {{"message", error.get_error_message()}});
    }
}

}  // namespace

Trouble trouble_of(const std::exception_ptr& failure) {
    if (!failure) return Trouble::none;
    try {
        std::rethrow_exception(failure);
    } catch (const soci::sqlite3_soci_error& error) {
        return trouble_of_sqlite(error.result());
    } catch (const soci::postgresql_soci_error& error) {
        return trouble_of_state(error.sqlstate());
    } catch (const soci::soci_error& error) {
        // SOCI has no type of its own for this one.
        const bool unreachable = error.get_error_message().starts_with("Cannot establish connection");
        return unreachable ? Trouble::lost : Trouble::other;
    } catch (...) {
        return Trouble::none;
    }
}

Error translate(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Refusal& refusal) {
        return refusal.error();
    } catch (const soci::soci_error& error) {
        switch (trouble_of(failure)) {
            case Trouble::duplicate:
                return {Fault::conflict, "database.duplicate",
                        "Something with the same key is already there."};
            case Trouble::reference:
                return {Fault::conflict, "database.reference",
                        "What this refers to is not there (any more)."};
            case Trouble::serialization:
            case Trouble::busy:
                return {Fault::unavailable, "database.busy",
                        "The database is held by others for too long; try again in a moment."};
            case Trouble::full:
                log::error("database.full");
                return {Fault::unavailable, "database.full",
                        "There is no room to write on the database's disk; make room and try again."};
            case Trouble::lost:
                log_code("database.unreachable", error);
                return {Fault::unavailable, "database.unreachable",
                        "The database can't be reached or written; try again soon."};
            case Trouble::damaged:
                log_code("database.damaged", error);
                return {Fault::unavailable, "database.damaged",
                        "The database is damaged, or another program's file; restore it from a backup, or "
                        "move it away to begin anew."};
            default:
                log_code("database.failed", error);
                return {Fault::unavailable, "database.failed",
                        "The database could not do this; the log says why."};
        }
    }
}

}  // namespace vv::store
