#include "api/http/paging.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

namespace vv::api {
namespace {

net::Request asking(std::vector<std::pair<std::string, std::string>> query) {
    net::Request request;
    request.query = std::move(query);
    return request;
}

TEST(ParsePage, HasAUsualLimit) {
    const auto page = parse_page(asking({}), 20, 100);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->limit, 20);
    EXPECT_EQ(page->after, std::nullopt);
}

TEST(ParsePage, TakesTheLimitAndTheCursor) {
    const auto page = parse_page(asking({{"limit", "100"}, {"after", "x"}}), 20, 100);
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->limit, 100);
    EXPECT_EQ(page->after, "x");
}

TEST(ParsePage, RefusesAbsurdLimits) {
    for (const char* limit : {"0", "-1", "101", "ten", "1e2", "99999999999999999999"})
        EXPECT_EQ(parse_page(asking({{"limit", limit}}), 20, 100).error().field, "limit") << limit;
    EXPECT_FALSE(parse_page(asking({{"after", std::string(501, 'a')}})).ok());
}

TEST(PageJson, SaysWhetherThereIsMore) {
    EXPECT_EQ(boost::json::serialize(page_json({1, 2}, "c")), R"({"items":[1,2],"next":"c"})");
    EXPECT_EQ(boost::json::serialize(page_json({})), R"({"items":[],"next":null})");
}

TEST(Queries, APlaceIsLatitudeCommaLongitude) {
    EXPECT_EQ(**place_query(asking({{"near", "43.65, -79.38"}}), "near"), (LatLng{43.65, -79.38}));
    for (const char* near : {"43.65", "43.65,", "91,0", "a,b", "nan,0", "1,2,3"})
        EXPECT_FALSE(place_query(asking({{"near", near}}), "near").ok()) << near;
}

TEST(IdParam, WhatIsNoIdDoesNotExist) {
    net::Request request;
    request.params["id"] = "12";
    EXPECT_EQ(*raw_id_param(request, "id"), 12);
    for (const char* id : {"", "abc", "-1", "0", "99999999999999999999"}) {
        request.params["id"] = id;
        EXPECT_EQ(raw_id_param(request, "id").error().fault, Fault::not_found) << id;
    }
}

}  // namespace
}  // namespace vv::api
