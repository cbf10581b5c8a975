#include "base/log.h"
#include "store/internal/backends.h"
#include "store/internal/connection.h"
#include "store/internal/faults.h"
#include "store/internal/queue.h"
#include "store/internal/schema.h"

#include <algorithm>
#include <random>
#include <soci/postgresql/soci-postgresql.h>
#include <thread>
#include <vector>

namespace vv::store {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLookAtLock{5000};
constexpr const char* kLockKey = "hashtextextended('visavis.server/' || current_schema(), 0)";

/// Every character but letters and digits as %XX.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_plain)
            out += c;
        else
            (out += '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return out;
}

/// The address with what it doesn't say itself: how soon a server that is away counts as lost. As a URL
/// without blanks and with a '=': SOCI takes other forms apart and puts them together wrongly.
std::string with_defaults(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(url.c_str(), nullptr), &PQconninfoFree);
    if (!options)
        throw Refusal({Fault::invalid, "database.url", "This is no PostgreSQL address: postgresql://…."});
    constexpr std::pair<std::string_view, const char*> defaults[] = {{"connect_timeout", "5"},
                                                                     {"tcp_user_timeout", "15000"},
                                                                     {"keepalives_idle", "30"},
                                                                     {"application_name", "visavis"},
                                                                     {"client_encoding", "UTF8"}};
    std::string out = "postgresql:///";
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        const char* value = option->val;
        for (const auto& [name, fallback] : defaults)
            if (value == nullptr && name == option->keyword) value = fallback;
        if (value == nullptr) continue;
        out += out.ends_with('/') ? '?' : '&';
        out += std::string(option->keyword) + "=" + percent_encoded(value);
    }
    return out;
}

milliseconds random_wait(int attempt) {
    thread_local std::minstd_rand source{std::random_device{}()};
    const int most = std::min(1 << std::min(attempt, 6), 50);
    return milliseconds(std::uniform_int_distribution<int>(0, most)(source));
}

class PostgresConnection : public Connection {
public:
    PostgresConnection(std::string address, milliseconds busy_timeout, std::atomic<std::size_t>& counter)
        : Connection(Dialect::postgresql, counter),
          address_(std::move(address)),
          busy_timeout_(busy_timeout) {
        connect();
    }

    /// Throws when the server can't be reached.
    void connect() {
        statements.clear();
        sql.close();
        sql.open(soci::connection_parameters(soci::postgresql, address_));
        PQsetNoticeProcessor(
            handle(), [](void*, const char*) {}, nullptr);
        // A commit is answered only once it is on disk, whatever the server's own settings are.
        execute_raw(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'");
        execute_raw("SET lock_timeout = " + std::to_string(busy_timeout_.count()));
    }
    [[nodiscard]] bool is_lost() {
        return sql.get_backend() == nullptr || PQstatus(handle()) != CONNECTION_OK;
    }
    [[nodiscard]] PGTransactionStatusType transaction_status() { return PQtransactionStatus(handle()); }

private:
    PGconn* handle() { return static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_; }

    std::string address_;
    milliseconds busy_timeout_;
};

/// One server on the data: an advisory lock, held by a connection of its own for as long as the program runs.
class ServerLock {
public:
    ServerLock(const std::string& address, milliseconds busy_timeout, std::atomic<std::size_t>& counter)
        : connection_(address, busy_timeout, counter) {}

