#include "jobs/trip_ways.h"

#include "app/trips_ways.h"
#include "base/log.h"
#include "store/trip_ways.h"

namespace vv::jobs {
namespace {

constexpr std::chrono::seconds kEvery{5};
constexpr std::chrono::minutes kTrouble{10};
constexpr int kAtOnce = 20;

using Wanted = std::optional<store::trip_ways::Wanted>;

}  // namespace

Result<bool> ask_for_ways(store::Database& db, const notify::TravelRouter& router, Instant now) {
    TRY(const Wanted wanted,
        db.read_now([now](store::Tx& tx) -> Result<Wanted> { return store::trip_ways::next(tx, now); }));
    if (!wanted) return false;
    const auto table = notify::ask_router(router, wanted->places);
    if (!table) {
        log::warning("travel.router", {{"error", table.error().code}});
        CHECK(db.write_now([now](store::Tx& tx) -> Result<Done> {
            store::trip_ways::put_off(tx, now, now + kTrouble);
            return Done{};
        }));
        return false;
    }
    CHECK(db.write_now(
        [&](store::Tx& tx) { return app::take_ways(tx, wanted->owner, wanted->trip, *table, now); }));
    return true;
}

void add_trip_way_jobs(Runner& runner, const Services& services) {
    if (services.router.url.empty()) return;
    const auto ask = [router = services.router](store::Database& db, Instant now) -> Result<Done> {
        for (int i = 0; i < kAtOnce; ++i) {
            TRY(const bool has_more, ask_for_ways(db, router, now));
            if (!has_more) break;
        }
        return Done{};
    };
    runner.every("trip_ways", kEvery, ask, Lane::outward);
}

}  // namespace vv::jobs
