#include "jobs/runner.h"

#include "world/databases.h"

#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace vv::jobs {
namespace {

using namespace std::chrono_literals;
using store::Database;
using store::Tx;
namespace rows = store::jobs;
namespace outbox = store::outbox;

constexpr core::AccountId kAnn{7};

class RunnerRuns : public world::ForEachDatabase {
protected:
    RunnerOptions options(bool is_server = true) {
        RunnerOptions options;
        options.now = [this] { return from_millis(clock_.load()); };
        options.machine_now = &system_now;
        options.is_server = is_server;
        options.poll = 20ms;
        return options;
    }
    void add_job(std::int64_t id, std::string kind, store::Payload payload = {}) {
        const rows::NewJob job{{id}, kAnn, std::move(kind), "", std::move(payload), from_millis(clock_)};
        ASSERT_TRUE(
            db().write_now([&](Tx& tx) -> Result<rows::JobId> { return rows::add(tx, job, job.run_at); }));
    }
    void push_mail(const std::string& key, const std::string& kind = "mail") {
        const outbox::Effect effect{kind, key, kAnn, {{"to", "ann@example.com"}}, from_millis(clock_)};
        ASSERT_TRUE(
            db().write_now([&](Tx& tx) -> Result<bool> { return outbox::push(tx, effect, effect.run_at); }));
    }
    rows::Job job(std::int64_t id) {
        return *db().read_now([&](Tx& tx) { return rows::find(tx, kAnn, {id}); });
    }
    /// Waits until the world is as wanted, ten seconds at most.
    template <class Condition>
    static bool eventually(Condition condition) {
        for (int i = 0; i < 1000; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
    void pass(std::chrono::milliseconds time) { clock_ += time.count(); }

    std::atomic<std::int64_t> clock_{1'700'000'000'000};
};
VV_ON_EACH_DATABASE(RunnerRuns);

TEST_P(RunnerRuns, EachJobByItsKindAndTellsHowFarItIs) {
    std::promise<std::string> path;
    Runner runner(db(), options());
    runner.on("import", [&](Database&, JobContext& context) -> Result<Done> {
        path.set_value(store::field(context.job().payload, "path"));
        context.report({5, 10, {{"people", 3}}});
        context.report({10, 10, {{"people", 4}}});
        return Done{};
    });
    runner.on("broken", [](Database&, JobContext&) -> Result<Done> {
        return Error(Fault::invalid, "import.broken", "a.csv, line 3: no such date.");
    });
    add_job(1, "import", {{"path", "a.zip"}});
    add_job(2, "broken");
    runner.start();
    EXPECT_EQ(path.get_future().get(), "a.zip");
    ASSERT_TRUE(eventually([&] { return job(1).state == rows::State::done; }));
    EXPECT_EQ(job(1).progress.done, 10);
    EXPECT_EQ(job(1).progress.found.at("people"), 4);
    ASSERT_TRUE(eventually([&] { return job(2).state == rows::State::failed; }));
    EXPECT_EQ(job(2).error_code, "import.broken");
    EXPECT_EQ(job(2).error_detail, "a.csv, line 3: no such date.");
    runner.stop();
    EXPECT_EQ(runner.counters().jobs_done, 1);
    EXPECT_EQ(runner.counters().jobs_failed, 1);
}

TEST_P(RunnerRuns, AJobAgainThatCouldNotReachTheWorldOrCrashed) {
    std::atomic<int> begun{0};
    Runner runner(db(), options());
    runner.on("import", [&](Database&, JobContext&) -> Result<Done> {
        ++begun;
        if (begun == 1) return Error(Fault::unavailable, "import.away");
        if (begun == 2) throw std::runtime_error("a bug");
        return Done{};
    });
    add_job(1, "import");
    runner.start();
    for (int attempt = 1; attempt <= 2; ++attempt) {
        ASSERT_TRUE(eventually([&] { return begun == attempt && job(1).state == rows::State::ready; }));
        pass(1min);
    }
    ASSERT_TRUE(eventually([&] { return job(1).state == rows::State::done; }));
    EXPECT_EQ(begun, 3);
}

TEST_P(RunnerRuns, AJobUntilItsOwnerCancelsIt) {
    std::promise<void> begun;
    Runner runner(db(), options());
    runner.on("import", [&](Database&, JobContext& context) -> Result<Done> {
        begun.set_value();
        while (true) {
            CHECK(context.go_on());
            std::this_thread::sleep_for(1ms);
        }
    });
    add_job(1, "import");
    runner.start();
    begun.get_future().wait();
    ASSERT_TRUE(
        db().write_now([&](Tx& tx) { return rows::request_cancel(tx, kAnn, {1}, from_millis(clock_)); }));
    EXPECT_TRUE(eventually([&] { return job(1).state == rows::State::cancelled; }));
    EXPECT_EQ(runner.counters().jobs_cancelled, 1);
}

TEST_P(RunnerRuns, AJobOnAfterARestart) {
    std::atomic<bool> may_end{false};
    std::atomic<int> begun{0};
    const auto handler = [&](Database&, JobContext& context) -> Result<Done> {
        ++begun;
        while (!may_end) {
            CHECK(context.go_on());
            std::this_thread::sleep_for(1ms);
        }
        return Done{};
    };
    add_job(1, "import");
    {
        Runner runner(db(), options());
        runner.on("import", handler);
        runner.start();
        ASSERT_TRUE(eventually([&] { return begun == 1; }));
    }
    EXPECT_EQ(job(1).state, rows::State::ready);
    may_end = true;
    Runner runner(db(), options());
    runner.on("import", handler);
    runner.start();
    EXPECT_TRUE(eventually([&] { return job(1).state == rows::State::done; }));
    EXPECT_EQ(begun, 2);
}

TEST_P(RunnerRuns, WhatADeadServerLeftBehind) {
    add_job(1, "import");
    const rows::Claim by_dead{"server/1/x", {"import"}, from_millis(clock_), system_now() + 1h, 1};
    ASSERT_TRUE(
        db().write_now([&](Tx& tx) -> Result<std::vector<rows::Job>> { return rows::claim(tx, by_dead); }));
    Runner runner(db(), options());
    runner.on("import", [](Database&, JobContext&) -> Result<Done> { return Done{}; });
    runner.start();
    EXPECT_TRUE(eventually([&] { return job(1).state == rows::State::done; }));
}

TEST_P(RunnerRuns, EachEffectOnce) {
    std::mutex mutex;
    std::multiset<std::string> delivered;
    Runner runner(db(), options());
    runner.on_effect("mail", [&](Database&, const outbox::Claimed& effect, Instant) -> Result<Done> {
        const std::lock_guard lock(mutex);
        delivered.insert(effect.key);
        return Done{};
    });
    runner.start();
    for (int i = 0; i < 100; ++i) push_mail("mail/" + std::to_string(i));
    runner.wake();
    ASSERT_TRUE(eventually([&] { return runner.counters().effects_delivered == 100; }));
    runner.stop();
    EXPECT_EQ(delivered.size(), 100U);
    EXPECT_EQ(std::set<std::string>(delivered.begin(), delivered.end()).size(), 100U);
    EXPECT_EQ(db().read_now(outbox::backlog)->waiting, 0);
}

TEST_P(RunnerRuns, AnEffectAgainUntilItIsTakenForDead) {
    std::atomic<int> tried{0};
    Runner runner(db(), options());
    runner.on_effect("mail", [&](Database&, const outbox::Claimed& effect, Instant) -> Result<Done> {
        if (effect.key == "refused") return Error(Fault::invalid, "mail.refused");
        ++tried;
        return Error(Fault::unavailable, "mail.away");
    });
    push_mail("refused");
    push_mail("away");
    runner.start();
    for (int attempt = 1; attempt <= outbox::kMostAttempts; ++attempt) {
        ASSERT_TRUE(eventually([&] { return tried == attempt; }));
        ASSERT_TRUE(eventually(
            [&] { return runner.counters().effects_retried + runner.counters().effects_dead > attempt; }));
        pass(9h);
    }
    ASSERT_TRUE(eventually([&] { return runner.counters().effects_dead == 2; }));
    EXPECT_EQ(tried, outbox::kMostAttempts);
    EXPECT_EQ(db().read_now(outbox::backlog)->dead, 2);
}

// Two archives, two servers that hang and a push service that does: what a person waits for goes on.
TEST_P(RunnerRuns, WhatIsSlowKeepsNothingElseWaiting) {
    std::promise<void> over;
    const std::shared_future<void> wait = over.get_future().share();
    std::atomic<int> hanging{0}, mails{0}, swept{0};
    const auto hang = [&] {
        ++hanging;
        wait.wait();
        return Done{};
    };
    Runner runner(db(), options());
    runner.on(
        "import", [&](Database&, JobContext&) -> Result<Done> { return hang(); }, Lane::imports);
    runner.on(
        "look", [&](Database&, JobContext&) -> Result<Done> { return hang(); }, Lane::outward);
    runner.on("alarm", [](Database&, JobContext&) -> Result<Done> { return Done{}; });
    runner.on_effect("push",
                     [&](Database&, const outbox::Claimed&, Instant) -> Result<Done> { return hang(); });
    runner.on_effect("mail", [&](Database&, const outbox::Claimed&, Instant) -> Result<Done> {
        ++mails;
        return Done{};
    });
    runner.every(
        "router", 1ms, [&](Database&, Instant) -> Result<Done> { return hang(); }, Lane::outward);
    runner.every("sweep", 1ms, [&](Database&, Instant) -> Result<Done> {
        ++swept;
        return Done{};
    });
    for (int i = 1; i <= 3; ++i) {
        add_job(i, "import");
        add_job(10 + i, "look");
    }
    push_mail("push/1", "push");
    runner.start();
    EXPECT_TRUE(eventually([&] { return hanging == 6; }));  // and one of each waits for a thread
    const int before = swept;
    EXPECT_TRUE(eventually([&] { return swept > before; }));
    add_job(20, "alarm");
    push_mail("mail/1");
    EXPECT_TRUE(eventually([&] { return job(20).state == rows::State::done && mails == 1; }));
    over.set_value();
}

TEST_P(RunnerRuns, SweepsAgainAndAgain) {
    std::atomic<int> swept{0};
    Runner runner(db(), options());
    runner.every("sweep", 1ms, [&](Database&, Instant) -> Result<Done> {
        ++swept;
        return Done{};
    });
    runner.start();
    EXPECT_TRUE(eventually([&] { return swept >= 3; }));
}

TEST_P(RunnerRuns, AJobHereThatOthersSeeAndNobodyTakes) {
    Runner server(db(), options());
    server.on("import",
              [](Database&, JobContext&) -> Result<Done> { return Error(Fault::invalid, "wrong.process"); });
    server.start();
    Runner command(db(), options(false));
    const auto home = std::this_thread::get_id();
    command.on("import", [&](Database&, JobContext& context) -> Result<Done> {
        EXPECT_EQ(std::this_thread::get_id(), home);
        context.report({1, 2, {}});
        server.wake();
        EXPECT_EQ(job(1).state, rows::State::running);
        EXPECT_EQ(job(1).progress.done, 1);
        return Done{};
    });
    std::int64_t told = 0;
    const rows::NewJob wanted{{1}, kAnn, "import", "", {}, from_millis(clock_)};
    EXPECT_TRUE(command.run_here(wanted, [&](const rows::Progress& progress) { told = progress.done; }));
    EXPECT_EQ(told, 1);
    EXPECT_EQ(job(1).state, rows::State::done);
}

TEST_P(RunnerRuns, AJobHereUntilItIsCancelled) {
    Runner command(db(), options(false));
    command.on("import", [&](Database&, JobContext& context) -> Result<Done> {
        command.cancel_here();
        return context.go_on();
    });
    const rows::NewJob wanted{{1}, kAnn, "import", "", {}, from_millis(clock_)};
    const auto done = command.run_here(wanted, nullptr);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "job.cancelled");
    EXPECT_EQ(job(1).state, rows::State::cancelled);
}

}  // namespace
}  // namespace vv::jobs
