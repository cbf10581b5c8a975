#include "jobs/introductions.h"

#include "app/introductions.h"
#include "app/network_asks.h"
#include "app/ways.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::seconds kLookEvery{10};
constexpr std::chrono::seconds kWaysEvery{1};

app::MeetingDesk desk_of(const Services& services) {
    return {&services.ids, services.base_url, services.mail_from};
}

}  // namespace

void add_introduction_jobs(Runner& runner, const Services& services) {
    runner.on(app::kAskJob, [&services](store::Database& db, JobContext& context) -> Result<Done> {
        TRY(const std::int64_t send, parse_id(store::field(context.job().payload, "send")));
        return db.write_now(
            [&](store::Tx& tx) { return app::deliver_ask(tx, {send}, desk_of(services), context.now()); });
    });
    // Looks first: nearly always there is nothing to write.
    runner.every("introductions", kLookEvery, [&services](store::Database& db, Instant now) -> Result<Done> {
        TRY(const bool are_met,
            db.read_now([now](store::Tx& tx) { return app::are_introductions_met(tx, now); }));
        if (!are_met) return Done{};
        TRY([[maybe_unused]] const int noted, db.write_now([&](store::Tx& tx) {
            return app::note_introductions_met(tx, desk_of(services), now);
        }));
        return Done{};
    });
    if (services.ways != nullptr)
        runner.every("ways", kWaysEvery, [&services](store::Database& db, Instant now) {
            return services.ways->refresh(db, now);
        });
}

}  // namespace vv::jobs
