// What can go wrong under a database: others on the same data, no room, a schema of tomorrow.
#include "store/migrations.h"
#include "store/statements.h"
#include "world/databases.h"
#include "world/small_disk.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <soci/sqlite3/soci-sqlite3.h>
#include <thread>
#include <vector>

namespace vv::store {
namespace {

using namespace std::chrono_literals;
using soci::into;
using soci::use;
using Role = DatabaseOptions::Role;

Result<Done> run_text(Tx& tx, const std::string& text) {
    tx.sql() << text;
    return Done{};
}
Result<long long> count_of(Tx& tx, const std::string& table) {
    long long count = 0;
    tx.sql() << "SELECT count(*) FROM " + table, into(count);
    return count;
}
Result<Done> add_note(Tx& tx, long long id, std::size_t bytes) {
    const std::string words(bytes, 'x');
    run(tx, "INSERT INTO notes (id, words) VALUES (:id, :words)", use(id, "id"), use(words, "words"));
    return Done{};
}
Result<std::unique_ptr<Database>> open_as(const std::string& url, Role role,
                                          std::chrono::milliseconds patience = 5s) {
    DatabaseOptions options;
    options.url = url;
    options.role = role;
    options.busy_timeout = patience;
    return Database::open(options);
}
std::string path_of(const std::string& url) {
    return url.substr(std::string("sqlite:").size());
}

class Data : public world::ForEachDatabase {
protected:
    void make_notes() {
        ASSERT_TRUE(db().write_now([](Tx& tx) {
            return run_text(tx, "CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL)");
        }));
    }
};
VV_ON_EACH_DATABASE(Data);

TEST_P(Data, OfANewerProgramAreRefused) {
    ASSERT_TRUE(db().write_now([](Tx& tx) {
        return run_text(tx, "INSERT INTO schema_version (version, name) VALUES (9999, 'tomorrow')");
    }));
    const auto opened = open_as(url(), Role::command);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().fault, Fault::conflict);
    EXPECT_EQ(opened.error().code, "database.newer");
}

TEST_P(Data, HaveOneServerAndAnyNumberOfCommands) {
    auto server = open_as(url(), Role::server);
    ASSERT_TRUE(server) << server.error().detail;
    const auto second = open_as(url(), Role::server);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::conflict);
    EXPECT_EQ(second.error().code, "database.served");
    make_notes();
    ASSERT_TRUE((*server)->write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
    EXPECT_EQ(*db().read_now([](Tx& tx) { return count_of(tx, "notes"); }), 1);
    (*server)->close();
    EXPECT_TRUE(open_as(url(), Role::server));
}

TEST_P(Data, AreNotMigratedUnderARunningServer) {
    const auto server = open_as(url(), Role::server);
    ASSERT_TRUE(server);
    ASSERT_TRUE(db().write_now([](Tx& tx) {
        return run_text(
            tx, "DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)");
    }));
    const auto command = open_as(url(), Role::command);
    ASSERT_FALSE(command);
    EXPECT_EQ(command.error().code, "database.served");
}

TEST_P(Data, KeepWhatAUseCaseHasReadUntilItWrites) {
    ASSERT_TRUE(
        db().write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE counters (value BIGINT NOT NULL)"); }));
    ASSERT_TRUE(db().write_now([](Tx& tx) { return run_text(tx, "INSERT INTO counters VALUES (0)"); }));
    const auto count_up = [](Tx& tx) -> Result<Done> {
        long long value = 0;
        run(tx, "SELECT value FROM counters", into(value));
        run(tx, "UPDATE counters SET value = :value", use(value + 1, "value"));
        return Done{};
    };
    std::vector<std::thread> threads;
    std::atomic<int> counted{0};
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i)
                if (db().write_now(count_up)) ++counted;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(counted, 100);
    EXPECT_EQ(*db().read_now([](Tx& tx) -> Result<long long> {
        long long value = 0;
        run(tx, "SELECT value FROM counters", into(value));
        return value;
    }),
              counted);
}

TEST_P(Data, StandStillForAReader) {
    make_notes();
    std::atomic<bool> is_reading{false};
    std::atomic<bool> has_written{false};
    std::thread writer([&] {
        while (!is_reading) std::this_thread::yield();
        EXPECT_TRUE(db().write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
        has_written = true;
    });
    const auto counts = db().read_now([&](Tx& tx) -> Result<std::pair<long long, long long>> {
        TRY(const auto before, count_of(tx, "notes"));
        is_reading = true;
        while (!has_written) std::this_thread::yield();
        TRY(const auto after, count_of(tx, "notes"));
        return std::pair(before, after);
    });
    writer.join();
    EXPECT_EQ(counts->first, 0);
    EXPECT_EQ(counts->second, 0);
    EXPECT_EQ(*db().read_now([](Tx& tx) { return count_of(tx, "notes"); }), 1);
}

TEST_P(Data, TakeBackOnlyTheTransactionThatFailsAtTheCommit) {
    make_notes();
    ASSERT_TRUE(db().write_now([](Tx& tx) {
        return run_text(tx,
                        "CREATE TABLE replies (id BIGINT PRIMARY KEY, "
                        "note BIGINT NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)");
    }));
    ASSERT_TRUE(db().write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
    std::vector<std::thread> threads;
    std::atomic<int> kept{0};
    std::atomic<int> refused{0};
    for (int thread = 0; thread < 10; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 10; ++i) {
                const std::string id = std::to_string(thread * 100 + i);
                const auto done = db().write_now([&](Tx& tx) {
                    return run_text(tx,
                                    "INSERT INTO replies VALUES (" + id + (i % 5 == 0 ? ", 99)" : ", 1)"));
                });
                if (!done) {
                    EXPECT_EQ(done.error().code, "database.reference");
                }
                ++(done ? kept : refused);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(refused, 20);
    EXPECT_EQ(*db().read_now([](Tx& tx) { return count_of(tx, "replies"); }), kept);
}

TEST_P(Data, DontCountAFailedStatementAsDoneWhenItsExceptionIsSwallowed) {
    if (GetParam() == Dialect::sqlite) GTEST_SKIP() << "SQLite takes back the statement alone";
    make_notes();
    const auto done = db().write_now([](Tx& tx) -> Result<Done> {
        CHECK(add_note(tx, 1, 5));
        try {
            CHECK(add_note(tx, 1, 5));
        } catch (const soci::soci_error&) {
            return Done{};
        }
        return Done{};
    });
    EXPECT_FALSE(done);
    EXPECT_EQ(*db().read_now([](Tx& tx) { return count_of(tx, "notes"); }), 0);
}

TEST_P(Data, AreMadeOnceByManyWhoComeAtTheSameTime) {
    const world::FreshDatabase fresh(GetParam(), world::TempFolder::On::memory,
                                     world::FreshDatabase::With::nothing);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto opened = open_as(fresh.url(), Role::command);
            EXPECT_TRUE(opened) << opened.error().detail;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(*fresh.open()->read_now([](Tx& tx) { return count_of(tx, "schema_version"); }),
              static_cast<long long>(embedded_migrations().size()));
}

TEST(Urls, OfOtherKindsAreRefused) {
    EXPECT_EQ(open_as("mysql://x", Role::command).error().code, "database.url");
    EXPECT_EQ(open_as("sqlite:", Role::command).error().code, "database.url");
    EXPECT_EQ(open_as("sqlite:/no/such/folder/visavis.db", Role::command).error().code,
              "database.unreachable");
    EXPECT_EQ(open_as("postgresql://127.0.0.1:1/none", Role::command, 0s).error().code,
              "database.unreachable");
    EXPECT_EQ(open_as("postgresql://[::1", Role::command).error().code, "database.url");
}

// ---- SQLite's own ----

TEST(SqliteFile, IsItsOwnersAlone) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto db = fresh.open();
    for (const std::string suffix : {"", "-wal"}) {
        const auto rights = std::filesystem::status(path_of(fresh.url()) + suffix).permissions();
        EXPECT_EQ(rights & std::filesystem::perms::mask, std::filesystem::perms(0600)) << suffix;
    }
}

TEST(SqliteFile, OfAnotherProgramIsRefused) {
    const world::TempFolder folder;
    std::ofstream(folder.path() + "/a.db") << std::string(5000, 'x');
    EXPECT_EQ(open_as("sqlite:" + folder.path() + "/a.db", Role::command).error().code, "database.damaged");
}

TEST(SqliteFile, MayHaveBlanksInItsName) {
    const world::TempFolder folder;
    std::filesystem::create_directory(folder.path() + "/a = b  c");
    ASSERT_TRUE(open_as("sqlite:" + folder.path() + "/a = b  c/d e.db", Role::command));
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/a = b  c/d e.db"));
}

TEST(SqliteReaders, DontStandStillWhenSomebodyLeavesAStatementHalfRead) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    DatabaseOptions options;
    options.url = fresh.url();
    options.readers = 1;
    const auto opened = Database::open(options);
    ASSERT_TRUE(opened);
    Database& db = **opened;
    ASSERT_TRUE(
        db.write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(db.write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
    std::unique_ptr<Prepared> left_behind;
    long long id = 0;
    ASSERT_TRUE(db.read_now([&](Tx& tx) -> Result<Done> {
        left_behind = std::make_unique<Prepared>(tx, "SELECT id FROM notes", into(id));
        left_behind->execute();
        return Done{};
    }));
    ASSERT_TRUE(db.write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
    EXPECT_EQ(*db.read_now([](Tx& tx) { return count_of(tx, "notes"); }), 4);
    left_behind.reset();
}

TEST(SqliteCommits, WaitForTheDisk) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto db = fresh.open();
    const auto settings = db->write_now([](Tx& tx) -> Result<std::string> {
        std::string mode;
        int synchronous = 0;
        int foreign_keys = 0;
        tx.sql() << "PRAGMA journal_mode", into(mode);
        tx.sql() << "PRAGMA synchronous", into(synchronous);
        tx.sql() << "PRAGMA foreign_keys", into(foreign_keys);
        return mode + " " + std::to_string(synchronous) + " " + std::to_string(foreign_keys);
    });
    EXPECT_EQ(*settings, "wal 2 1");  // 2: FULL
}

/// Somebody else's transaction on the same file.
class OtherProcess {
public:
    explicit OtherProcess(const std::string& url) : sql_(soci::sqlite3, "dbname=\"" + path_of(url) + "\"") {
        sql_ << "BEGIN IMMEDIATE";
    }
    void let_go() { sql_ << "COMMIT"; }

private:
    soci::session sql_;
};

TEST(SqliteNeighbours, AreWaitedFor) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto db = fresh.open();
    ASSERT_TRUE(
        db->write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    OtherProcess other(fresh.url());
    std::thread later([&] {
        std::this_thread::sleep_for(200ms);
        other.let_go();
    });
    EXPECT_TRUE(db->write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
    later.join();
}

TEST(SqliteNeighbours, AreWaitedForOnlySoLongAndDontStopReaders) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto opened = open_as(fresh.url(), Role::command, 50ms);
    ASSERT_TRUE(opened);
    Database& db = **opened;
    ASSERT_TRUE(
        db.write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    OtherProcess other(fresh.url());
    const auto done = db.write_now([](Tx& tx) { return add_note(tx, 1, 5); });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fault, Fault::unavailable);
    EXPECT_EQ(done.error().code, "database.busy");
    EXPECT_EQ(*db.read_now([](Tx& tx) { return count_of(tx, "notes"); }), 0);
    other.let_go();
    EXPECT_TRUE(db.write_now([](Tx& tx) { return add_note(tx, 1, 5); }));
}

TEST(SqliteNeighbours, BothGetTheirTurnWhenBothWriteAllTheTime) {
    const world::FreshDatabase fresh(Dialect::sqlite, world::TempFolder::On::disk);
    const auto server = fresh.open(Role::server);
    const auto command = fresh.open();
    ASSERT_TRUE(
        server->write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    std::atomic<bool> is_over{false};
    std::vector<std::thread> busy;
    for (int i = 0; i < 8; ++i)
        busy.emplace_back([&] {
            while (!is_over) EXPECT_TRUE(server->write_now([](Tx& tx) { return add_note(tx, 1, 100); }));
        });
    for (int i = 0; i < 50; ++i) EXPECT_TRUE(command->write_now([](Tx& tx) { return add_note(tx, 2, 100); }));
    is_over = true;
    for (auto& thread : busy) thread.join();
}

/// Sets how large the file may grow, as a full disk would.
Result<Done> limit_pages(Tx& tx, const std::string& pages) {
    int limit = 0;
    tx.sql() << "PRAGMA max_page_count = " + pages, into(limit);
    return Done{};
}

TEST(FullDisk, FailsWritesCleanlyAndReadsGoOn) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto db = fresh.open();
    ASSERT_TRUE(
        db->write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    ASSERT_TRUE(db->write_now([](Tx& tx) { return limit_pages(tx, "600"); }));
    long long kept = 0;
    Result<Done> last = Done{};
    while ((last = db->write_now([](Tx& tx) { return add_note(tx, 1, 10'000); }))) ++kept;
    EXPECT_EQ(last.error().fault, Fault::unavailable);
    EXPECT_EQ(last.error().code, "database.full");
    EXPECT_EQ(*db->read_now([](Tx& tx) { return count_of(tx, "notes"); }), kept);
    EXPECT_EQ(db->write_now([](Tx& tx) { return add_note(tx, 1, 1'000'000); }).error().code, "database.full");
    ASSERT_TRUE(db->write_now([](Tx& tx) { return limit_pages(tx, "100000"); }));
    EXPECT_TRUE(db->write_now([](Tx& tx) { return add_note(tx, 1, 1'000'000); }));
    EXPECT_EQ(*db->read_now([](Tx& tx) { return count_of(tx, "notes"); }), kept + 1);
}

TEST(FullDisk, FailsNobodyElsesTransaction) {
    const world::FreshDatabase fresh(Dialect::sqlite);
    const auto db = fresh.open();
    ASSERT_TRUE(
        db->write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    ASSERT_TRUE(db->write_now([](Tx& tx) { return limit_pages(tx, "600"); }));
    std::vector<std::thread> threads;
    std::atomic<int> small{0};
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                const bool is_large = (thread + i) % 4 == 0;
                const auto done =
                    db->write_now([&](Tx& tx) { return add_note(tx, 1, is_large ? 3'000'000 : 100); });
                EXPECT_EQ(done.ok(), !is_large);
                if (done) ++small;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(*db->read_now([](Tx& tx) { return count_of(tx, "notes"); }), small);
}

TEST(FullDisk, AtTheCommitItselfFailsWritesUntilThereIsRoomAgain) {
    const world::SmallDisk disk(4);
    if (!disk.is_there()) GTEST_SKIP() << "only root can mount a small disk";
    const auto opened = open_as("sqlite:" + disk.path() + "/visavis.db", Role::server);
    ASSERT_TRUE(opened) << opened.error().detail;
    Database& db = **opened;
    ASSERT_TRUE(
        db.write_now([](Tx& tx) { return run_text(tx, "CREATE TABLE notes (id BIGINT, words TEXT)"); }));
    const std::string ballast = disk.path() + "/ballast";
    std::ofstream(ballast) << std::string(1'000'000, 'x') << std::flush;
    std::atomic<int> kept{0};
    std::atomic<bool> is_full{false};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            while (!is_full) {
                const auto done = db.write_now([](Tx& tx) { return add_note(tx, 1, 5'000); });
                if (done) {
                    ++kept;
                } else {
                    EXPECT_EQ(done.error().code, "database.full");
                    is_full = true;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    const auto count = [&] { return *db.read_now([](Tx& tx) { return count_of(tx, "notes"); }); };
    EXPECT_EQ(count(), kept);
    EXPECT_GT(kept, 0);
    std::filesystem::remove(ballast);
    EXPECT_TRUE(db.write_now([](Tx& tx) { return add_note(tx, 1, 5'000); }));
    EXPECT_EQ(count(), kept + 1);
}

}  // namespace
}  // namespace vv::store
