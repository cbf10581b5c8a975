#include "jobs/sweeps.h"

#include "app/check_ins.h"
#include "app/lookouts.h"
#include "app/sweeps.h"
#include "app/ties.h"
#include "store/ties.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::hours kForgetEvery{1};
constexpr std::chrono::hours kSendsEvery{24};
constexpr std::chrono::minutes kTiesEvery{1};
constexpr std::chrono::minutes kWhereaboutsEvery{1};
constexpr int kOwnersAtOnce = 1'000;

Result<Done> sweep_accounts(store::Database& db, Instant now) {
    return db.write_now([now](store::Tx& tx) { return app::sweep_accounts(tx, now); });
}

Result<Done> sweep_sends(store::Database& db, Instant now) {
    return db.write_now([now](store::Tx& tx) { return app::sweep_sends(tx, now); });
}

Result<Done> sweep_whereabouts(store::Database& db, Instant now) {
    return db.write_now([now](store::Tx& tx) -> Result<Done> {
        CHECK(app::sweep_check_ins(tx, now));
        return app::sweep_lookouts(tx, now);
    });
}

// A transaction for each owner, so that nobody waits for all of them.
Result<Done> sweep_ties(store::Database& db, Instant now) {
    TRY(const auto owners, db.read_now([now](store::Tx& tx) -> Result<std::vector<core::AccountId>> {
        return store::ties::owners_of_due(tx, now, kOwnersAtOnce);
    }));
    for (const core::AccountId owner : owners)
        CHECK(db.write_now([&](store::Tx& tx) { return app::refresh_due_ties(tx, owner, now); }));
    return Done{};
}

}  // namespace

void add_sweeps(Runner& runner, [[maybe_unused]] const Services& services) {
    runner.every("sweep_accounts", kForgetEvery, &sweep_accounts);
    runner.every("sweep_sends", kSendsEvery, &sweep_sends);
    runner.every("sweep_ties", kTiesEvery, &sweep_ties);
    runner.every("sweep_check_ins", kWhereaboutsEvery, &sweep_whereabouts);
}

}  // namespace vv::jobs
