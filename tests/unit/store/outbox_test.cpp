#include "store/outbox.h"

#include "world/databases.h"

namespace vv::store::outbox {
namespace {

const Instant kNow = from_millis(1'000'000);
const Instant kLease = from_millis(5'000'000);

class OutboxRows : public world::ForEachDatabase {
protected:
    bool push_mail(std::string key, Instant run_at = kNow) {
        const Effect effect{"mail", std::move(key), {7}, {{"to", "ann@example.com"}}, run_at};
        return *db().write_now([&](Tx& tx) -> Result<bool> { return push(tx, effect, kNow); });
    }
    std::vector<Claimed> claim_as(const std::string& claimer, Instant now = kNow, int limit = 10) {
        const Claim wanted{claimer, {"mail"}, now, kLease, limit};
        return *db().write_now([&](Tx& tx) -> Result<std::vector<Claimed>> { return claim(tx, wanted); });
    }
    void note(std::string_view key, std::string_view claimer, Outcome outcome, Instant run_at = kNow) {
        ASSERT_TRUE(db().write_now([&](Tx& tx) -> Result<Done> {
            settle(tx, key, claimer, outcome, "mail.refused", kNow, run_at);
            return Done{};
        }));
    }
};
VV_ON_EACH_DATABASE(OutboxRows);

TEST_P(OutboxRows, OfOneKeyAreOneEffect) {
    EXPECT_TRUE(push_mail("meeting/1/invited"));
    EXPECT_FALSE(push_mail("meeting/1/invited"));
    const auto claimed = claim_as("server/1");
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(field(claimed[0].payload, "to"), "ann@example.com");
    note("meeting/1/invited", "server/1", Outcome::delivered);
    EXPECT_FALSE(push_mail("meeting/1/invited"));
    EXPECT_TRUE(claim_as("server/1").empty());
}

TEST_P(OutboxRows, AreTakenInBatchesByTime) {
    push_mail("c", kNow - std::chrono::seconds(3));
    push_mail("a", kNow - std::chrono::seconds(1));
    push_mail("b", kNow - std::chrono::seconds(2));
    push_mail("d", kNow + std::chrono::seconds(1));
    const auto first = claim_as("server/1", kNow, 2);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].key, "c");
    EXPECT_EQ(first[1].key, "b");
    const auto second = claim_as("server/2", kNow, 2);
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].key, "a");
}

TEST_P(OutboxRows, AreTriedAgainWhenTheyFailedAndForgetTheirPayloadWhenDead) {
    push_mail("a");
    claim_as("server/1");
    note("a", "server/1", Outcome::retry, kNow + std::chrono::minutes(1));
    EXPECT_TRUE(claim_as("server/1").empty());
    const auto again = claim_as("server/1", kNow + std::chrono::minutes(1));
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].attempts, 2);
    EXPECT_EQ(field(again[0].payload, "to"), "ann@example.com");
    note("a", "server/2", Outcome::dead);  // not its own: nothing happens
    EXPECT_EQ(db().read_now(backlog)->dead, 0);
    note("a", "server/1", Outcome::dead);
    EXPECT_EQ(db().read_now(backlog)->dead, 1);
    EXPECT_TRUE(claim_as("server/1", kNow + std::chrono::hours(99)).empty());
}

TEST_P(OutboxRows, OfDeadProcessesAreReadyAgain) {
    push_mail("a");
    claim_as("command/1");
    const auto recover_at = [this](Instant machine_now) {
        return *db().write_now(
            [&](Tx& tx) -> Result<std::int64_t> { return recover(tx, "server/2", machine_now); });
    };
    EXPECT_EQ(recover_at(kLease), 0);
    EXPECT_EQ(recover_at(kLease + std::chrono::seconds(1)), 1);
    EXPECT_EQ(claim_as("server/2").size(), 1U);
}

TEST_P(OutboxRows, CanBeTakenBackWhileTheyWait) {
    push_mail("a");
    const auto take_back = [](Tx& tx) -> Result<bool> { return withdraw(tx, "a"); };
    EXPECT_TRUE(*db().write_now(take_back));
    EXPECT_FALSE(*db().write_now(take_back));
    EXPECT_TRUE(push_mail("a"));
    claim_as("server/1");
    EXPECT_FALSE(*db().write_now(take_back));
}

TEST(Backoff, DoublesUpToSixHoursAndSpreads) {
    using std::chrono::seconds;
    EXPECT_EQ(backoff(1, 0), seconds(10));
    EXPECT_EQ(backoff(2, 0), seconds(20));
    EXPECT_EQ(backoff(3, 1), seconds(48));
    EXPECT_EQ(backoff(100, 0), std::chrono::hours(6));
}

}  // namespace
}  // namespace vv::store::outbox
