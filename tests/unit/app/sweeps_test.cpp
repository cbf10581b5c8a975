#include "app/sweeps.h"

#include "app/throttles.h"
#include "store/accounts.h"
#include "store/sessions.h"
#include "store/tokens.h"
#include "world/databases.h"

#include <gtest/gtest.h>

namespace vv::app {
namespace {

using std::chrono::hours;
const Instant kNoon = from_millis(1'700'000'000'000);

class SweepAccounts : public world::ForEachDatabase {};
VV_ON_EACH_DATABASE(SweepAccounts);

TEST_P(SweepAccounts, ForgetsWhatIsOverAndNothingElse) {
    ASSERT_TRUE(db().write_now([](store::Tx& tx) -> Result<Done> {
        core::Account ann;
        ann.id = {1};
        ann.handle = "ann";
        ann.email = "ann@example.com";
        ann.full_name = "Ann";
        store::accounts::add(tx, ann, "");
        store::sessions::add(tx, {{1}, {1}, "", kNoon, kNoon, kNoon + hours(1)}, "short");
        store::sessions::add(tx, {{2}, {1}, "", kNoon, kNoon, kNoon + hours(3)}, "long");
        const auto link = [](std::int64_t id, Instant expires) {
            return store::tokens::Token{
                {id}, store::tokens::Purpose::invite, core::AccountId{1}, {}, kNoon, expires, {}};
        };
        store::tokens::add(tx, link(1, kNoon - hours(31 * 24)), "old");
        store::tokens::add(tx, link(2, kNoon - hours(1)), "young");
        for (int i = 0; i < 10; ++i) EXPECT_TRUE(count_try(tx, Throttle::sign_in_account, "ann", kNoon));

        CHECK(sweep_accounts(tx, kNoon + hours(2)));
        EXPECT_EQ(store::sessions::list(tx, {1}, kNoon).size(), 1U);
        EXPECT_EQ(store::tokens::invites(tx).size(), 1U);
        EXPECT_FALSE(count_try(tx, Throttle::sign_in_account, "ann", kNoon)) << "still counted";
        return Done{};
    }));
}

}  // namespace
}  // namespace vv::app
