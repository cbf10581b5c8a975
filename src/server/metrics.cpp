#include "server/metrics.h"

#include <mutex>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unordered_map>

namespace vv::server {
namespace {

// Seconds: our reads take parts of a millisecond, an import's upload minutes.
const prometheus::Histogram::BucketBoundaries kBuckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                       0.1,    0.25,  0.5,    1,     2.5,  10};

struct Asked {
    std::string name;
    std::string help;
    std::function<double()> read;
    prometheus::MetricType type;
};

// The route's pattern is one string for the process's life, so that its address names the route.
struct RouteKey {
    const char* pattern;
    net::Method method;
    int status;
    bool operator==(const RouteKey&) const = default;
};
struct RouteHash {
    std::size_t operator()(const RouteKey& key) const noexcept {
        return std::hash<const void*>{}(key.pattern) ^ (static_cast<std::size_t>(key.status) << 8) ^
               static_cast<std::size_t>(key.method);
    }
};
struct RouteMetrics {
    prometheus::Counter* requests;
    prometheus::Histogram* seconds;
};

}  // namespace

struct Metrics::Impl {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>* requests;
    prometheus::Family<prometheus::Histogram>* seconds;
    std::mutex mutex;  // for routes alone; held for a look-up
    std::unordered_map<RouteKey, RouteMetrics, RouteHash> routes;
    std::vector<Asked> asked;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
    impl_->requests = &prometheus::BuildCounter()
                           .Name("visavis_http_requests_total")
                           .Help("Requests answered, by route, method and status")
                           .Register(impl_->registry);
    impl_->seconds = &prometheus::BuildHistogram()
                          .Name("visavis_http_request_seconds")
                          .Help("From a request's complete header to its answer, by route and method")
                          .Register(impl_->registry);
}

Metrics::~Metrics() = default;

void Metrics::observe(const net::Served& served) {
    RouteMetrics metrics{};
    {
        const std::scoped_lock lock(impl_->mutex);
        RouteMetrics& known = impl_->routes[{served.pattern.data(), served.method, served.status}];
        if (!known.requests) {
            const std::string route(served.pattern);
            const std::string method(to_string(served.method));
            known.requests = &impl_->requests->Add(
                {{"route", route}, {"method", method}, {"status", std::to_string(served.status)}});
            known.seconds = &impl_->seconds->Add({{"route", route}, {"method", method}}, kBuckets);
        }
        metrics = known;
    }
    metrics.requests->Increment();
    metrics.seconds->Observe(std::chrono::duration<double>(served.took).count());
}

void Metrics::add_gauge(const std::string& name, const std::string& help, std::function<double()> read) {
    impl_->asked.push_back({name, help, std::move(read), prometheus::MetricType::Gauge});
}

void Metrics::add_counter(const std::string& name, const std::string& help, std::function<double()> read) {
    impl_->asked.push_back({name, help, std::move(read), prometheus::MetricType::Counter});
}

std::string Metrics::text() const {
    std::vector<prometheus::MetricFamily> families = impl_->registry.Collect();
    for (const Asked& asked : impl_->asked) {
        prometheus::ClientMetric metric;
        (asked.type == prometheus::MetricType::Gauge ? metric.gauge.value : metric.counter.value) =
            asked.read();
        families.push_back({asked.name, asked.help, asked.type, {metric}});
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace vv::server
