#include "store/internal/connection.h"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace vv::store {
namespace {

/// Counts instead of writing: a statement's text is of no use to anyone, and its parameters are private.
class CountingLogger final : public soci::logger_impl {
public:
    explicit CountingLogger(std::atomic<std::size_t>& counter) : counter_(&counter) {}
    void start_query(const std::string& /*query*/) override { ++*counter_; }

private:
    soci::logger_impl* do_clone() const override { return new CountingLogger(*counter_); }

    std::atomic<std::size_t>* counter_;
};

}  // namespace

Connection::Connection(Dialect of, std::atomic<std::size_t>& counter)
    : dialect(of), statements(sql, of, counter) {
    sql.set_logger(soci::logger(new CountingLogger(counter)));
}

void Connection::execute_raw(const std::string& text) {
    if (dialect == Dialect::sqlite) {
        auto* handle = static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
        const int code = sqlite_api::sqlite3_exec(handle, text.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(handle), code);
    } else {
        auto* handle = static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle, text.c_str()), &PQclear);
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        const char* const lost = "08000";
        throw soci::postgresql_soci_error(PQerrorMessage(handle), state != nullptr ? state : lost);
    }
}

}  // namespace vv::store