    Result<Done> hold() {
        // A command that looks (nobody_holds) has it for an instant.
        if (!try_for_a_second()) return served();
        return Done{};
    }
    Result<Done> nobody_holds() {
        if (!try_lock("_shared")) return served();
        connection_.execute_raw(std::string("SELECT pg_advisory_unlock_shared(") + kLockKey + ")");
        return Done{};
    }
    /// Takes it again after the connection was lost. False while another server has it.
    bool still_holds() {
        if (!answers()) {
            is_held_ = false;
            connection_.connect();
        }
        if (is_held_) return true;
        // The server may not have noticed yet that our old session is gone, which has the lock.
        connection_.sql << "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                           "WHERE pid = :pid AND backend_start::text = :begun",
            soci::use(session_pid_, "pid"), soci::use(session_begun_, "begun"), soci::into(ended_);
        return try_for_a_second();
    }

private:
    bool answers() {
        try {
            if (!connection_.is_lost()) connection_.execute_raw("SELECT 1");
            return !connection_.is_lost();
        } catch (const soci::soci_error&) {
            return false;
        }
    }
    bool try_for_a_second() {
        for (int attempt = 0; attempt < 20 && !is_held_; ++attempt) {
            if (attempt > 0) std::this_thread::sleep_for(milliseconds(50));
            is_held_ = try_lock("");
        }
        if (is_held_)
            connection_.sql
                << "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()",
                soci::into(session_pid_), soci::into(session_begun_);
        return is_held_;
    }
    bool try_lock(const std::string& kind) {
        int is_mine = 0;
        connection_.sql << "SELECT pg_try_advisory_lock" + kind + "(" + kLockKey + ")::int",
            soci::into(is_mine);
        return is_mine != 0;
    }
    static Error served() {
        return {Fault::conflict, "database.served",
                "A server is already running on this data; stop it first."};
    }

    PostgresConnection connection_;
    bool is_held_ = false;
    int session_pid_ = 0;
    std::string session_begun_;
    int ended_ = 0;
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(const std::string& url, const DatabaseOptions& options)
        : address_(with_defaults(url)), options_(options) {}
    ~PostgresDatabase() override { PostgresDatabase::close(); }

    Result<Done> start();
    [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }
    [[nodiscard]] std::size_t statements() const override { return counter_; }
    void submit_read(Body body, Completion done) override {
        tasks_.push({Task::Does::read, std::move(body), std::move(done)});
    }
    void submit_write(Body body, Completion done) override {
        tasks_.push({Task::Does::write, std::move(body), std::move(done)});
    }
    void close() override;

private:
    void serve(PostgresConnection& connection, bool looks_at_lock);
    std::exception_ptr run_until_done(PostgresConnection& connection, Task& task);
    /// One attempt. `may_be_kept` is set while nobody knows whether the server has committed.
    std::exception_ptr run_once(PostgresConnection& connection, Task& task, bool& may_be_kept);
    void reconnect(PostgresConnection& connection, Clock::time_point until);
    void look_at_lock();

