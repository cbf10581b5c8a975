// store/database.h — the one door to the data: transactions on database threads.
//
// SQLite: one writer thread joins the transactions that wait for it into one commit (a savepoint each) and
// answers each only after the fsync; a pool of readers. PostgreSQL: one pool. A use case is a plain function
// `Result<T> f(Tx&, …)`; an error it returns rolls its own writes back and nobody else's.
//
// A body may run twice: when PostgreSQL asks for a retry, or when another transaction of the same commit
// broke it. So it changes nothing but the database and what it returns. Inside a transaction an SQL statement
// that failed ends it (PostgreSQL runs no further one): say `ON CONFLICT` instead of catching.
#pragma once

#include "base/result.h"
#include "store/commits.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace soci {
class session;
}

namespace vv::store {

enum class Dialect { sqlite, postgresql };

class StatementCache;

/// One transaction. Only store functions look inside; a use case passes it on.
class Tx {
public:
    Tx(soci::session& sql, Dialect dialect, StatementCache& statements)
        : sql_(&sql), dialect_(dialect), statements_(&statements) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    [[nodiscard]] soci::session& sql() { return *sql_; }
    [[nodiscard]] Dialect dialect() const { return dialect_; }
    /// The connection's prepared statements; store/statements.h is how they are used.
    [[nodiscard]] StatementCache& statements() { return *statements_; }

private:
    soci::session* sql_;
    Dialect dialect_;
    StatementCache* statements_;
};

struct DatabaseOptions {
    /// "sqlite:PATH" or "postgresql://…". A SQLite path's folder must exist.
    std::string url;
    /// SQLite: threads that read, beside the one that writes. PostgreSQL: sessions, each on a thread of its
    /// own.
    int readers = 4;
    /// How long a transaction waits for another process to let go of the data, and for a lost server to come
    /// back.
    std::chrono::milliseconds busy_timeout{5000};
    /// Whether this process is the server: a second server on the same data is refused; commands may run
    /// beside one.
    enum class Role { command, server } role = Role::command;
};

class Database {
public:
    /// Opens, refuses a database newer than the program (`conflict` database.newer) or already served
    /// (`conflict` database.served), and applies the migrations that are missing. `unavailable` when it can't
    /// be reached or written; `invalid` for a URL of another kind.
    static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    virtual ~Database() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    /// Statements prepared or taken from the cache since the start, by all threads: tests count them. Running
    /// one prepared statement for many rows counts once, so a bulk insert is one and a query in a loop is
    /// many.
    [[nodiscard]] virtual std::size_t statements() const = 0;
    /// What write() has committed: a stamp moves before anyone is told that a write is kept.
    [[nodiscard]] const Commits& commits() const { return commits_; }

    /// Runs `body` in a transaction on a database thread; `done` is called there after the commit is durable,
    /// or with the exception that rolled it back. `body` returns whether to keep its writes. A reader sees
    /// the last commit and nothing that comes after its first statement; it can't write.
    using Body = std::function<bool(Tx&)>;
    using Completion = std::function<void(std::exception_ptr)>;
    virtual void submit_read(Body body, Completion done) = 0;
    virtual void submit_write(Body body, Completion done) = 0;

    /// Waits for what was submitted, then closes; what is submitted afterwards is answered `unavailable`
    /// (database.closed). The executors of those who await must outlive this call.
    virtual void close() = 0;

    /// Runs a use case and resumes on the caller's executor. Takes a function and its arguments rather than a
    /// lambda: g++ 12 destroys a capturing lambda twice when it is a temporary inside a co_await expression.
    template <class T, class... Params, class... Args>
    boost::asio::awaitable<Result<T>> read(Result<T> (*use_case)(Tx&, Params...), Args... args) {
        auto job = std::make_shared<Job<T>>(bind(use_case, std::move(args)...));
        co_await hop(job, Access::read);
        co_return take(*job);
    }
    template <class T, class... Params, class... Args>
    boost::asio::awaitable<Result<T>> write(Result<T> (*use_case)(Tx&, Params...), Args... args) {
        auto job = std::make_shared<Job<T>>(bind(use_case, std::move(args)...));
        co_await hop(job, Access::write);
        co_return take(*job);
    }

    /// The same for commands, jobs and tests, blocking the calling thread. `use_case` is anything callable
    /// with a Tx&. Never called inside a transaction: that would wait for itself.
    template <class F>
    auto read_now(F use_case) {
        return run_now(std::move(use_case), Access::read);
    }
    template <class F>
    auto write_now(F use_case) {
        return run_now(std::move(use_case), Access::write);
    }

protected:
    Commits commits_;

private:
    enum class Access { read, write };

    struct JobBase {
        virtual ~JobBase() = default;
        virtual bool run(Tx& tx) = 0;
        std::exception_ptr failure;
    };
    template <class T>
    struct Job final : JobBase {
        explicit Job(std::function<Result<T>(Tx&)> f) : body(std::move(f)) {}
        bool run(Tx& tx) override {
            result.emplace(body(tx));
            return result->ok();
        }
        std::function<Result<T>(Tx&)> body;
        std::optional<Result<T>> result;
    };

    template <class T, class... Params, class... Args>
    static std::function<Result<T>(Tx&)> bind(Result<T> (*use_case)(Tx&, Params...), Args... args) {
        // May run twice when the database asks for a retry, so arguments are copied in, not moved.
        return [use_case, ... held = std::move(args)](Tx& tx) { return use_case(tx, held...); };
    }
    /// The value, or the fault that the exception stands for: a unique key → conflict, busy → unavailable.
    template <class T>
    static Result<T> take(Job<T>& job) {
        if (job.failure) return fault_of(job.failure);
        return *std::move(job.result);
    }
    template <class F>
    auto run_now(F use_case, Access access) -> decltype(use_case(std::declval<Tx&>())) {
        using T = typename decltype(use_case(std::declval<Tx&>()))::value_type;
        Job<T> job(std::move(use_case));
        wait(job, access);
        return take(job);
    }

    /// Translates what SOCI threw: a unique or foreign key → `conflict` (database.duplicate,
    /// database.reference); busy, full, unreachable → `unavailable` (database.busy, .full, .unreachable);
    /// anything else is logged and `unavailable` (database.failed). The detail never holds SQL or data.
    /// Rethrows what is no database error.
    static Error fault_of(const std::exception_ptr& failure);
    boost::asio::awaitable<void> hop(std::shared_ptr<JobBase> job, Access access);
    void wait(JobBase& job, Access access);
};

}  // namespace vv::store
