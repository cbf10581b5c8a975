#include "formats/json_fields.h"

#include "unit/formats/facts.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

TEST(JsonFields, ReadNumbersAsStringsAndIdsAsNumbers) {
    const auto record = boost::json::parse(
        R"({"a":"12","b":34,"c":1.5,"d":"x","e":null,"f":[1,2],"g":18446744073709551615,"h":"1.25","i":true})");
    EXPECT_EQ(id_at(record, "a"), "12");
    EXPECT_EQ(id_at(record, "b"), "34");
    EXPECT_EQ(id_at(record, "g"), "18446744073709551615");
    EXPECT_EQ(id_at(record, "i"), "");
    EXPECT_EQ(whole_at(record, "a"), 12);
    EXPECT_EQ(whole_at(record, "d"), std::nullopt);
    EXPECT_EQ(whole_at(record, "h"), std::nullopt);
    EXPECT_EQ(number_at(record, "c"), 1.5);
    EXPECT_EQ(number_at(record, "h"), 1.25);
    EXPECT_EQ(number_at(record, "b"), 34);
    EXPECT_EQ(text_at(record, "b"), "");
    EXPECT_EQ(member(record, "e"), nullptr);
    EXPECT_EQ(member(record, "z"), nullptr);
    EXPECT_EQ(items_at(record, "f").size(), 2U);
    EXPECT_TRUE(items_at(record, "a").empty());
    EXPECT_EQ(member(boost::json::value(3), "a"), nullptr);
}

class Ids final : public JsonVisitor {
public:
    bool take(const JsonRecord& record) override {
        ids += id_of(record.value) + ' ';
        return true;
    }
    std::string ids;
};

TEST(JsonFields, ABrokenFileIsRejectedAtItsLineAndTheRecordsBeforeItStand) {
    ViewStream bytes("\xef\xbb\xbf[1,\n2,\n}");
    const std::vector<JsonPath> paths = {{"*"}};
    Ids ids;
    Collected sink;
    Summary summary;
    Emitter out(sink, summary);
    out.enter("a.json");
    ASSERT_TRUE(read_records(bytes, paths, ids, out).ok());
    EXPECT_EQ(ids.ids, "1 2 ");
    ASSERT_EQ(sink.facts.size(), 1U);
    EXPECT_EQ(sink.facts[0].from.line, 3);
    EXPECT_EQ(summary.rejected, 1U);
}

}  // namespace
}  // namespace vv::formats::testing
