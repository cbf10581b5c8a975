// store/internal/connection.h — one session with its prepared statements, and raw SQL for what SOCI has no
// words for.
#pragma once

#include "store/statements.h"

#include <atomic>
#include <cstddef>
#include <soci/soci.h>
#include <string>

namespace vv::store {

/// Belongs to one thread at a time.
struct Connection {
    Connection(Dialect of, std::atomic<std::size_t>& counter);
    ~Connection() { statements.clear(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs one or more statements without parameters or rows, outside of the count: transactions, settings,
    /// schema.
    void execute_raw(const std::string& text);

    Dialect dialect;
    soci::session sql;
    StatementCache statements;
};

}  // namespace vv::store
