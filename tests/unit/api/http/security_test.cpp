#include "api/http/security.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace vv::api {
namespace {

constexpr std::string_view kBase = "https://meet.example.org";

net::Request posting(std::vector<std::pair<std::string, std::string>> headers) {
    net::Request request;
    request.method = net::Method::post;
    request.headers = std::move(headers);
    request.headers.emplace_back("host", "127.0.0.1:8080");
    return request;
}

TEST(CheckOrigin, LetsOurOwnPageChangeThings) {
    EXPECT_TRUE(
        check_origin(posting({{"origin", "https://meet.example.org"}, {"sec-fetch-site", "same-origin"}}),
                     kBase)
            .ok());
}

TEST(CheckOrigin, RefusesAnotherSitesPage) {
    for (const char* origin :
         {"https://evil.example.com", "http://meet.example.org", "https://meet.example.org.evil.example.com",
          "https://meet.example.org:444", "null", ""})
        EXPECT_EQ(check_origin(posting({{"origin", origin}}), kBase).error().code, "http.origin") << origin;
    EXPECT_FALSE(check_origin(posting({{"sec-fetch-site", "cross-site"}}), kBase).ok());
    EXPECT_FALSE(check_origin(posting({{"sec-fetch-site", "same-site"}}), kBase).ok());
}

TEST(CheckOrigin, TakesTheServersOtherNameWhenThePageCameFromIt) {
    EXPECT_TRUE(check_origin(posting({{"origin", "http://127.0.0.1:8080"}}), kBase).ok());
    EXPECT_FALSE(check_origin(posting({{"origin", "https://127.0.0.1:8080"}}), kBase).ok());
}

TEST(CheckOrigin, TakesProgramsThatAreNoBrowser) {
    EXPECT_TRUE(check_origin(posting({}), kBase).ok());
}

TEST(CheckOrigin, LeavesReadsAlone) {
    net::Request request = posting({{"origin", "https://evil.example.com"}});
    request.method = net::Method::get;
    EXPECT_TRUE(check_origin(request, kBase).ok());
}

TEST(SecurityHeaders, AllowNoInlineScript) {
    const auto headers = security_headers();
    const auto policy = std::find_if(headers.begin(), headers.end(), [](const auto& header) {
        return header.first == "content-security-policy";
    });
    ASSERT_NE(policy, headers.end());
    EXPECT_NE(policy->second.find("script-src 'self';"), std::string::npos);
    EXPECT_EQ(policy->second.find("unsafe"), std::string::npos);
    EXPECT_NE(policy->second.find("frame-ancestors 'none'"), std::string::npos);
}

}  // namespace
}  // namespace vv::api
