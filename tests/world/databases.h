// tests/world/databases.h — a fresh database for each test, on both kinds.
//
//     class Meetings : public world::ForEachDatabase {};
//     VV_ON_EACH_DATABASE(Meetings);
//     TEST_P(Meetings, OfAStrangerAreHidden) { db().write_now([&](store::Tx& tx) { … }); }
//
// SQLite is a file in a folder of its own, in memory where the system has such a place. PostgreSQL is a
// database of its own on the server that VV_TEST_POSTGRES names (tools/with_postgres starts one); without it
// those tests are skipped.
#pragma once

#include "store/database.h"

#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace vv::world {

/// A folder for one test, removed with everything in it at the end.
class TempFolder {
public:
    /// `memory` for what is to be quick; `disk` for what depends on real files, such as fsync.
    enum class On { memory, disk };
    explicit TempFolder(On on = On::memory);
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// One database without rows; dropped at the end.
class FreshDatabase {
public:
    /// PostgreSQL's has the schema already, copied from a template that the first test makes: that takes 20
    /// ms where the migrations take 200. `nothing` is for the tests of migrations.
    enum class With { schema, nothing };
    explicit FreshDatabase(store::Dialect dialect, TempFolder::On on = TempFolder::On::memory,
                           With with = With::schema);
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }
    /// Opens it; fails the test when that fails.
    [[nodiscard]] std::unique_ptr<store::Database> open(
        store::DatabaseOptions::Role role = store::DatabaseOptions::Role::command) const;
    /// Whether this dialect can be tested here.
    static bool is_available(store::Dialect dialect);

private:
    std::unique_ptr<TempFolder> folder_;
    std::string name_;
    std::string url_;
};

class ForEachDatabase : public testing::TestWithParam<store::Dialect> {
protected:
    void SetUp() override;
    [[nodiscard]] store::Database& db() { return *database_; }
    [[nodiscard]] const std::string& url() const { return fresh_->url(); }
    /// Closes and opens it again, as after a restart.
    void reopen();

private:
    std::unique_ptr<FreshDatabase> fresh_;
    std::unique_ptr<store::Database> database_;
};

std::string name_of(const testing::TestParamInfo<store::Dialect>& info);

}  // namespace vv::world

#define VV_ON_EACH_DATABASE(suite)                                                                        \
    INSTANTIATE_TEST_SUITE_P(On, suite,                                                                   \
                             testing::Values(vv::store::Dialect::sqlite, vv::store::Dialect::postgresql), \
                             vv::world::name_of)

/// How many statements an expression ran on a database that nobody else uses.
#define EXPECT_QUERIES(count, database, expression)                       \
    do {                                                                  \
        const auto statements_before_ = (database).statements();          \
        static_cast<void>(expression);                                    \
        EXPECT_EQ((database).statements() - statements_before_, (count)); \
    } while (false)
