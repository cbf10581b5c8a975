#include "store/database.h"

#include "store/statements.h"
#include "world/databases.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <gmock/gmock.h>
#include <soci/soci.h>
#include <thread>
#include <vector>

namespace vv::store {
namespace {

using soci::into;
using soci::use;

class Transactions : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        const auto made = db().write_now([](Tx& tx) -> Result<Done> {
            tx.sql() << "CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL)";
            return Done{};
        });
        ASSERT_TRUE(made);
    }
};
VV_ON_EACH_DATABASE(Transactions);

Result<Done> add_note(Tx& tx, long long id, std::string words) {
    run(tx, "INSERT INTO notes (id, words) VALUES (:id, :words)", use(id, "id"), use(words, "words"));
    return Done{};
}
Result<Done> add_note_and_fail(Tx& tx, long long id) {
    CHECK(add_note(tx, id, "never seen"));
    return Error(Fault::forbidden, "note.refused");
}
Result<long long> count_notes(Tx& tx) {
    long long count = 0;
    tx.sql() << "SELECT count(*) FROM notes", into(count);
    return count;
}

TEST_P(Transactions, AreSeenByTheNextReader) {
    for (long long id = 1; id <= 50; ++id) {
        ASSERT_TRUE(db().write_now([&](Tx& tx) { return add_note(tx, id, "a"); }));
        ASSERT_EQ(*db().read_now(count_notes), id);
    }
}

TEST_P(Transactions, MoveTheStampBeforeAnybodyHearsOfThem) {
    const Commits& commits = db().commits();
    for (long long id = 1; id <= 50; ++id) {
        const auto before = commits.stamp();
        ASSERT_TRUE(before);
        ASSERT_TRUE(db().write_now([&](Tx& tx) {
            EXPECT_TRUE(commits.holds(*before)) << "it is not committed yet";
            return add_note(tx, id, "a");
        }));
        EXPECT_FALSE(commits.holds(*before));
    }
    const auto before = commits.stamp();
    ASSERT_TRUE(before);
    EXPECT_TRUE(db().read_now(count_notes));
    EXPECT_TRUE(commits.holds(*before));
    EXPECT_TRUE(db().write_now(count_notes));
    EXPECT_EQ(commits.holds(*before), GetParam() == Dialect::sqlite) << "which tells who changed no row";
}

TEST_P(Transactions, ThatDeleteAllOrByTheirReferencesMoveTheStampToo) {
    ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
        tx.sql() << "CREATE TABLE lines (note BIGINT REFERENCES notes (id) ON DELETE CASCADE)";
        CHECK(add_note(tx, 1, "a"));
        tx.sql() << "INSERT INTO lines VALUES (1)";
        return Done{};
    }));
    const auto before = db().commits().stamp();
    ASSERT_TRUE(db().write_now([](Tx& tx) -> Result<Done> {
        tx.sql() << "DELETE FROM notes";
        return Done{};
    }));
    EXPECT_FALSE(db().commits().holds(before.value()));
}

TEST_P(Transactions, ThatReturnAnErrorLeaveNothing) {
    const auto failed = db().write_now([](Tx& tx) { return add_note_and_fail(tx, 1); });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "note.refused");
    EXPECT_EQ(*db().read_now(count_notes), 0);
}

TEST_P(Transactions, ThatBreakAUniqueKeyConflict) {
    ASSERT_TRUE(db().write_now([](Tx& tx) { return add_note(tx, 1, "a"); }));
    const auto failed = db().write_now([](Tx& tx) { return add_note(tx, 1, "b"); });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, Fault::conflict);
    EXPECT_EQ(failed.error().code, "database.duplicate");
}

TEST_P(Transactions, ThatReadCantWrite) {
    const auto failed = db().read_now([](Tx& tx) { return add_note(tx, 1, "a"); });
    ASSERT_FALSE(failed);
    EXPECT_EQ(*db().read_now(count_notes), 0);
}

