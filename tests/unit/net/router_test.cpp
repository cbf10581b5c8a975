#include "net/router.h"

#include <gtest/gtest.h>

namespace vv::net {
namespace {

boost::asio::awaitable<Response> nothing(Request) {
    co_return Response();
}

class Routing : public testing::Test {
protected:
    Routing() {
        for (const char* pattern : {"/", "/people", "/people/:id", "/people/review", "/people/:id/encounters",
                                    "/files/*path", "/m/:token/answer/:which"})
            router.add(Method::get, pattern, nothing);
        router.add(Method::post, "/people", nothing);
        router.add(Method::delete_, "/people/:id", nothing);
    }

    std::string pattern(Method method, std::string_view path) {
        const Router::Match match = router.match(method, path);
        return match.route ? match.route->pattern : "";
    }

    Router router;
};

TEST_F(Routing, FindsAPathByItsParts) {
    EXPECT_EQ(pattern(Method::get, "/"), "/");
    EXPECT_EQ(pattern(Method::get, "/people"), "/people");
    EXPECT_EQ(pattern(Method::get, "/people/17"), "/people/:id");
    EXPECT_EQ(pattern(Method::get, "/people/17/encounters"), "/people/:id/encounters");
    EXPECT_EQ(pattern(Method::get, "/m/abc/answer/yes"), "/m/:token/answer/:which");
}

TEST_F(Routing, ALiteralWinsOverAParameter) {
    EXPECT_EQ(pattern(Method::get, "/people/review"), "/people/review");
    EXPECT_EQ(pattern(Method::get, "/people/review/encounters"), "/people/:id/encounters");
}

TEST_F(Routing, GivesTheParametersDecoded) {
    const Router::Match match = router.match(Method::get, "/m/a%2Fb/answer/caf%C3%A9");
    EXPECT_EQ(match.params.at("token"), "a/b");
    EXPECT_EQ(match.params.at("which"), "café");
}

TEST_F(Routing, ARestTakesAllThatFollows) {
    const Router::Match match = router.match(Method::get, "/files/a/b%20c/d");
    ASSERT_NE(match.route, nullptr);
    EXPECT_EQ(match.params.at("path"), "a/b c/d");
}

TEST_F(Routing, AnEmptyPartIsNoParameter) {
    EXPECT_EQ(pattern(Method::get, "/people/"), "");
    EXPECT_EQ(pattern(Method::get, "//"), "");
    EXPECT_EQ(pattern(Method::get, ""), "");
}

TEST_F(Routing, HeadTakesTheRouteOfGet) {
    EXPECT_EQ(pattern(Method::head, "/people/17"), "/people/:id");
}

TEST_F(Routing, TellsWhichMethodsAPathHas) {
    const Router::Match match = router.match(Method::put, "/people/17");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, (std::vector<Method>{Method::get, Method::delete_}));
    EXPECT_TRUE(router.match(Method::put, "/nowhere").allowed.empty());
}

TEST_F(Routing, TheFallbackTakesReadsOfUnknownPathsOnly) {
    router.set_fallback(nothing);
    EXPECT_EQ(pattern(Method::get, "/nowhere"), "(page)");
    EXPECT_EQ(pattern(Method::post, "/nowhere"), "");
    EXPECT_EQ(pattern(Method::get, "/people/17"), "/people/:id");
}

TEST_F(Routing, ListsItsRoutes) {
    EXPECT_EQ(router.routes().size(), 9U);
}

TEST(RoutingDeath, TheSameRouteTwiceIsABug) {
    Router router;
    router.add(Method::get, "/people/:id", nothing);
    EXPECT_DEATH(router.add(Method::get, "/people/:other", nothing), "broken invariant");
}

TEST(PercentDecode, LeavesNonsenseAsItIs) {
    EXPECT_EQ(percent_decode("a%20b"), "a b");
    EXPECT_EQ(percent_decode("100%"), "100%");
    EXPECT_EQ(percent_decode("%zz"), "%zz");
    EXPECT_EQ(percent_decode("a+b"), "a+b");
}

}  // namespace
}  // namespace vv::net
