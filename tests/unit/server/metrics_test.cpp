#include "server/metrics.h"

#include <gtest/gtest.h>

namespace vv::server {
namespace {

constexpr std::string_view kRoute = "/people/:id";

TEST(Metrics, CountRequestsByRouteMethodAndStatus) {
    Metrics metrics;
    metrics.observe({kRoute, net::Method::get, 200, std::chrono::milliseconds(3)});
    metrics.observe({kRoute, net::Method::get, 200, std::chrono::milliseconds(30)});
    metrics.observe({kRoute, net::Method::get, 404, std::chrono::microseconds(1)});
    const std::string text = metrics.text();
    EXPECT_NE(text.find(R"(visavis_http_requests_total{method="GET",route="/people/:id",status="200"} 2)"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(R"(visavis_http_requests_total{method="GET",route="/people/:id",status="404"} 1)"),
              std::string::npos);
    EXPECT_NE(text.find(R"(visavis_http_request_seconds_count{method="GET",route="/people/:id"} 3)"),
              std::string::npos);
    EXPECT_NE(
        text.find(R"(visavis_http_request_seconds_bucket{method="GET",route="/people/:id",le="0.005"} 2)"),
        std::string::npos);
}

TEST(Metrics, ReadGaugesWhenTheyAreAskedFor) {
    Metrics metrics;
    double value = 1;
    metrics.add_gauge("visavis_test_level", "A level", [&value] { return value; });
    metrics.add_counter("visavis_test_total", "A total", [] { return 7.0; });
    value = 2;
    const std::string text = metrics.text();
    EXPECT_NE(text.find("# TYPE visavis_test_level gauge\nvisavis_test_level 2\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("# TYPE visavis_test_total counter\nvisavis_test_total 7\n"), std::string::npos);
}

}  // namespace
}  // namespace vv::server
