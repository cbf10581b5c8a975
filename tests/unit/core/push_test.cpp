#include "core/push.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

TEST(CheckPushEndpoint, TakesWhatAServiceMayBe) {
    EXPECT_EQ(*check_push_endpoint("https://push.example/x?y=z", PushEndpoints::public_only),
              "https://push.example/x?y=z");
    EXPECT_FALSE(check_push_endpoint("http://127.0.0.1:9/x", PushEndpoints::public_only));
    EXPECT_TRUE(check_push_endpoint("http://127.0.0.1:9/x", PushEndpoints::any));
    for (const char* wrong : {"", "https://", "https:///x", "https://a:b@c/x", "https://a/#b", "https://a/ b",
                              "https://a/\nb", "https://a\\b", "javascript:alert(1)", "https://ä/"})
        EXPECT_FALSE(check_push_endpoint(wrong, PushEndpoints::any)) << wrong;
}

TEST(AfterQuietHours, TheNightWaitsForTheMorning) {
    const Zone toronto = *Zone::find("America/Toronto");
    const auto after = [&](const char* at) {
        return format_rfc3339(after_quiet_hours(*parse_rfc3339(at), toronto));
    };
    EXPECT_EQ(after("2026-11-20T11:59:59Z"), "2026-11-20T12:00:00Z");  // before seven
    EXPECT_EQ(after("2026-11-20T12:00:00Z"), "2026-11-20T12:00:00Z");
    EXPECT_EQ(after("2026-11-21T02:59:59Z"), "2026-11-21T02:59:59Z");  // just before ten in the evening
    EXPECT_EQ(after("2026-11-21T03:00:00Z"), "2026-11-21T12:00:00Z");
    EXPECT_EQ(after("2026-11-21T05:30:00Z"), "2026-11-21T12:00:00Z");
    EXPECT_EQ(after("2026-03-08T05:00:00Z"), "2026-03-08T11:00:00Z");  // the night the clocks go forward
}

}  // namespace
}  // namespace vv::core
