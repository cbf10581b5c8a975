#include "jobs/sweeps.h"

#include "app/people.h"
#include "app/ties.h"
#include "store/accounts.h"
#include "store/check_ins.h"
#include "store/encounters.h"
#include "store/people.h"
#include "world/databases.h"

#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;

class Sweeps : public world::ForEachDatabase {
protected:
    // Ann has lunch with Bob in an hour, as her calendar says.
    core::PersonId plan_lunch() {
        return *db().write_now([&](store::Tx& tx) -> Result<core::PersonId> {
            core::Account ann;
            ann.id = caller.account;
            ann.handle = "ann";
            ann.email = "ann@example.com";
            ann.full_name = "Ann";
            store::accounts::add(tx, ann, "");
            TRY(const auto added, app::add_people(tx, caller, {{"Bob", "", "", std::nullopt}}, &ids));
            const core::PersonId bob = added.front().id;
            store::encounters::Row lunch;
            lunch.start = caller.now + 1h;
            lunch.end = caller.now + 2h;
            lunch.source = "calendar";
            lunch.source_key = "lunch";
            lunch.people = {*store::encounters::anchor(tx, caller.account, bob)};
            store::encounters::save(tx, caller.account, {lunch}, ids, caller.now);
            app::refresh_ties(tx, caller.account, {bob}, caller.now);
            return bob;
        });
    }
    core::Stage stage_of(core::PersonId person) {
        return *db().read_now([&](store::Tx& tx) -> Result<core::Stage> {
            return store::people::find(tx, caller.account, person)->stage;
        });
    }
    // What the server's sweeps do at a time: each once, right after the start.
    void sweep_until(const std::function<bool()>& is_done, Instant now) {
        RunnerOptions options;
        options.now = [now] { return now; };
        options.machine_now = &system_now;
        options.poll = 5ms;
        Runner runner(db(), options);
        const Services services{ids, nullptr, "", ""};
        add_sweeps(runner, services);
        runner.start();
        for (int i = 0; i < 2'000 && !is_done(); ++i) std::this_thread::sleep_for(5ms);
        runner.stop();
    }
    core::Stage sweep_until(core::Stage wanted, core::PersonId person, Instant now) {
        sweep_until([&] { return stage_of(person) == wanted; }, now);
        return stage_of(person);
    }

    IdSource ids;
    app::Caller caller{{1}, from_millis(1'700'000'000'000), {}};
};
VV_ON_EACH_DATABASE(Sweeps);

TEST_P(Sweeps, MakePlannedEncountersMetOnceTheyAreOver) {
    const core::PersonId bob = plan_lunch();
    ASSERT_EQ(stage_of(bob), core::Stage::planned);
    EXPECT_EQ(sweep_until(core::Stage::met, bob, caller.now + 2h), core::Stage::met);
}

TEST_P(Sweeps, DeleteWhereSomebodyWasForAnHour) {
    plan_lunch();
    const auto is_there = [&] {
        return *db().read_now([&](store::Tx& tx) -> Result<bool> {
            return store::check_ins::find(tx, caller.account, caller.now).has_value();
        });
    };
    core::CheckIn here;
    here.id = {1};
    here.at = {43.65, -79.35};
    here.until = caller.now + 1h;
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::check_ins::save(tx, caller.account, here, {});
        return Done{};
    }));
    ASSERT_TRUE(is_there());
    sweep_until([&] { return !is_there(); }, caller.now + 61min);
    EXPECT_FALSE(is_there());  // even for a clock that says it is still on
}

}  // namespace
}  // namespace vv::jobs
