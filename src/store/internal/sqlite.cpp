#include "base/log.h"
#include "store/internal/backends.h"
#include "store/internal/connection.h"
#include "store/internal/faults.h"
#include "store/internal/file_lock.h"
#include "store/internal/queue.h"
#include "store/internal/schema.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace vv::store {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Nobody waits longer than this for others to join the same commit.
constexpr milliseconds kLongestJoin{25};
constexpr std::size_t kMostJoined = 512;
constexpr std::size_t kCacheWriterKib = 32'000;
/// The log goes into the file when it holds this many pages, 32 MB: a page that is written again and again
/// meanwhile goes there once.
constexpr int kPagesInLog = 8'192;
constexpr std::size_t kCacheReaderKib = 4'000;

sqlite_api::sqlite3* handle_of(Connection& connection) {
    return static_cast<soci::sqlite3_session_backend*>(connection.sql.get_backend())->conn_;
}

/// SQLite's own waiting sleeps up to 100 ms at a time, which a busy neighbour starves; this asks every
/// millisecond.
struct Patience {
    milliseconds limit;
    Clock::time_point since;
};
int wait_for_others(void* context, int calls) {
    auto* patience = static_cast<Patience*>(context);
    const auto now = Clock::now();
    if (calls == 0) patience->since = now;
    if (now - patience->since >= patience->limit) return 0;
    std::this_thread::sleep_for(microseconds(calls < 10 ? 100 : 1000));
    return 1;
}

class SqliteConnection : public Connection {
public:
    SqliteConnection(const std::string& path, milliseconds busy_timeout, std::atomic<std::size_t>& counter)
        : Connection(Dialect::sqlite, counter), patience_{busy_timeout, {}} {
        sql.open(soci::connection_parameters(soci::sqlite3, "dbname=\"" + path + "\""));
        sqlite_api::sqlite3_extended_result_codes(handle_of(*this), 1);
        sqlite_api::sqlite3_busy_handler(handle_of(*this), &wait_for_others, &patience_);
    }

    ~SqliteConnection() {
        statements.clear();
        sql.close();  // may wait for others, so before the patience is gone
    }
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    /// Rows changed since it was opened, those of transactions that were taken back among them.
    [[nodiscard]] int changes() { return sqlite_api::sqlite3_total_changes(handle_of(*this)); }
    [[nodiscard]] bool in_transaction() { return sqlite_api::sqlite3_get_autocommit(handle_of(*this)) == 0; }
    void roll_back() {
        if (in_transaction()) execute_raw("ROLLBACK");
        let_go();
    }
    /// After the end of a transaction: a SELECT that somebody left half-read would keep its snapshot.
    void let_go() {
        if (sqlite_api::sqlite3_txn_state(handle_of(*this), nullptr) == SQLITE_TXN_NONE) return;
        for (auto* statement = sqlite_api::sqlite3_next_stmt(handle_of(*this), nullptr); statement;
             statement = sqlite_api::sqlite3_next_stmt(handle_of(*this), statement))
            if (sqlite_api::sqlite3_stmt_busy(statement)) sqlite_api::sqlite3_reset(statement);
    }

private:
    Patience patience_;
};

std::vector<Task> only(Task task) {
    std::vector<Task> tasks;
    tasks.push_back(std::move(task));
    return tasks;
}

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string path, const DatabaseOptions& options)
        : path_(std::move(path)),
          options_(options),
          lock_(path_ + ".lock"),
          writer_(std::make_unique<SqliteConnection>(path_, options.busy_timeout, counter_)) {}
    ~SqliteDatabase() override { SqliteDatabase::close(); }

    Result<Done> start();
    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] std::size_t statements() const override { return counter_; }
    void submit_read(Body body, Completion done) override {
        reads_.push({Task::Does::read, std::move(body), std::move(done)});
    }
    void submit_write(Body body, Completion done) override {
        writes_.push({Task::Does::write, std::move(body), std::move(done)});
    }
    void close() override;

