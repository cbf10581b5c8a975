// server/operations.h — the addresses for whoever runs the server: /healthz, /readyz, /metrics.
#pragma once

#include "net/networks.h"
#include "net/router.h"
#include "server/metrics.h"
#include "store/database.h"

#include <atomic>

namespace vv::server {

struct Operations {
    store::Database& db;
    Metrics& metrics;
    net::Networks metrics_from;
    std::atomic<bool> draining{false};
};

/// /healthz: the process answers. /readyz: it answers, the database too, and it is not about to stop; else
/// 503. /metrics: for the networks of `metrics_from`, 404 for everybody else.
void add_operations(net::Router& router, Operations& operations);

}  // namespace vv::server
