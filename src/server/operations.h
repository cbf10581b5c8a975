// server/operations.h — the addresses for whoever runs the server: /healthz, /readyz, /metrics.
#pragma once

#include "net/networks.h"
#include "net/router.h"
#include "server/metrics.h"
#include "store/database.h"

#include <atomic>
#include <string>

namespace vv::server {

struct Operations {
    store::Database& db;
    Metrics& metrics;
    net::Networks metrics_from;
    std::string data_folder;
    std::atomic<bool> draining{false};
    std::atomic<long long> probed_at{0};  // when /readyz last tried to write, in steady milliseconds …
    std::atomic<bool> is_writable{true};  // … and what came of it
};

/// /healthz: the process answers. /readyz: it is not about to stop, the database takes a write (tried every
/// five seconds at most, whoever asks), and the data's disk has some room; else 503 with the reason.
/// /metrics: for the networks of `metrics_from`, 404 for everybody else.
void add_operations(net::Router& router, Operations& operations);

}  // namespace vv::server
