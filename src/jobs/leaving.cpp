#include "jobs/leaving.h"

#include "app/leaving.h"
#include "base/log.h"

#include <filesystem>

namespace vv::jobs {
namespace {

constexpr std::chrono::minutes kLookEvery{1};

// What is broken in one account's record keeps no other waiting.
Result<Done> sweep(store::Database& db, Instant now) {
    TRY(const auto due, db.read_now([now](store::Tx& tx) { return app::accounts_to_erase(tx, now); }));
    Result<Done> first = Done{};
    for (const core::AccountId account : due) {
        const Result<Done> erased = erase_account(db, account, now);
        if (!erased && first) first = erased;
    }
    return first;
}

}  // namespace

Result<Done> erase_account(store::Database& db, core::AccountId account, Instant now) {
    app::Erased step;
    while (!step.is_done) {
        TRY(step, db.write_now([&](store::Tx& tx) { return app::erase_step(tx, account, now); }));
    }
    for (const std::string& file : step.files) {
        std::error_code failed;  // what can't be removed now is no file of anybody's at the next start
        std::filesystem::remove(file, failed);
    }
    log::info("account.erased");
    return Done{};
}

void add_leaving_jobs(Runner& runner, [[maybe_unused]] const Services& services) {
    runner.every("leaving", kLookEvery, &sweep);
}

}  // namespace vv::jobs
