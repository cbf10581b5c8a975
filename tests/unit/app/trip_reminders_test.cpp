// Reminders of trips that ties share: once, and only for as long as they are shared.
#include "app/accounts.h"
#include "app/blocks.h"
#include "app/links.h"
#include "app/reminders.h"
#include "app/reminders_making.h"
#include "app/trips.h"
#include "store/accounts.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using core::ReminderKind;
using std::chrono::days;
using std::chrono::hours;
using testing::IsEmpty;
using testing::SizeIs;
using world::as;
using world::kAnn;
using world::kBob;
using world::kNow;

class TripReminders : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        const auto linked = db().write_now([&](store::Tx& tx) -> Result<Done> {
            link_person(tx, kAnn, kBob, kNow, ids);
            link_person(tx, kBob, kAnn, kNow, ids);
            core::Account ann = *store::accounts::find(tx, kAnn);
            ann.home = core::Home{"Toronto", {43.65, -79.38}};
            store::accounts::save_profile(tx, ann);
            return Done{};
        });
        ASSERT_TRUE(linked.ok());
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    core::TripId go(core::AccountId who, const std::string& city, int from, int until) {
        TripWanted wanted;
        wanted.city = city;
        wanted.start = kNow + days(from);
        wanted.end = kNow + days(until);
        const auto view = run(&create_trip, as(who), wanted, &ids);
        EXPECT_TRUE(view.ok()) << view.error().code;
        return view->trip.id;
    }
    void share(core::TripId trip) { ASSERT_TRUE(run(&share_trip, as(kBob), trip, std::string("ann")).ok()); }
    /// Ann's, made this morning and open now.
    std::vector<OpenReminder> made_open() {
        const ReminderDesk desk{&ids, "https://visavis.example", ""};
        const auto made = db().write_now(
            [&](store::Tx& tx) { return make_reminders(tx, kAnn, "America/Toronto", desk, now); });
        EXPECT_TRUE(made.ok());
        return open();
    }
    std::vector<OpenReminder> open() {
        auto all = *run(&list_reminders, as(kAnn, now));
        std::erase_if(all, [](const OpenReminder& one) { return one.reminder.kind != ReminderKind::trip; });
        return all;
    }
    IdSource ids;
    Instant now = kNow;
};
VV_ON_EACH_DATABASE(TripReminders);

TEST_P(TripReminders, TellOnceOfASharedTripToOnesHome) {
    const auto trip = go(kBob, "Toronto", 10, 14);
    EXPECT_THAT(made_open(), IsEmpty()) << "it is his alone";
    share(trip);
    now += days(1);
    const auto made = made_open();
    ASSERT_THAT(made, SizeIs(1));
    EXPECT_EQ(made[0].person_name, "Bob Stone");
    EXPECT_EQ(made[0].reminder.why[0], "You live in Toronto.");
    EXPECT_THAT(made[0].snoozes, SizeIs(2));
    ASSERT_TRUE(run(&finish_reminder, as(kAnn, now), made[0].id).ok());
    for (int i = 0; i < 12; ++i) {
        now += days(1);
        EXPECT_THAT(made_open(), IsEmpty());
    }
}

TEST_P(TripReminders, TellOfATripThatMeetsOnesOwn) {
    share(go(kBob, "Lisbon", 10, 14));
    EXPECT_THAT(made_open(), IsEmpty());
    const auto own = go(kAnn, "Lisbon", 12, 16);
    now += days(1);
    const auto made = made_open();
    ASSERT_THAT(made, SizeIs(1));
    EXPECT_EQ(made[0].reminder.why[0].find("You will be there too"), 0U);
    ASSERT_TRUE(run(&remove_trip, as(kAnn, now), own).ok());
    EXPECT_THAT(open(), IsEmpty()) << "the owner goes nowhere";
}

TEST_P(TripReminders, GoWithTheSharing) {
    const auto trip = go(kBob, "Toronto", 10, 14);
    share(trip);
    EXPECT_THAT(made_open(), SizeIs(1));
    ASSERT_TRUE(run(&unshare_trip, as(kBob), trip, std::string("ann")).ok());
    EXPECT_THAT(open(), IsEmpty());
    share(trip);
    EXPECT_THAT(open(), SizeIs(1));
    ASSERT_TRUE(run(&block_handle, as(kBob), std::string("ann"), world::desk()).ok());
    EXPECT_THAT(open(), IsEmpty());
}

TEST_P(TripReminders, FollowATripThatIsMovedOrGivenUp) {
    const auto trip = go(kBob, "Toronto", 10, 14);
    share(trip);
    EXPECT_THAT(made_open(), SizeIs(1));
    TripChange change;
    change.trip = trip;
    change.start = kNow + days(11);
    ASSERT_TRUE(run(&change_trip, as(kBob), change).ok());
    EXPECT_THAT(open(), IsEmpty()) << "what it said is no longer so";
    now += days(1);
    EXPECT_THAT(made_open(), SizeIs(1)) << "and the new days are a new reason";
    ASSERT_TRUE(run(&remove_trip, as(kBob), trip).ok());
    EXPECT_THAT(open(), IsEmpty());
}

TEST_P(TripReminders, AreMutedByKindAndEndOnceSomethingIsProposed) {
    share(go(kBob, "Toronto", 10, 14));
    const auto made = made_open();
    ASSERT_THAT(made, SizeIs(1));
    ASSERT_TRUE(run(&propose_meeting, as(kAnn), world::to_bob()).ok());
    EXPECT_THAT(open(), IsEmpty()) << "he has been asked";
    ASSERT_TRUE(run(&mute_reminder_kind, as(kAnn), made[0].id).ok());
    share(go(kBob, "Toronto", 20, 24));
    now += days(8);
    EXPECT_THAT(made_open(), IsEmpty());
}

}  // namespace
}  // namespace vv::app
