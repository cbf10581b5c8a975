#include "net/request.h"

#include "net/target.h"

#include <gtest/gtest.h>

namespace vv::net {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

TEST(ParseTarget, TakesThePathAndTheQueryApart) {
    const auto target = parse_target("/a%20b/c?x=1&y=caf%C3%A9+au&z&x=2");
    ASSERT_TRUE(target.ok());
    EXPECT_EQ(target->encoded_path, "/a%20b/c");
    EXPECT_EQ(target->path, "/a b/c");
    EXPECT_EQ(target->query, (Query{{"x", "1"}, {"y", "café au"}, {"z", ""}, {"x", "2"}}));
}

TEST(ParseTarget, AnEmptyQueryIsNone) {
    EXPECT_EQ(parse_target("/a")->query, Query{});
    EXPECT_EQ(parse_target("/a?")->query, (Query{{"", ""}}));
}

TEST(ParseTarget, TakesAnAbsoluteAddress) {
    EXPECT_EQ(parse_target("http://example.org/a?b=c")->path, "/a");
    EXPECT_EQ(parse_target("http://example.org?b=c")->path, "/");
    EXPECT_FALSE(parse_target("http://example:org/a").ok());
}

TEST(ParseTarget, RefusesWhatIsNoPath) {
    for (const char* target :
         {"", "*", "a", "/a b", "/%zz", "/%2", "example.org:443", "/a#b", "/\x01", "/a?b=c%00d"})
        EXPECT_FALSE(parse_target(target).ok()) << target;
}

TEST(Cookies, AreFoundByName) {
    Request request;
    request.headers = {{"cookie", "a=1; visavis_session=x=y ;b=\"2\""}, {"cookie", "c=3"}, {"x", "d=4"}};
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("visavis_session"), "x=y");
    EXPECT_EQ(request.cookie("b"), "\"2\"");
    EXPECT_EQ(request.cookie("c"), "3");
    EXPECT_EQ(request.cookie("d"), std::nullopt);
    EXPECT_EQ(request.cookie("session"), std::nullopt);
}

TEST(Queries, TakeTheFirstOfAParameterThatRepeats) {
    Request request;
    request.query = {{"relation", "friend"}, {"limit", "3"}, {"relation", "relative"}};
    EXPECT_EQ(request.query_value("relation"), "friend");
    EXPECT_EQ(request.query_value("limit"), "3");
    EXPECT_EQ(request.query_value("after"), std::nullopt);
}

TEST(Form, IsReadAsBrowsersSendIt) {
    const auto fields = parse_form("a=1&b=two+words&c=%26%3D&a=&=x&loose&d=caf%C3%A9");
    const std::vector<std::pair<std::string, std::string>> wanted{
        {"a", "1"}, {"b", "two words"}, {"c", "&="}, {"a", ""}, {"d", "café"}};
    EXPECT_EQ(fields, wanted);
    EXPECT_TRUE(parse_form("").empty());
    EXPECT_EQ(parse_form("a=b%00c").front().second, "bc");
}

}  // namespace
}  // namespace vv::net