private:
    void serve_reads(SqliteConnection& connection);
    void serve_writes();
    void write_together(std::vector<Task> tasks, bool may_join);
    void run_all(std::vector<Task>& tasks, std::vector<std::exception_ptr>& failures, bool may_join);
    void run_others_again(std::vector<Task> tasks, const std::vector<std::exception_ptr>& failures);
    std::exception_ptr run_one(Task& task, bool is_first);
    std::optional<Task> next_to_join(std::size_t joined, Clock::time_point until);
    void commit();

    std::string path_;
    DatabaseOptions options_;
    std::atomic<std::size_t> counter_{0};
    FileLock lock_;
    std::unique_ptr<SqliteConnection> writer_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    TaskQueue reads_;
    TaskQueue writes_;
    std::vector<std::thread> threads_;
    // What the last commit was like, to judge whether waiting for others pays.
    std::size_t last_joined_ = 1;
    Clock::duration last_commit_{};
    int changes_ = 0;  // of the writer, until the last commit
};

/// Some that open a new file at once are in each other's way while it turns to WAL, for which SQLite itself
/// does not wait.
std::string turn_to_wal(SqliteConnection& connection, milliseconds patience) {
    const auto until = Clock::now() + patience;
    while (true) {
        try {
            std::string mode;
            connection.sql << "PRAGMA journal_mode = WAL", soci::into(mode);
            return mode;
        } catch (...) {
            if (trouble_of(std::current_exception()) != Trouble::busy || Clock::now() >= until) throw;
            std::this_thread::sleep_for(milliseconds(5));
        }
    }
}

Result<Done> prepare_writer(SqliteConnection& connection, milliseconds patience) {
    if (turn_to_wal(connection, patience) != "wal")
        return Error(
            Fault::unavailable, "database.no_wal",
            "The data folder's file system can't hold a SQLite database in WAL mode; use a local disk.");
    connection.execute_raw(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864;"
        "PRAGMA cache_size = -" +
        std::to_string(kCacheWriterKib) + "; PRAGMA wal_autocheckpoint = " + std::to_string(kPagesInLog));
    return Done{};
}

Result<Done> SqliteDatabase::start() {
    if (options_.role == DatabaseOptions::Role::server) CHECK(lock_.hold(milliseconds(1000)));
    CHECK(prepare_writer(*writer_, options_.busy_timeout));
    CHECK(bring_up_to_date(*writer_, [this]() -> Result<Done> {
        if (options_.role == DatabaseOptions::Role::server) return Done{};
        return lock_.nobody_holds();
    }));
    for (int i = 0; i < std::max(options_.readers, 1); ++i) {
        readers_.push_back(std::make_unique<SqliteConnection>(path_, options_.busy_timeout, counter_));
        readers_.back()->execute_raw("PRAGMA query_only = ON; PRAGMA cache_size = -" +
                                     std::to_string(kCacheReaderKib));
    }
    for (auto& reader : readers_) threads_.emplace_back([this, own = reader.get()] { serve_reads(*own); });
    threads_.emplace_back([this] { serve_writes(); });
    return Done{};
}

void SqliteDatabase::close() {
    reads_.close();
    writes_.close();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    readers_.clear();
    writer_.reset();  // the last connection moves what the log holds into the file and removes the log
    lock_.release();
}

void SqliteDatabase::serve_reads(SqliteConnection& connection) {
    while (auto task = reads_.pop()) {
        std::exception_ptr failure;
        try {
            connection.execute_raw("BEGIN");
            Tx tx(connection.sql, Dialect::sqlite, connection.statements);
            task->body(tx);
        } catch (...) {
            failure = std::current_exception();
        }
        try {
            connection.roll_back();
        } catch (...) {
            if (!failure) failure = std::current_exception();
        }
        task->done(failure);
    }
}

void SqliteDatabase::serve_writes() {
    while (auto task = writes_.pop()) write_together(only(std::move(*task)), true);
}

/// Runs the tasks and those that join them in one transaction, and answers all of them. When one breaks the
/// whole transaction (no room, a constraint that is checked at the end), the others run again without it.
void SqliteDatabase::write_together(std::vector<Task> tasks, bool may_join) {
    std::vector<std::exception_ptr> failures;  // one for each task that has run; null where it went well
    std::exception_ptr shared;
    bool is_broken = false;
    try {
        writer_->roll_back();
        writer_->execute_raw("BEGIN IMMEDIATE");
        run_all(tasks, failures, may_join);
        is_broken = !writer_->in_transaction();
        if (!is_broken) commit();
        last_joined_ = tasks.size();
    } catch (...) {
        shared = std::current_exception();
    }
    if (is_broken) return run_others_again(std::move(tasks), failures);
    const auto trouble = trouble_of(shared);
    if (tasks.size() > 1 && (trouble == Trouble::reference || trouble == Trouble::constraint)) {
        for (auto& task : tasks) write_together(only(std::move(task)), false);
        return;
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i].done(shared ? shared : failures[i]);
}

