// server/metrics.h — what /metrics says: requests and their latency by route, the database, the process.
#pragma once

#include "net/server.h"

#include <functional>
#include <memory>
#include <string>

namespace vv::server {

/// Safe from any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// Counts an answered request. A few hundred nanoseconds.
    void observe(const net::Served& served);
    /// A value that is asked for when somebody reads the metrics.
    void add_gauge(const std::string& name, const std::string& help, std::function<double()> read);
    /// As add_gauge, for what only rises.
    void add_counter(const std::string& name, const std::string& help, std::function<double()> read);

    /// Prometheus' text form.
    [[nodiscard]] std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace vv::server
