#include "formats/json_records.h"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace vv::formats {
namespace {

class Collector final : public JsonVisitor {
public:
    explicit Collector(std::size_t at_most = 1'000) : at_most_(at_most) {}
    bool take(const JsonRecord& record) override {
        read.push_back(std::to_string(record.path) + "#" + std::to_string(record.number) + " " +
                       boost::json::serialize(record.value));
        return read.size() < at_most_;
    }
    bool pass_over(std::size_t path, std::int64_t number) override {
        if (!passes_over) return false;
        read.push_back(std::to_string(path) + "#" + std::to_string(number) + " too large");
        return true;
    }
    std::vector<std::string> read;
    bool passes_over = false;

private:
    std::size_t at_most_;
};

using Strings = std::vector<std::string>;

Result<Done> read(std::string_view text, const std::vector<JsonPath>& paths, Collector& into,
                  std::size_t piece = 65'536, const JsonLimits& limits = {}) {
    ViewStream stream(text, piece);
    return read_json(stream, paths, into, limits);
}

TEST(JsonRecords, GivesTheValuesAtThePathsWhereverPiecesAreCut) {
    constexpr std::string_view kText =
        R"({"title":"a\nb","skip":{"messages":[9]},"messages":[{"a":[1,2.5,{"x":"é\ud83d\ude00"}]},7,null,"s"],)"
        R"("deep":{"er":[[true],[]]},"participants":["n"]} )";
    const std::vector<JsonPath> paths{
        {"messages", "*"}, {"title"}, {"deep", "er", "*"}, {"participants"}, {"nowhere", "*"}};
    const Strings expected{R"(1#1 "a\nb")", R"(0#1 {"a":[1,2.5E0,{"x":"é😀"}]})",
                           "0#2 7",         "0#3 null",
                           R"(0#4 "s")",    "2#1 [true]",
                           "2#2 []",        R"(3#1 ["n"])"};
    for (std::size_t piece = 1; piece <= kText.size(); ++piece) {
        Collector into;
        ASSERT_TRUE(read(kText, paths, into, piece).ok()) << piece;
        ASSERT_EQ(into.read, expected) << piece;
    }
}

TEST(JsonRecords, GivesTheWholeDocumentAtTheEmptyPath) {
    for (const char* text : {"[1]", "{\"a\":[]}", "7", "\"x\"", "null"}) {
        Collector into;
        ASSERT_TRUE(read(text, {{}}, into, 1).ok());
        EXPECT_EQ(into.read, Strings{std::string("0#1 ") + text});
    }
}

TEST(JsonRecords, GivesItemsOfArraysInArrays) {
    Collector into;
    ASSERT_TRUE(read(R"([{"m":[1,2]},{"n":3},{"m":[4]}])", {{"*", "m", "*"}}, into).ok());
    EXPECT_EQ(into.read, (Strings{"0#1 1", "0#2 2", "0#3 4"}));
}

TEST(JsonRecords, MendsHalvesOfEmojiWherePiecesAreCutToo) {
    constexpr std::string_view kText =
        R"(["cut \ud83d","\ude00 x","\ud83d\ude00","\ud83d\ud83d\ude00","\\ud83d","\ud83dn","é\u00e9"])";
    const Strings expected{R"(0#1 "cut �")",   R"(0#2 "� x")", R"(0#3 "😀")", R"(0#4 "�😀")",
                           R"(0#5 "\\ud83d")", R"(0#6 "�n")",  R"(0#7 "éé")"};
    for (std::size_t piece = 1; piece <= kText.size(); ++piece) {
        Collector into;
        ASSERT_TRUE(read(kText, {{"*"}}, into, piece).ok()) << piece;
        ASSERT_EQ(into.read, expected) << piece;
    }
}

TEST(JsonRecords, StopsWhenAsked) {
    Collector into(2);
    ASSERT_TRUE(read("[1,2,3,4", {{"*"}}, into).ok());
    EXPECT_EQ(into.read.size(), 2U);
}

TEST(JsonRecords, SaysWhereBrokenJsonIsAndKeepsWhatCameBefore) {
    struct Case {
        const char* text;
        const char* where;
    };
    for (const Case& c :
         {Case{"[1,\n2,\n]", "line 3"}, Case{"[1,2", "too early"}, Case{"", "too early"},
          Case{"[1,2] x", "follows"}, Case{"[1,2]\n[3]", "follows"}, Case{"[1,2,\"\x01\"]", "line 1"}}) {
        for (std::size_t piece : {1, 2, 100}) {
            Collector into;
            const auto done = read(c.text, {{"*"}}, into, piece);
            ASSERT_FALSE(done.ok()) << c.text;
            EXPECT_EQ(done.error().code, "json.syntax");
            EXPECT_NE(done.error().detail.find(c.where), std::string::npos) << done.error().detail;
            EXPECT_EQ(into.read.size(), std::string_view(c.text).empty() ? 0U : 2U) << c.text;
        }
    }
}

TEST(JsonRecords, PassesOverWhatIsTooLargeForWhoWantsThat) {
    const std::string x(300, 'x');
    const std::string text = R"({"all":[1,{"a":[")" + x + R"(",{")" + x + R"(":[1,"b\n",null]}],"k":2},")" +
                             x + R"(",{"b":[3]}],"one":4})";
    const Strings expected{"0#1 1", "0#2 too large", "0#3 too large", R"(0#4 {"b":[3]})", "1#1 4"};
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        Collector into;
        into.passes_over = true;
        ASSERT_TRUE(read(text, {{"all", "*"}, {"one"}}, into, piece, {.record_bytes = 200, .depth = 8}).ok());
        ASSERT_EQ(into.read, expected) << piece;
    }
}

TEST(JsonRecords, RefusesRecordsBeyondTheLimitAndNestingWithoutEnd) {
    Collector into;
    const std::string large = R"([{"a":")" + std::string(5'000, 'x') + R"("}])";
    EXPECT_EQ(read(large, {{"*"}}, into, 64, {.record_bytes = 4'000, .depth = 8}).error().code,
              "json.too_large");
    EXPECT_TRUE(read(large, {{"other"}}, into, 64, {.record_bytes = 4'000, .depth = 8}).ok());
    EXPECT_EQ(read(std::string(100'000, '['), {{"*"}}, into).error().code, "json.syntax");
    EXPECT_TRUE(into.read.empty());
}

}  // namespace
}  // namespace vv::formats
