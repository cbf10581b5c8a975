#include "store/sessions.h"

#include "base/crypto.h"
#include "world/api.h"

#include <gtest/gtest.h>

namespace vv::api::visavis {
namespace {

constexpr const char* kAnn = R"({"login":"ann","password":"four random words"})";
constexpr const char* kWrong = R"({"login":"ann","password":"four other words"})";
constexpr const char* kNobody = R"({"login":"nobody","password":"four random words"})";

class SignIn : public world::ForEachApi {};
VV_ON_EACH_DATABASE(SignIn);

TEST_P(SignIn, ByHandleOrAddressInAnySpelling) {
    add_account("ann", true);
    for (const char* login : {"ann", "@Ann", " ANN ", "ann@example.com", "Ann@Example.COM"}) {
        world::Visitor browser = visitor();
        const auto answer = browser.post(
            "/session", R"({"password":"four random words","login":")" + std::string(login) + "\"}");
        EXPECT_EQ(answer.status, 200) << login;
        EXPECT_EQ(answer.text("/handle"), "ann");
        EXPECT_EQ(browser.get("/account").status, 200);
    }
}

TEST_P(SignIn, GivesACookieThatScriptsAndOtherSitesDontGet) {
    add_account("ann", true);
    const std::string plain = visitor().post("/session", kAnn).header("set-cookie");
    for (const char* part : {"; HttpOnly", "; SameSite=Lax", "; Path=/;", "; Secure"})
        EXPECT_NE(plain.find(part), std::string::npos) << part;
}

TEST_P(SignIn, KeepsTheCookieOffPlainHttpUnlessThatIsAllThereIs) {
    add_account("ann", true);
    context->base_url = "http://127.0.0.1:8080";
    net::Request request;
    request.method = net::Method::post;
    request.headers.emplace_back("content-type", "application/json");
    request.body = kAnn;
    EXPECT_EQ(visitor().send("/session", request).header("set-cookie").find("; Secure"), std::string::npos);
    request.secure = true;
    EXPECT_NE(visitor().send("/session", request).header("set-cookie").find("; Secure"), std::string::npos);
}

TEST_P(SignIn, StoresOnlyAHashOfTheCookie) {
    add_account("ann", true);
    world::Visitor browser = visitor();
    browser.post("/session", kAnn);
    const std::string token = browser.client().cookie("visavis_session");
    EXPECT_EQ(from_base64url(token)->size(), 32U);
    ASSERT_TRUE(db().read_now([&](store::Tx& tx) -> Result<Done> {
        EXPECT_TRUE(store::sessions::find(tx, sha256_hex(token), now));
        EXPECT_FALSE(store::sessions::find(tx, token, now));
        return Done{};
    }));
}

TEST_P(SignIn, SaysTheSameOfAWrongPasswordAndOfAnUnknownName) {
    add_account("ann", true);
    const auto wrong = visitor().post("/session", kWrong);
    const auto unknown = visitor().post("/session", kNobody);
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.response.body, unknown.response.body);
    EXPECT_EQ(wrong.response.headers, unknown.response.headers);
}

TEST_P(SignIn, IsThrottledByNameTheSameWhetherThereIsSuchAnAccount) {
    add_account("ann", true);
    const auto try_often = [&](const char* body) {
        std::vector<int> statuses;
        world::Answer last;
        for (int i = 0; i < 11; ++i) statuses.push_back((last = visitor().post("/session", body)).status);
        EXPECT_EQ(last.header("retry-after"), "60");
        EXPECT_EQ(last.code(), "throttle.sign_in_account");
        return statuses;
    };
    const auto known = try_often(kWrong);
    EXPECT_EQ(known, try_often(kNobody));
    EXPECT_EQ(known[9], 401);
    EXPECT_EQ(known[10], 429);
    EXPECT_EQ(visitor().post("/session", kAnn).status, 429) << "the right password does not help a guesser";
    now += std::chrono::seconds(60);
    EXPECT_EQ(visitor().post("/session", kAnn).status, 200);
}

TEST_P(SignIn, IsThrottledByAddressWhateverNamesAreTried) {
    net::Request request;
    request.method = net::Method::post;
    request.headers.emplace_back("content-type", "application/json");
    request.remote = "198.51.100.7";
    int refused = 0;
    for (int i = 0; i < 31; ++i) {
        request.body = R"({"password":"four random words","login":"name)" + std::to_string(i) + "\"}";
        refused += visitor().send("/session", request).status == 429 ? 1 : 0;
    }
    EXPECT_EQ(refused, 1);
    request.remote = "198.51.100.8";
    EXPECT_EQ(visitor().send("/session", request).status, 401) << "another address is not concerned";
}

TEST_P(SignIn, ThatIsRightIsNotCounted) {
    add_account("ann", true);
    for (int i = 0; i < 12; ++i) EXPECT_EQ(visitor().post("/session", kAnn).status, 200);
}