void SqliteDatabase::run_all(std::vector<Task>& tasks, std::vector<std::exception_ptr>& failures,
                             bool may_join) {
    const auto until = Clock::now() + kLongestJoin;
    while (failures.size() < tasks.size()) {
        failures.push_back(run_one(tasks[failures.size()], failures.empty()));
        if (!writer_->in_transaction()) return;
        if (!may_join || failures.size() < tasks.size()) continue;
        if (auto task = next_to_join(tasks.size(), until)) tasks.push_back(std::move(*task));
    }
}

/// The task that ran last took the transaction down with it.
void SqliteDatabase::run_others_again(std::vector<Task> tasks,
                                      const std::vector<std::exception_ptr>& failures) {
    const auto culprit = tasks.begin() + static_cast<std::ptrdiff_t>(failures.size()) - 1;
    culprit->done(failures.back());
    tasks.erase(culprit);
    if (!tasks.empty()) write_together(std::move(tasks), false);
}

void SqliteDatabase::commit() {
    const auto begun = Clock::now();
    const int before = std::exchange(changes_, writer_->changes());
    std::optional<Commits::Underway> underway;
    // The jobs look for work in transactions that mostly change nothing.
    if (changes_ != before) underway.emplace(commits_);
    writer_->execute_raw("COMMIT");
    writer_->let_go();
    last_commit_ = Clock::now() - begun;
}

/// The next transaction for this commit. After a commit that many shared, waits for about as many again:
/// while they are on their way, an fsync for the first of them alone would hold up all.
std::optional<Task> SqliteDatabase::next_to_join(std::size_t joined, Clock::time_point until) {
    if (joined >= kMostJoined) return std::nullopt;
    const auto now = Clock::now();
    if (now >= until) return std::nullopt;
    const auto patience = joined < last_joined_ ? last_commit_ / 4 : Clock::duration::zero();
    return writes_.pop_until(std::min(until, now + patience));
}

/// Null when the task's writes are in the transaction, or were taken back because it said so. The first task
/// takes the transaction down when it takes its writes back: a savepoint would cost a copy of each page that
/// it changes.
std::exception_ptr SqliteDatabase::run_one(Task& task, bool is_first) {
    std::exception_ptr failure;
    bool keep = false;
    try {
        if (!is_first) writer_->execute_raw("SAVEPOINT task");
        Tx tx(writer_->sql, Dialect::sqlite, writer_->statements);
        keep = task.body(tx);
    } catch (...) {
        failure = std::current_exception();
    }
    try {
        const bool is_lost = !writer_->in_transaction();  // SQLite gave it up itself: no room, an I/O error
        if (is_lost && !failure)
            failure = std::make_exception_ptr(
                soci::sqlite3_soci_error("The transaction was given up.", SQLITE_FULL));
        const bool is_kept = keep && !failure;
        if (is_first && !is_kept) writer_->roll_back();
        if (!is_first && !is_lost)
            writer_->execute_raw(is_kept ? "RELEASE task" : "ROLLBACK TO task; RELEASE task");
    } catch (...) {
        if (!failure) failure = std::current_exception();
        writer_->roll_back();
    }
    return failure;
}

}  // namespace

namespace {

/// Each connection is one thread's, so that SQLite need not lock it at every call; and nobody asks how much
/// memory it holds, which takes a lock at every allocation.
void configure_once() {
    static const bool is_done = [] {
        return sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
               sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    }();
    if (!is_done) log::warning("database.not_configured");
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, const DatabaseOptions& options) {
    configure_once();
    if (path.empty() || path.find('"') != std::string::npos)
        return Error(Fault::invalid, "database.url", "sqlite: needs a path, without double quotes.");
    // Made here for its rights: the data are private, and the log and index files take over the main file's.
    // Only where there is none: closing a descriptor of a file that SQLite has open drops SQLite's locks.
    const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool is_usable = made >= 0 || (errno == EEXIST && ::access(path.c_str(), R_OK | W_OK) == 0);
    if (!is_usable)
        return Error(Fault::unavailable, "database.unreachable",
                     path + ": " + std::strerror(errno) + "; the data folder must exist and be writable.");
    if (made >= 0) ::close(made);
    auto database = std::make_unique<SqliteDatabase>(path, options);
    CHECK(database->start());
    return Result<std::unique_ptr<Database>>(std::move(database));
}

}  // namespace vv::store
