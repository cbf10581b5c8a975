#include "jobs/sweeps.h"

#include "app/sweeps.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::hours kEvery{1};

Result<Done> sweep_accounts(store::Database& db, Instant now) {
    return db.write_now([now](store::Tx& tx) { return app::sweep_accounts(tx, now); });
}

}  // namespace

void add_sweeps(Runner& runner, [[maybe_unused]] const Services& services) {
    runner.every("sweep_accounts", kEvery, &sweep_accounts);
}

}  // namespace vv::jobs