// Session fixation: a cookie that was planted before is worth nothing afterwards.
TEST_P(SignIn, MakesANewCookieAndEndsTheOneThatCame) {
    add_account("ann", true);
    world::Visitor browser = signed_in("mallory");
    const std::string planted = browser.client().cookie("visavis_session");
    EXPECT_EQ(browser.post("/session", kAnn).status, 200);
    EXPECT_NE(browser.client().cookie("visavis_session"), planted);
    world::Visitor mallory = visitor();
    mallory.client().set_cookie("visavis_session", planted);
    EXPECT_EQ(mallory.get("/account").status, 401);
    EXPECT_EQ(browser.get("/account").text("/handle"), "ann");
}

TEST_P(SignIn, IgnoresACookieOfTheBrowsersOwnMaking) {
    add_account("ann", true);
    world::Visitor browser = visitor();
    browser.client().set_cookie("visavis_session", "made-up");
    EXPECT_EQ(browser.get("/account").status, 401);
    EXPECT_EQ(browser.post("/session", kAnn).status, 200);
    EXPECT_NE(browser.client().cookie("visavis_session"), "made-up");
}

TEST_P(SignIn, FromAnotherSitesPageIsRefused) {
    add_account("ann", true);
    for (const auto& [name, value] :
         {std::pair{"origin", "https://evil.example"}, std::pair{"sec-fetch-site", "cross-site"}}) {
        net::Request request;
        request.method = net::Method::post;
        request.headers = {{"content-type", "application/json"}, {name, value}};
        request.body = kAnn;
        const auto answer = visitor().send("/session", request);
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(answer.code(), "http.origin");
    }
}

TEST_P(SignIn, NamesTheFieldThatIsMissing) {
    EXPECT_EQ(visitor().post("/session", R"({"login":"ann"})").text("/error/field"), "password");
    EXPECT_EQ(visitor().post("/session", R"({"login":7,"password":"x"})").text("/error/field"), "login");
    EXPECT_EQ(visitor().post("/session", "[1]").code(), "http.json");
}

class SessionList : public world::ForEachApi {};
VV_ON_EACH_DATABASE(SessionList);

TEST_P(SessionList, ShowsEachBrowserAndWhichIsThisOne) {
    world::Visitor phone = signed_in("ann");
    now += std::chrono::hours(1);
    world::Visitor laptop = signed_in("ann");
    signed_in("bob");
    const auto answer = laptop.get("/sessions");
    ASSERT_EQ(answer.at("/items").as_array().size(), 2U);
    EXPECT_EQ(answer.at("/items/0/current"), true);
    EXPECT_EQ(answer.at("/items/1/current"), false);
    EXPECT_EQ(answer.text("/items/0/user_agent"), "Test browser");
    EXPECT_EQ(answer.text("/items/1/seen_at"), "2026-11-20T18:00:00Z");
}

TEST_P(SessionList, EndsABrowserAtOnce) {
    world::Visitor phone = signed_in("ann");
    now += std::chrono::hours(1);
    world::Visitor laptop = signed_in("ann");
    EXPECT_EQ(phone.get("/account").status, 200);
    const std::string id = laptop.get("/sessions").text("/items/1/id");
    EXPECT_EQ(laptop.remove("/sessions/" + id).status, 204);
    EXPECT_EQ(phone.get("/account").status, 401);
    EXPECT_EQ(phone.patch("/account", R"({"findable":true})").status, 401);
    EXPECT_EQ(laptop.get("/account").status, 200);
    EXPECT_EQ(laptop.remove("/sessions/" + id).status, 404);
}

TEST_P(SessionList, EndsNobodyElsesSession) {
    world::Visitor ann = signed_in("ann");
    world::Visitor bob = signed_in("bob");
    const std::string id = ann.get("/sessions").text("/items/0/id");
    EXPECT_EQ(bob.remove("/sessions/" + id).status, 404);
    EXPECT_EQ(ann.get("/account").status, 200);
}

TEST_P(SessionList, ForgetsWhoSignsOut) {
    world::Visitor ann = signed_in("ann");
    const std::string token = ann.client().cookie("visavis_session");
    const auto answer = ann.remove("/session");
    EXPECT_EQ(answer.status, 204);
    EXPECT_NE(answer.header("set-cookie").find("Max-Age=0"), std::string::npos);
    world::Visitor again = visitor();
    again.client().set_cookie("visavis_session", token);
    EXPECT_EQ(again.get("/account").status, 401);
    EXPECT_EQ(visitor().remove("/session").status, 204) << "signing out twice is no fault";
}

TEST_P(SessionList, LetsGoOfWhoWasAwayForTwoMonthsButNotOfWhoCame) {
    using std::chrono::hours;
    world::Visitor away = signed_in("ann");
    world::Visitor here = signed_in("ann");
    for (int week = 0; week < 10; ++week) {
        now += hours(7 * 24);
        EXPECT_EQ(here.get("/account").status, 200) << week;
    }
    EXPECT_EQ(away.get("/account").status, 401);
}

}  // namespace
}  // namespace vv::api::visavis