    std::string address_;
    DatabaseOptions options_;
    std::atomic<std::size_t> counter_{0};
    std::mutex lock_mutex_;
    std::unique_ptr<ServerLock> lock_;
    std::atomic<bool> is_taken_over_{false};
    std::vector<std::unique_ptr<PostgresConnection>> connections_;
    TaskQueue tasks_;
    std::vector<std::thread> threads_;
};

Result<Done> PostgresDatabase::start() {
    const bool is_server = options_.role == DatabaseOptions::Role::server;
    if (is_server) {
        lock_ = std::make_unique<ServerLock>(address_, options_.busy_timeout, counter_);
        CHECK(lock_->hold());
    }
    for (int i = 0; i < std::max(options_.readers, 1); ++i)
        connections_.push_back(
            std::make_unique<PostgresConnection>(address_, options_.busy_timeout, counter_));
    CHECK(bring_up_to_date(*connections_.front(), [&]() -> Result<Done> {
        if (is_server) return Done{};
        return ServerLock(address_, options_.busy_timeout, counter_).nobody_holds();
    }));
    for (auto& connection : connections_)
        threads_.emplace_back(
            [this, own = connection.get(), is_first = threads_.empty()] { serve(*own, is_first); });
    return Done{};
}

void PostgresDatabase::close() {
    tasks_.close();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    connections_.clear();
    lock_.reset();
}

void PostgresDatabase::serve(PostgresConnection& connection, bool looks_at_lock) {
    auto next_look = Clock::now() + kLookAtLock;
    while (true) {
        if (auto task = tasks_.pop_until(Clock::now() + kLookAtLock))
            task->done(run_until_done(connection, *task));
        else if (tasks_.is_closed())
            return;
        if (looks_at_lock && Clock::now() >= next_look) {
            look_at_lock();
            next_look = Clock::now() + kLookAtLock;
        }
    }
}

std::exception_ptr PostgresDatabase::run_until_done(PostgresConnection& connection, Task& task) {
    const auto until = Clock::now() + options_.busy_timeout;
    for (int attempt = 0;; ++attempt) {
        bool may_be_kept = false;
        std::exception_ptr failure;
        try {
            if (connection.is_lost()) reconnect(connection, until);
            failure = run_once(connection, task, may_be_kept);
        } catch (...) {
            failure = std::current_exception();
        }
        const auto trouble = trouble_of(failure);
        const bool is_transient = trouble == Trouble::serialization || trouble == Trouble::lost;
        if (!is_transient || may_be_kept || Clock::now() >= until) return failure;
        std::this_thread::sleep_for(random_wait(attempt));
    }
}

std::exception_ptr PostgresDatabase::run_once(PostgresConnection& connection, Task& task, bool& may_be_kept) {
    try {
        if (task.does == Task::Does::read) {
            connection.execute_raw("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        } else {
            if (is_taken_over_)
                return std::make_exception_ptr(
                    Refusal({Fault::unavailable, "database.served",
                             "Another server runs on this data; stop one of them."}));
            // As on SQLite: what a use case has read still holds when it writes.
            connection.execute_raw("BEGIN ISOLATION LEVEL SERIALIZABLE");
        }
        Tx tx(connection.sql, Dialect::postgresql, connection.statements);
        const bool keep = task.body(tx) && task.does == Task::Does::write;
        // PostgreSQL answers the COMMIT of a failed transaction without an error, and keeps nothing.
        if (keep && connection.transaction_status() != PQTRANS_INTRANS)
            throw soci::postgresql_soci_error("A statement failed and its exception was swallowed.", "25P02");
        may_be_kept = keep;
        std::optional<Commits::Underway> underway;
        if (keep) underway.emplace(commits_);
        connection.execute_raw(keep ? "COMMIT" : "ROLLBACK");
        return nullptr;
    } catch (...) {
        auto failure = std::current_exception();
        if (connection.is_lost()) {
            const bool is_databases = trouble_of(failure) != Trouble::none;
            return is_databases
                       ? std::make_exception_ptr(soci::postgresql_soci_error("Connection lost.", "08006"))
                       : failure;
        }
        may_be_kept = false;  // the server itself says that it failed
        if (connection.transaction_status() != PQTRANS_IDLE) connection.execute_raw("ROLLBACK");
        return failure;
    }
}

void PostgresDatabase::reconnect(PostgresConnection& connection, Clock::time_point until) {
    while (true) {
        try {
            connection.connect();
            look_at_lock();
            return;
        } catch (const soci::soci_error&) {
            if (Clock::now() >= until || tasks_.is_closed()) throw;
        }
        std::this_thread::sleep_for(milliseconds(100));
    }
}

void PostgresDatabase::look_at_lock() {
    if (!lock_) return;
    const std::lock_guard guard(lock_mutex_);
    try {
        const bool is_ours = lock_->still_holds();
        if (is_taken_over_ == is_ours) log::error("database.taken_over", {{"by_another_server", !is_ours}});
        is_taken_over_ = !is_ours;
    } catch (const soci::soci_error&) {
        log::warning("database.unreachable");  // the next look tries again
    }
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const std::string& url, const DatabaseOptions& options) {
    const auto until = Clock::now() + options.busy_timeout;
    while (true) {
        try {
            auto database = std::make_unique<PostgresDatabase>(url, options);
            CHECK(database->start());
            return Result<std::unique_ptr<Database>>(std::move(database));
        } catch (const soci::soci_error&) {
            // After the machine's start PostgreSQL may need a moment more than we do.
            if (trouble_of(std::current_exception()) != Trouble::lost || Clock::now() >= until) throw;
        }
        std::this_thread::sleep_for(milliseconds(100));
    }
}

}  // namespace vv::store
