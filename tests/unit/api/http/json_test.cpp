#include "api/http/json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace vv::api {
namespace {

net::Request request_with(std::string body, std::string type = "application/json") {
    net::Request request;
    request.method = net::Method::post;
    request.headers.emplace_back("content-type", std::move(type));
    request.body = std::move(body);
    return request;
}

json::object object_of(std::string_view text) {
    return json::parse(text).as_object();
}

TEST(ParseBody, TakesAnObject) {
    const auto body = parse_body(request_with(R"({"a":1})", "application/json; charset=utf-8"));
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(body->at("a").as_int64(), 1);
}

TEST(ParseBody, WithoutABodyIsEmpty) {
    const auto body = parse_body(net::Request());
    ASSERT_TRUE(body.ok());
    EXPECT_TRUE(body->empty());
}

TEST(ParseBody, RefusesWhatIsNoJsonObject) {
    for (const char* text : {"{", "[1]", "\"a\"", "{\"a\":1}x", "{\"a\":\"\xff\"}", "{'a':1}"}) {
        const auto body = parse_body(request_with(text));
        ASSERT_FALSE(body.ok()) << text;
        EXPECT_EQ(body.error().code, "http.json");
    }
}

TEST(ParseBody, RefusesOtherContentTypes) {
    EXPECT_FALSE(parse_body(request_with(R"({"a":1})", "text/plain")).ok());
    EXPECT_FALSE(parse_body(request_with(R"({"a":1})", "application/x-www-form-urlencoded")).ok());
}

TEST(ParseBody, RefusesAbsurdNesting) {
    const std::string nested = R"({"a":)" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    EXPECT_FALSE(parse_body(request_with(nested)).ok());
}

TEST(Fields, NameWhatIsWrong) {
    const json::object body =
        object_of(R"({"name":5,"blank":"  ","id":"12x","when":"yesterday","at":[91,0]})");
    EXPECT_EQ(text_field(body, "name").error().field, "name");
    EXPECT_EQ(text_field(body, "name").error().detail, "\"name\" must be a text.");
    EXPECT_EQ(text_field(body, "blank").error().detail, "\"blank\" is missing.");
    EXPECT_EQ(text_field(body, "absent").error().detail, "\"absent\" is missing.");
    EXPECT_EQ(raw_id_field(body, "id").error().field, "id");
    EXPECT_EQ(time_field(body, "when").error().field, "when");
    EXPECT_EQ(optional_place(body, "at").error().field, "at");
}

TEST(Fields, AbsentAndNullAreTheSame) {
    const json::object body = object_of(R"({"a":null})");
    EXPECT_EQ(*optional_text(body, "a"), std::nullopt);
    EXPECT_EQ(*optional_text(body, "b"), std::nullopt);
    EXPECT_EQ(*optional_object(body, "a"), nullptr);
}

TEST(Fields, AreReadAsWritten) {
    const json::object body = object_of(
        R"({"text":"é","yes":true,"n":3,"id":"12","when":"2026-11-20T18:00:00+01:00","at":[43.65,-79.38],"ids":["1","2"],"texts":["a"]})");
    EXPECT_EQ(*text_field(body, "text"), "é");
    EXPECT_EQ(*bool_field(body, "yes"), true);
    EXPECT_EQ(*integer_field(body, "n", 1, 3), 3);
    EXPECT_FALSE(integer_field(body, "n", 1, 2).ok());
    EXPECT_EQ(id_field<Id<struct SomeTag>>(body, "id")->value, 12);
    EXPECT_EQ(format_rfc3339(*time_field(body, "when")), "2026-11-20T17:00:00Z");
    EXPECT_EQ(**optional_place(body, "at"), (LatLng{43.65, -79.38}));
    EXPECT_EQ(*raw_ids_field(body, "ids", 2), (std::vector<std::int64_t>{1, 2}));
    EXPECT_FALSE(raw_ids_field(body, "ids", 1).ok());
    EXPECT_EQ(*texts_field(body, "texts", 5), std::vector<std::string>{"a"});
}

TEST(Fields, ALongTextIsRefused) {
    json::object body;
    body["text"] = std::string(11, 'a');
    EXPECT_FALSE(text_field(body, "text", 10).ok());
    EXPECT_TRUE(text_field(body, "text", 11).ok());
}

TEST(Answers, ArePrivate) {
    const net::Response response = ok(json::object());
    EXPECT_EQ(response.status, 200);
    ASSERT_EQ(response.headers.size(), 2U);
    EXPECT_EQ(response.headers[1], (std::pair<std::string, std::string>("cache-control", "no-store")));
}

}  // namespace
}  // namespace vv::api