TEST_P(Transactions, ThatFailTellNeitherDataNorStatements) {
    testing::internal::CaptureStderr();
    const auto failed = db().write_now([](Tx& tx) -> Result<Done> {
        const std::string secret = "ann@example.com";
        tx.sql() << "INSERT INTO notes (id, words) VALUES (5, nullif(:words, :words))", use(secret, "words");
        return Done{};
    });
    const std::string log = testing::internal::GetCapturedStderr();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "database.failed");
    EXPECT_THAT(log, testing::HasSubstr("database.failed"));
    for (const std::string& told : {log, failed.error().detail}) {
        EXPECT_THAT(told, testing::Not(testing::HasSubstr("example.com")));
        EXPECT_THAT(told, testing::Not(testing::HasSubstr("INSERT")));
    }
}

TEST_P(Transactions, LetOthersExceptionsThrough) {
    EXPECT_THROW(static_cast<void>(db().write_now([](Tx& tx) -> Result<Done> {
                     CHECK(add_note(tx, 1, "a"));
                     throw std::out_of_range("a bug");
                 })),
                 std::out_of_range);
    EXPECT_EQ(*db().read_now(count_notes), 0);
}

TEST_P(Transactions, OfManyThreadsFailAlone) {
    std::vector<std::thread> threads;
    std::atomic<int> kept{0};
    std::atomic<int> refused{0};
    for (long long thread = 0; thread < 16; ++thread)
        threads.emplace_back([&, thread] {
            for (long long i = 0; i < 50; ++i) {
                const long long id = thread * 1000 + i + 1;
                const auto done = db().write_now([&](Tx& tx) {
                    return i % 3 == 0   ? add_note_and_fail(tx, id)
                           : i % 3 == 1 ? add_note(tx, id, "a")
                                        : add_note(tx, id - 1, "again");
                });
                ++(done ? kept : refused);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(*db().read_now(count_notes), kept);
    EXPECT_EQ(kept, 16 * 17);
    EXPECT_EQ(refused, 16 * 33);
}

boost::asio::awaitable<void> write_then_read(Database& db, std::thread::id home,
                                             std::promise<long long>& counted) {
    const auto added = co_await db.write(&add_note, 7LL, std::string("from a coroutine"));
    EXPECT_TRUE(added);
    EXPECT_EQ(std::this_thread::get_id(), home);
    const auto again = co_await db.write(&add_note, 7LL, std::string("again"));
    EXPECT_FALSE(again);
    const auto count = co_await db.read(&count_notes);
    EXPECT_EQ(std::this_thread::get_id(), home);
    counted.set_value(*count);
}

TEST_P(Transactions, ResumeACoroutineOnItsOwnThread) {
    boost::asio::io_context loop;
    std::promise<long long> counted;
    boost::asio::co_spawn(loop, write_then_read(db(), std::this_thread::get_id(), counted),
                          [](const std::exception_ptr& failure) { EXPECT_FALSE(failure); });
    loop.run();
    EXPECT_EQ(counted.get_future().get(), 1);
}

TEST_P(Transactions, AreCountedByStatement) {
    EXPECT_QUERIES(1U, db(), db().read_now(count_notes));
    EXPECT_QUERIES(2U, db(), db().read_now([](Tx& tx) {
        static_cast<void>(count_notes(tx));
        return count_notes(tx);
    }));
    EXPECT_QUERIES(1U, db(), db().write_now([](Tx& tx) { return add_note(tx, 1, "a"); }));
    EXPECT_QUERIES(1U, db(), db().write_now([](Tx& tx) -> Result<Done> {
        long long id = 0;
        Prepared insert(tx, "INSERT INTO notes (id, words) VALUES (:id, 'bulk')", use(id, "id"));
        for (id = 10; id < 100; ++id) insert.execute();
        return Done{};
    }));
    EXPECT_EQ(*db().read_now(count_notes), 91);
}

TEST_P(Transactions, AreRefusedAfterTheEnd) {
    db().close();
    const auto failed = db().read_now(count_notes);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "database.closed");
}

TEST_P(Transactions, SurviveAReopening) {
    ASSERT_TRUE(db().write_now([](Tx& tx) { return add_note(tx, 1, "a"); }));
    reopen();
    EXPECT_EQ(*db().read_now(count_notes), 1);
}

}  // namespace
}  // namespace vv::store
