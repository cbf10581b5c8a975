// store/database.h — the one door to the data: transactions on database threads.
//
// SQLite: one writer thread joins the transactions that wait for it into one commit (a savepoint each) and answers
// each only after the fsync; a pool of readers. PostgreSQL: one pool. A use case is a plain function
// `Result<T> f(Tx&, …)`; an error it returns rolls its own writes back and nobody else's.
#pragma once

#include "base/result.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
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

/// One transaction. Only store functions look inside; a use case passes it on.
class Tx {
public:
    Tx(soci::session& sql, Dialect dialect) : sql_(&sql), dialect_(dialect) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    [[nodiscard]] soci::session& sql() { return *sql_; }
    [[nodiscard]] Dialect dialect() const { return dialect_; }

private:
    soci::session* sql_;
    Dialect dialect_;
};

struct DatabaseOptions {
    /// "sqlite:PATH" or "postgresql://…". A SQLite path's folder must exist.
    std::string url;
    int readers = 4;
    std::chrono::milliseconds busy_timeout{5000};
    /// Whether this process is the server: a second server on the same data is refused; commands may run beside one.
    enum class Role { command, server } role = Role::command;
};

class Database {
public:
    /// Opens, refuses a database newer than the program (`conflict` database.newer) or already served
    /// (`conflict` database.served), and applies the migrations that are missing.
    static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
    virtual ~Database() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    /// Statements run since the start, by all threads: tests count them.
    [[nodiscard]] virtual std::size_t statements() const = 0;

    /// Runs `body` in a transaction on a database thread; `done` is called there after the commit is durable, or with
    /// the exception that rolled it back. `body` returns whether to keep its writes.
    using Body = std::function<bool(Tx&)>;
    using Completion = std::function<void(std::exception_ptr)>;
    virtual void submit_read(Body body, Completion done) = 0;
    virtual void submit_write(Body body, Completion done) = 0;

    /// Waits for what was submitted, then closes. Nothing may be submitted afterwards.
    virtual void close() = 0;

    /// Runs a use case and resumes on the caller's executor. Takes a function and its arguments rather than a lambda:
    /// g++ 12 destroys a capturing lambda twice when it is a temporary inside a co_await expression.
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

    /// The same for commands, jobs and tests, blocking the calling thread. `use_case` is anything callable with a Tx&.
    template <class F>
    auto read_now(F use_case) {
        return run_now(std::move(use_case), Access::read);
    }
    template <class F>
    auto write_now(F use_case) {
        return run_now(std::move(use_case), Access::write);
    }

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

    /// Translates what SOCI threw; rethrows what is no database error.
    static Error fault_of(const std::exception_ptr& failure);
    boost::asio::awaitable<void> hop(std::shared_ptr<JobBase> job, Access access);
    void wait(JobBase& job, Access access);
};

}  // namespace vv::store
