#include "store/statements.h"

#include "base/log.h"

#include <soci/sqlite3/soci-sqlite3.h>

namespace vv::store {
namespace {

/// The number of texts is the program's own, far below this; a text built at run time must not fill the
/// memory.
constexpr std::size_t kMostKept = 512;

}  // namespace

std::shared_ptr<StatementCache::Slot> StatementCache::take(std::string_view text) {
    const auto kept = slots_.find(text);
    if (kept != slots_.end() && !kept->second->is_taken) {
        ++*counter_;
        kept->second->is_taken = true;
        return kept->second;
    }
    auto made = std::make_shared<Slot>(*sql_);
    made->statement.alloc();
    made->statement.prepare(std::string(text));  // the session's logger counts it
    made->is_taken = true;
    if (kept == slots_.end() && slots_.size() < kMostKept) slots_.emplace(std::string(text), made);
    return made;
}

void StatementCache::give_back(Slot& slot) noexcept {
    try {
        slot.statement.bind_clean_up();
        if (dialect_ == Dialect::sqlite) {
            // An unfinished SELECT would hold its snapshot, and the bindings point into variables that are
            // gone.
            auto* backend = static_cast<soci::sqlite3_statement_backend*>(slot.statement.get_backend());
            sqlite_api::sqlite3_reset(backend->stmt_);
            sqlite_api::sqlite3_clear_bindings(backend->stmt_);
        }
        slot.is_taken = false;
    } catch (...) {
        log::warning("database.statement_kept_back");  // stays taken, so nobody uses it again
    }
}

}  // namespace vv::store
