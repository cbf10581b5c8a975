#include "jobs/reminders.h"

#include "app/reminders_making.h"
#include "store/reminders.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::minutes kEvery{1};
constexpr int kOwnersAtOnce = 500;

Result<Done> remind(store::Database& db, const store::reminders::Due& due, const app::ReminderDesk& desk,
                    Instant now) {
    while (true) {
        TRY(const bool has_more,
            db.write_now([&](store::Tx& tx) { return app::catch_up_birthdays(tx, due.owner); }));
        if (!has_more) break;
    }
    return db.write_now(
        [&](store::Tx& tx) { return app::make_reminders(tx, due.owner, due.zone, desk, now); });
}

// A transaction for each owner, so that nobody waits for all of them, and what is broken in one account's
// records keeps no other waiting.
Result<Done> sweep_reminders(store::Database& db, const app::ReminderDesk& desk, Instant now) {
    TRY(const auto due, db.read_now([&](store::Tx& tx) -> Result<std::vector<store::reminders::Due>> {
        return store::reminders::due(tx, now, kOwnersAtOnce);
    }));
    Result<Done> first = Done{};
    for (const auto& one : due) {
        const Result<Done> made = remind(db, one, desk, now);
        if (!made && first) first = made;
    }
    return first;
}

}  // namespace

void add_reminder_jobs(Runner& runner, const Services& services) {
    runner.every("sweep_reminders", kEvery, [&services](store::Database& db, Instant now) {
        const app::ReminderDesk desk{&services.ids, services.base_url, services.mail_from};
        return sweep_reminders(db, desk, now);
    });
}

}  // namespace vv::jobs
