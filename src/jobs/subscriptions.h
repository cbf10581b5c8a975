// jobs/subscriptions.h — reads again what an owner subscribes to, when its turn has come.
#pragma once

#include "base/ids.h"
#include "jobs/runner.h"

#include <chrono>
#include <string>

namespace vv::jobs {

struct SubscriptionDeps {
    IdSource& ids;
    std::string data_folder;
    bool allow_private = false;  // as net::ClientOptions
    std::chrono::seconds timeout{20};
    bool starts_imports = true;  // false: what is new is queued, and whoever asked runs the import
};

/// Handler of app::kSubscriptionJob. How the other server behaved is no error of the job: the subscription
/// says it.
Result<Done> read_subscription(store::Database& db, JobContext& context, const SubscriptionDeps& deps);

/// Registers the handler, and the sweep that looks whose turn it is.
void add_subscription_jobs(Runner& runner, const SubscriptionDeps& deps);

}  // namespace vv::jobs
