// Whom one trusts for having been introduced: the more people were met through them, and for nothing else.
#include "app/ties.h"
#include "core/ties.h"
#include "store/accounts.h"
#include "store/introductions.h"
#include "store/people.h"
#include "world/introductions.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace vv::api::visavis {
namespace {

using core::Consent;
using std::chrono::hours;

class BrokerTrust : public world::ForEachNetwork {
protected:
    core::AccountId account(const char* handle) {
        return *db().read_now([&](store::Tx& tx) -> Result<core::AccountId> {
            return store::accounts::find_by_handle(tx, handle)->id;
        });
    }
    // What the owner trusts cate, with everything summed up anew.
    double trust_of(const char* handle) {
        const core::AccountId owner = account(handle), broker = account("cate");
        return *db().write_now([&](store::Tx& tx) -> Result<double> {
            const core::PersonId person = *store::people::find_by_account(tx, owner, broker);
            app::refresh_ties(tx, owner, {person}, now);
            return store::people::find(tx, owner, person)->trust;
        });
    }
    // An introduction by cate as some history left it.
    store::introductions::Row row(core::AccountId asker, std::int64_t stranger) {
        store::introductions::Row made;
        made.introduction.id = {ids.next(now)};
        made.introduction.to_target = made.introduction.to_asker = "Meet";
        made.introduction.created_at = now - hours(24 * 30);
        made.introduction.expires_at = now - hours(24 * 16);
        made.broker = account("cate");
        made.asker = asker;
        made.target_identity = {stranger};
        made.target_name = "Somebody";
        return made;
    }
    void save(const store::introductions::Row& made) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::introductions::add(tx, made);
            store::introductions::save(tx, made);
            return Done{};
        }));
    }
};
VV_ON_EACH_DATABASE(BrokerTrust);

TEST_P(BrokerTrust, GrowsWithThoseMetAndNeverWithThoseSentOrDeclined) {
    std::mt19937 random(11);
    const auto chance = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
    const core::AccountId wims = account("wim");
    double before = trust_of("wim");
    EXPECT_EQ(before, 0);
    for (int round = 0; round < 8; ++round) {
        // Any number that came to nothing: asked, declined by either, taken back, run out, made and never
        // met.
        for (int i = chance(12); i-- > 0;) {
            auto vain = row(wims, ids.next(now));
            vain.introduction.asker_says = static_cast<Consent>(chance(4));
            vain.introduction.target_says = static_cast<Consent>(chance(4));
            vain.introduction.is_over = chance(2) == 0;
            if (chance(3) == 0) vain.introduction.made_at = now - hours(chance(600));
            if (chance(4) == 0) vain.asker = account("dora");
            save(vain);
        }
        EXPECT_EQ(trust_of("wim"), before) << "in round " << round;
        auto met = row(wims, ids.next(now));
        met.introduction.asker_says = met.introduction.target_says = Consent::yes;
        met.introduction.made_at = now - hours(24 * 20);
        met.introduction.met_at = now - hours(chance(400));
        save(met);
        const double after = trust_of("wim");
        EXPECT_GT(after, before);
        EXPECT_LT(after, 1);
        before = after;
        auto again = met;
        again.introduction.id = {ids.next(now)};
        save(again);
        EXPECT_EQ(trust_of("wim"), before) << "the same two once more are the same two";
    }
}

TEST_P(BrokerTrust, GrowsOnBothSidesOnceTheTwoHaveMet) {
    link("dora", "cate");
    EXPECT_EQ(trust_of("dora"), 0);
    auto met = row(account("wim"), ids.next(now));
    met.target = account("dora");
    met.introduction.asker_says = met.introduction.target_says = Consent::yes;
    met.introduction.made_at = now - hours(48);
    met.introduction.met_at = now;
    save(met);
    const double full = std::log1p(0.3) / (1 + std::log1p(0.3));
    EXPECT_NEAR(trust_of("wim"), full, 1e-9);
    EXPECT_NEAR(trust_of("dora"), full, 1e-9);
    now += hours(24 * 365);
    EXPECT_LT(trust_of("wim"), full) << "it fades like everything";
}

}  // namespace
}  // namespace vv::api::visavis
