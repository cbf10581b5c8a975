// bench/fair_places.cpp — how long a fair place takes to find in a database of 100,000 places of a map.
//
// Places crowd around the middle of one town. Each question comes from somewhere else in it; milliseconds are
// those of the process on one core, and how many statements a question takes is told beside them.
#include "app/fair_places.h"

#include "app/accounts.h"
#include "app/people.h"
#include "store/accounts.h"
#include "store/database.h"
#include "store/venues.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>
#include <unistd.h>
#include <vector>

namespace {

using namespace vv;

constexpr int kVenues = 100'000;
constexpr int kBatch = 2'000;
constexpr int kQuestions = 500;
constexpr LatLng kTown{43.65, -79.38};
const core::AccountId kOwner{1};

double process_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

class Town {
public:
    Result<core::PersonId> fill(store::Database& db, Instant now) {
        for (int begin = 0; begin < kVenues; begin += kBatch)
            CHECK(db.write_now([&](store::Tx& tx) -> Result<Done> {
                std::vector<store::venues::NewVenue> batch;
                for (int i = begin; i < begin + kBatch; ++i)
                    batch.push_back({"n" + std::to_string(i), venue(i)});
                store::venues::write(tx, {"town", 1}, batch, ids_, now);
                return Done{};
            }));
        core::Account account;
        account.id = kOwner;
        account.handle = "ann";
        account.email = "ann@example.com";
        account.full_name = "Ann";
        account.zone = *Zone::find("America/Toronto");
        account.created_at = now;
        return db.write_now([&](store::Tx& tx) -> Result<core::PersonId> {
            store::accounts::add(tx, account, "$hash");
            const app::Caller caller{kOwner, now, account.zone};
            TRY(const auto people,
                app::add_people(tx, caller, {app::NewPerson{"Bea", "Toronto", "", {}}}, &ids_));
            return people.front().id;
        });
    }

    LatLng somewhere(double degrees) {
        const auto step = [&] { return degrees * (part_(random_) + part_(random_) - 1); };
        const double lat = step();
        return {kTown.lat + lat, kTown.lng + 1.4 * step()};
    }

private:
    core::VenueEntry venue(int number) {
        const auto kind = static_cast<core::VenueKind>(number % 6);
        const auto has = static_cast<std::uint32_t>(random_() % 8) << 1U;
        return {"Place " + std::to_string(number), kind, "", somewhere(0.25),
                core::venue_feature::is_public | has};
    }

    IdSource ids_;
    std::mt19937 random_{1};
    std::uniform_real_distribution<double> part_{0, 1};
};

Result<Done> measure(const std::string& file) {
    const Instant now = *parse_rfc3339("2026-11-20T18:28:30Z");
    store::DatabaseOptions options;
    options.url = "sqlite:" + file;
    TRY(const auto db, store::Database::open(options));
    Town town;
    TRY(const core::PersonId bea, town.fill(*db, now));
    const app::Caller caller{kOwner, now, *Zone::find("America/Toronto")};
    std::vector<double> waits;
    const auto before = db->statements();
    for (int i = 0; i < kQuestions; ++i) {
        app::FairPlaceWanted wanted;
        wanted.person = bea;
        wanted.from = town.somewhere(0.2);
        wanted.quiet = i % 2 == 0;
        wanted.step_free = i % 4 == 0;
        const double began = process_milliseconds();
        CHECK(db->read_now([&](store::Tx& tx) { return app::find_fair_places(tx, caller, wanted); }));
        waits.push_back(process_milliseconds() - began);
    }
    const auto statements = db->statements() - before;
    std::ranges::sort(waits);
    std::printf("{\"venues\":%d,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f,\"statements\":%.1f}\n",
                kVenues, waits[kQuestions / 2], waits[kQuestions * 99 / 100], waits.back(),
                static_cast<double>(statements) / kQuestions);
    return Done{};
}

}  // namespace

int main() {
    const auto folder =
        std::filesystem::temp_directory_path() / ("visavis-fair-places-" + std::to_string(getpid()));
    std::filesystem::create_directory(folder);
    const Result<Done> done = measure((folder / "visavis.db").string());
    std::filesystem::remove_all(folder);
    if (!done) std::fprintf(stderr, "%s\n", done.error().detail.c_str());
    return done ? 0 : 1;
}
