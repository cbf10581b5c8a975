#include "store/migrations.h"

#include <gtest/gtest.h>

namespace vv::store {
namespace {

std::string rendered(std::string_view text, Dialect dialect) {
    const auto out = render_migration({1, "0001_test", text}, dialect);
    return out ? *out : "error: " + out.error().detail;
}

TEST(Migrations, AreNumberedFromOneWithoutGaps) {
    int expected = 0;
    for (const auto& migration : embedded_migrations()) {
        EXPECT_EQ(migration.version, ++expected) << migration.name;
        EXPECT_FALSE(migration.text.empty()) << migration.name;
    }
    EXPECT_GT(expected, 0);
}

TEST(Migrations, SayWhereTheDatabasesDiffer) {
    EXPECT_EQ(rendered("CREATE TABLE t (a TEXT){{without_rowid}};", Dialect::sqlite),
              "CREATE TABLE t (a TEXT) WITHOUT ROWID;");
    EXPECT_EQ(rendered("CREATE TABLE t (a TEXT){{without_rowid}};", Dialect::postgresql),
              "CREATE TABLE t (a TEXT);");
    const std::string_view both = "a;{{sqlite}}b;{{end}}{{postgresql}}c;{{end}}d;";
    EXPECT_EQ(rendered(both, Dialect::sqlite), "a;b;d;");
    EXPECT_EQ(rendered(both, Dialect::postgresql), "a;c;d;");
    EXPECT_EQ(rendered("{{postgresql}}x{{without_rowid}}{{end}}", Dialect::sqlite), "");
}

TEST(Migrations, WithAMistakeAreNamed) {
    for (const std::string_view text :
         {"{{without_rowids}}", "{{sqlite}} a", "a {{end}}", "{{sqlite", "{{sqlite}}{{sqlite}}{{end}}"})
        EXPECT_TRUE(rendered(text, Dialect::sqlite).starts_with("error: Migration 0001_test: ")) << text;
}

}  // namespace
}  // namespace vv::store
