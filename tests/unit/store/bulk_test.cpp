#include "store/bulk.h"

#include "world/databases.h"

namespace vv::store {
namespace {

class Bulks : public world::ForEachDatabase {};
VV_ON_EACH_DATABASE(Bulks);

constexpr const char* kInsert =
    "INSERT INTO server_values (name, value) SELECT name, value FROM r WHERE true"
    " ON CONFLICT (name) DO NOTHING";

TEST_P(Bulks, WriteEveryRowAndCountWhatChanged) {
    const auto written = db().write_now([](Tx& tx) -> Result<std::int64_t> {
        Bulk insert(tx, {{"name", Bulk::text}, {"value", Bulk::text}}, kInsert);
        for (int i = 0; i < 9001; ++i)
            insert.add("key" + std::to_string(i), "it's a \"quoted\\ {value}, NULL");
        insert.add("key0", "a double");
        return insert.finish();
    });
    ASSERT_TRUE(written) << written.error().detail;
    EXPECT_EQ(*written, 9001);
    const auto value = db().read_now([](Tx& tx) -> Result<std::string> {
        std::string text;
        run(tx, "SELECT value FROM server_values WHERE name = 'key0'", soci::into(text));
        return text;
    });
    EXPECT_EQ(*value, "it's a \"quoted\\ {value}, NULL");
}

TEST_P(Bulks, KeepNumbersAndNulls) {
    const auto row = db().write_now([](Tx& tx) -> Result<std::string> {
        Bulk update(tx, {{"whole"}, {"part", Bulk::real}, {"label", Bulk::text}},
                    "INSERT INTO throttles (key, tokens, updated_at) SELECT coalesce(label, 'none'), part, "
                    "whole FROM r");
        update.add(std::int64_t{-9'007'199'254'740'993}, 0.1, std::optional<std::string>());
        update.finish();
        long long whole = 0;
        double part = 0;
        std::string key;
        run(tx, "SELECT key, tokens, updated_at FROM throttles", soci::into(key), soci::into(part),
            soci::into(whole));
        return key + " " + std::to_string(part) + " " + std::to_string(whole);
    });
    ASSERT_TRUE(row) << row.error().detail;
    EXPECT_EQ(*row, "none 0.100000 -9007199254740993");
}

TEST_P(Bulks, UpdateRowByRowWhateverTheSqlMakesOfTheColumns) {
    const auto rows = db().write_now([](Tx& tx) -> Result<std::string> {
        Bulk insert(tx, {{"tokens", Bulk::real}, {"unused"}, {"key", Bulk::text}},
                    "INSERT INTO throttles (updated_at, key, tokens) SELECT 7, 'r.key tokens ' || key, "
                    "tokens FROM r");
        insert.add(1.5, 9, "a");
        insert.add(2.5, 9, "b");
        insert.add(3.5, 9, "c");
        EXPECT_EQ(insert.finish(), 3);
        Bulk update(tx, {{"by"}, {"key", Bulk::text}},
                    "UPDATE throttles SET updated_at = throttles.updated_at + r.by + r.by, tokens = 0 FROM r"
                    " WHERE throttles.key = 'r.key tokens ' || r.key");
        update.add(10, "c");
        update.add(20, "a");
        update.add(30, "nobody");
        EXPECT_EQ(update.finish(), 2);
        std::string all, key;
        long long at = 0;
        double tokens = 0;
        Prepared select(tx, "SELECT key, tokens, updated_at FROM throttles ORDER BY key", soci::into(key),
                        soci::into(tokens), soci::into(at));
        for (bool more = select.execute(); more; more = select.fetch())
            all += key + " " + std::to_string(static_cast<int>(tokens)) + " " + std::to_string(at) + "\n";
        return all;
    });
    ASSERT_TRUE(rows) << rows.error().detail;
    EXPECT_EQ(*rows, "r.key tokens a 0 47\nr.key tokens b 2 7\nr.key tokens c 0 27\n");
}

TEST_P(Bulks, CountAsOneStatement) {
    EXPECT_QUERIES(1U, db(), db().write_now([](Tx& tx) -> Result<std::int64_t> {
        Bulk insert(tx, {{"name", Bulk::text}, {"value", Bulk::text}}, kInsert);
        for (int i = 0; i < 100; ++i) insert.add(std::to_string(i), "");
        return insert.finish();
    }));
}

}  // namespace
}  // namespace vv::store
