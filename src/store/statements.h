// store/statements.h — prepared statements that a connection keeps, for the paths that run often or for many
// rows.
//
// `tx.sql() << text, …` parses its text every time: fine for what happens seldom. A hot path says
//     if (!run(tx, "SELECT name FROM people WHERE owner_id = :owner AND id = :id",
//              into(name), use(owner, "owner"), use(id, "id"))) return not_found;
// and a loop over rows, or a bulk insert, holds the statement:
//     Prepared insert(tx, "INSERT INTO facts (owner_id, id, what) VALUES (:owner, :id, :what)",
//                     use(owner, "owner"), use(id, "id"), use(what, "what"));
//     for (const Fact& fact : facts) { id = fact.id; what = fact.what; insert.execute(); }
// Bound variables must outlive the statement's use; bind by name, because a name used twice is one parameter
// on SQLite and two on PostgreSQL. SOCI reads parameters inside SQL comments, so the texts have none.
#pragma once

#include "store/database.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <soci/soci.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vv::store {

/// One connection's statements. Not thread-safe: a connection belongs to one thread.
class StatementCache {
public:
    StatementCache(soci::session& sql, Dialect dialect, std::atomic<std::size_t>& counter)
        : sql_(&sql), dialect_(dialect), counter_(&counter) {}

    struct Slot {
        explicit Slot(soci::session& sql) : statement(sql) {}
        soci::statement statement;
        bool is_taken = false;
    };
    /// A free statement of this text: the kept one, or one for this use only while that is taken.
    std::shared_ptr<Slot> take(std::string_view text);
    void give_back(Slot& slot) noexcept;
    /// Before the connection is closed or replaced.
    void clear() { slots_.clear(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    soci::session* sql_;
    Dialect dialect_;
    std::atomic<std::size_t>* counter_;
    std::unordered_map<std::string, std::shared_ptr<Slot>, Hash, std::equal_to<>> slots_;
};

/// A bound prepared statement; gives it back at the end of its scope.
class Prepared {
public:
    template <class... Bindings>
    Prepared(Tx& tx, std::string_view text, const Bindings&... bindings) : lease_(tx.statements(), text) {
        (bind(bindings), ...);
    }

    /// A further parameter or column, before the first execute(): for lists whose length is known at run time
    /// only.
    template <class Binding>
    void bind(const Binding& binding) {
        lease_.slot->statement.exchange(binding);
    }

    /// Runs it with what the bound variables hold now; true when a row came and the `into` variables are set.
    bool execute() {
        if (!is_bound_) lease_.slot->statement.define_and_bind();
        is_bound_ = true;
        return lease_.slot->statement.execute(true);
    }
    /// The next row, after execute() brought the first.
    bool fetch() { return lease_.slot->statement.fetch(); }
    /// Runs it; `row`, which the `into` variables are part of, as it is at each row.
    template <class Row>
    std::vector<Row> all(const Row& row) {
        std::vector<Row> rows;
        for (bool more = execute(); more; more = fetch()) rows.push_back(row);
        return rows;
    }
    /// How many rows the last execute() changed.
    long long affected_rows() { return lease_.slot->statement.get_affected_rows(); }

private:
    struct Lease {
        Lease(StatementCache& from, std::string_view text) : cache(&from), slot(from.take(text)) {}
        ~Lease() { cache->give_back(*slot); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        StatementCache* cache;
        std::shared_ptr<StatementCache::Slot> slot;
    };
    Lease lease_;
    bool is_bound_ = false;
};

/// Runs a statement once; true when a row came.
template <class... Bindings>
bool run(Tx& tx, std::string_view text, const Bindings&... bindings) {
    return Prepared(tx, text, bindings...).execute();
}

}  // namespace vv::store
