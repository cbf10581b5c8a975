#include "store/jobs.h"

#include "store/statements.h"
#include "world/databases.h"

namespace vv::store::jobs {
namespace {

constexpr core::AccountId kAnn{7};
const Instant kNow = from_millis(1'000'000);
const Instant kLease = from_millis(5'000'000);

class JobRows : public world::ForEachDatabase {
protected:
    JobId add_job(std::int64_t id, std::string kind, std::string key, Instant run_at, Payload payload = {},
                  core::AccountId owner = kAnn) {
        const NewJob job{{id}, owner, std::move(kind), std::move(key), std::move(payload), run_at};
        return *db().write_now([&](Tx& tx) -> Result<JobId> { return add(tx, job, kNow); });
    }
    std::vector<Job> claim_as(const std::string& claimer, Instant now = kNow, int limit = 10) {
        const Claim wanted{claimer, {"import", "sweep"}, now, kLease, limit};
        return *db().write_now([&](Tx& tx) -> Result<std::vector<Job>> { return claim(tx, wanted); });
    }
    Job job(std::int64_t id) {
        return *db().read_now([&](Tx& tx) { return find(tx, kAnn, {id}); });
    }
    bool end(std::int64_t id, const std::string& claimer, const Ending& ending) {
        return *db().write_now(
            [&](Tx& tx) -> Result<bool> { return finish(tx, kAnn, {id}, claimer, ending, kNow); });
    }
};
VV_ON_EACH_DATABASE(JobRows);

TEST_P(JobRows, AreClaimedOnceOldestFirst) {
    add_job(2, "import", "", kNow, {{"path", "a \"b\"\n.zip"}});
    add_job(1, "sweep", "", kNow - std::chrono::seconds(1));
    add_job(3, "import", "", kNow + std::chrono::seconds(1));
    add_job(4, "other", "", kNow);
    EXPECT_TRUE(*db().read_now([](Tx& tx) { return is_due(tx, {"import"}, kNow); }));
    const auto claimed = claim_as("server/1");
    ASSERT_EQ(claimed.size(), 2U);
    EXPECT_EQ(claimed[0].id.value, 1);
    EXPECT_EQ(claimed[1].id.value, 2);
    EXPECT_EQ(field(claimed[1].payload, "path"), "a \"b\"\n.zip");
    EXPECT_EQ(claimed[1].attempts, 1);
    EXPECT_EQ(claimed[1].state, State::running);
    EXPECT_TRUE(claim_as("server/2").empty());
    EXPECT_FALSE(*db().read_now([](Tx& tx) { return is_due(tx, {"import"}, kNow); }));
}

// One account with many that take long leaves threads for everybody else.
TEST_P(JobRows, OfAnOwnerWithOneAtWorkComeAfterOthers) {
    for (const std::int64_t id : {1, 2, 3}) add_job(id, "import", std::to_string(id), kNow);
    add_job(4, "sweep", "", kNow, {}, core::AccountId{8});
    std::vector<std::int64_t> order;
    for (int i = 0; i < 5; ++i)
        for (const Job& one : claim_as("server/1", kNow + std::chrono::seconds(i), 1))
            order.push_back(one.id.value);
    EXPECT_EQ(order, (std::vector<std::int64_t>{1, 4, 2, 3}));
}

TEST_P(JobRows, OfOneKeyWaitOnceAndMove) {
    EXPECT_EQ(add_job(1, "sweep", "meeting/5", kNow + std::chrono::hours(1), {{"a", "1"}}).value, 1);
    EXPECT_EQ(add_job(2, "sweep", "meeting/5", kNow, {{"a", "2"}}).value, 1);
    const auto claimed = claim_as("server/1");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(field(claimed[0].payload, "a"), "2");
    // While it runs, the same key may wait again; then the one that runs need not.
    EXPECT_EQ(add_job(3, "sweep", "meeting/5", kNow).value, 3);
    EXPECT_TRUE(end(1, "server/1", {State::ready, "x", "y", kNow}));
    EXPECT_EQ(job(1).state, State::done);
    EXPECT_EQ(job(3).state, State::ready);
}

TEST_P(JobRows, CanBeWithdrawnWhileTheyWait) {
    add_job(1, "sweep", "meeting/5", kNow);
    const auto take_back = [](Tx& tx) -> Result<bool> { return withdraw(tx, kAnn, "sweep", "meeting/5"); };
    EXPECT_TRUE(*db().write_now(take_back));
    EXPECT_FALSE(*db().write_now(take_back));
    EXPECT_TRUE(claim_as("server/1").empty());
}

TEST_P(JobRows, TellHowFarTheyAreAndEnd) {
    add_job(1, "import", "", kNow);
    claim_as("server/1");
    const Progress progress{5, 10, {{"people", 3}}};
    EXPECT_TRUE(
        *db().write_now([&](Tx& tx) -> Result<bool> { return report(tx, kAnn, {1}, "server/1", progress); }));
    EXPECT_FALSE(
        *db().write_now([&](Tx& tx) -> Result<bool> { return report(tx, kAnn, {1}, "server/2", progress); }));
    EXPECT_EQ(job(1).progress.found.at("people"), 3);
    EXPECT_EQ(job(1).progress.done, 5);
    EXPECT_FALSE(end(1, "server/2", {State::done, "", "", kNow}));
    EXPECT_TRUE(end(1, "server/1", {State::failed, "import.broken", "a.csv, line 3", kNow}));
    EXPECT_EQ(job(1).state, State::failed);
    EXPECT_EQ(job(1).error_code, "import.broken");
    EXPECT_EQ(job(1).finished_at, kNow);
    EXPECT_FALSE(end(1, "server/1", {State::done, "", "", kNow}));
}

TEST_P(JobRows, AreCancelledAtOnceWhileTheyWaitAndByRequestWhileTheyRun) {
    add_job(1, "import", "", kNow);
    add_job(2, "import", "", kNow + std::chrono::hours(1));
    claim_as("server/1");
    const auto cancel = [this](std::int64_t id) {
        return *db().write_now([&](Tx& tx) { return request_cancel(tx, kAnn, {id}, kNow); });
    };
    EXPECT_EQ(cancel(2).state, State::cancelled);
    EXPECT_EQ(cancel(1).state, State::running);
    const auto running =
        *db().write_now([](Tx& tx) -> Result<std::vector<Running>> { return renew(tx, "server/1", kLease); });
    ASSERT_EQ(running.size(), 1U);
    EXPECT_TRUE(running[0].cancel_requested);
    const auto unknown = db().write_now([](Tx& tx) { return request_cancel(tx, kAnn, {99}, kNow); });
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "job.unknown");
}

TEST_P(JobRows, OfDeadProcessesAreReadyAgain) {
    const auto recover_as = [this](const std::string& claimer, Instant machine_now) {
        return *db().write_now(
            [&](Tx& tx) -> Result<std::int64_t> { return recover(tx, claimer, machine_now); });
    };
    add_job(1, "import", "", kNow);
    claim_as("command/1");
    add_job(2, "import", "", kNow);
    claim_as("server/1");
    EXPECT_EQ(recover_as("server/1", kNow), 0);
    EXPECT_EQ(recover_as("server/2", kNow), 1);
    EXPECT_EQ(job(1).state, State::running);
    EXPECT_EQ(job(2).state, State::ready);
    EXPECT_EQ(recover_as("server/2", kLease + std::chrono::seconds(1)), 1);
    EXPECT_EQ(job(1).state, State::ready);
    EXPECT_EQ(claim_as("server/2")[0].attempts, 2);
}

TEST_P(JobRows, ThatAreOverAreForgottenLater) {
    add_job(1, "import", "", kNow);
    add_job(2, "import", "", kNow + std::chrono::hours(1));
    claim_as("server/1");
    end(1, "server/1", {State::done, "", "", kNow});
    const auto purge_before = [this](Instant before) {
        return *db().write_now([&](Tx& tx) -> Result<std::int64_t> { return purge(tx, before); });
    };
    EXPECT_EQ(purge_before(kNow), 0);
    EXPECT_EQ(purge_before(kNow + std::chrono::seconds(1)), 1);
    const auto left =
        *db().read_now([](Tx& tx) -> Result<std::vector<Job>> { return list(tx, kAnn, "import", 10); });
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].id.value, 2);
    const auto counted = *db().read_now(backlog);
    EXPECT_EQ(counted.waiting, 1);
    EXPECT_EQ(counted.running, 0);
}

}  // namespace
}  // namespace vv::store::jobs
