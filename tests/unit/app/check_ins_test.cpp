#include "app/check_ins.h"

#include "app/accounts.h"
#include "app/blocks.h"
#include "app/free_to_meet.h"
#include "app/links.h"
#include "app/people_lists.h"
#include "store/accounts.h"
#include "store/people_lists.h"
#include "world/databases.h"
#include "world/meetings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using world::as;
using world::kAnn;
using world::kBob;
using world::kNow;

constexpr LatLng kHere{43.65, -79.38}, kFar{48.85, 2.35};
constexpr core::AccountId kCem{9};

core::Circles acquaintances() {
    core::Circles circles;
    circles.relations = {core::Relation::acquaintance};
    return circles;
}

// Ann, Bob and Cem know each other: acquaintances, and linked.
class CheckIns : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            core::Account cem;
            cem.id = kCem;
            cem.handle = "cem";
            cem.full_name = "Cem Kaya";
            cem.email = "cem@example.com";
            cem.zone = *Zone::find("America/Toronto");
            cem.created_at = kNow;
            store::accounts::add(tx, cem, "$hash");
            for (const auto a : {kAnn, kBob, kCem})
                for (const auto b : {kAnn, kBob, kCem})
                    if (a != b) link_person(tx, a, b, kNow, ids);
            return Done{};
        }));
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    Result<Here> check_in_as(core::AccountId who, LatLng at = kHere, core::Circles circles = acquaintances(),
                             Instant now = kNow) {
        CheckInWanted wanted;
        wanted.check_in.at = at;
        wanted.circles = std::move(circles);
        return run(&check_in, as(who, now), wanted, &ids);
    }
    Here look(core::AccountId who, Instant now = kNow) { return *run(&look_around, as(who, now)); }
    core::PersonId person_of(core::AccountId owner, const std::string& handle) {
        const Here here = look(owner);
        for (const auto& one : here.others)
            if (one.who.handle == handle) return one.who.person.value_or(core::PersonId{});
        ADD_FAILURE() << handle << " is not shown";
        return {};
    }
    void want_nearby(core::AccountId who) {
        ASSERT_TRUE(run(&set_nearby_circles, as(who), std::optional(acquaintances())));
    }
    void live(core::AccountId who, LatLng at) {
        ProfileChange change;
        change.home.emplace(core::Home{"", at});
        ASSERT_TRUE(run(&change_profile, as(who), change));
    }
    Result<FreeToMeet> free_as(core::AccountId who, LatLng at = kHere, int from = 20, int to = 23,
                               core::Circles circles = acquaintances()) {
        FreeWindowWanted wanted;
        wanted.window.when = {kNow + hours(from), kNow + hours(to)};
        wanted.window.at = at;
        wanted.circles = std::move(circles);
        wanted.desk = world::desk();
        return run(&be_free_to_meet, as(who), wanted);
    }
    FreeToMeet free(core::AccountId who, Instant now = kNow) { return *run(&free_to_meet, as(who, now)); }
    IdSource ids;
};
VV_ON_EACH_DATABASE(CheckIns);

TEST_P(CheckIns, AreShownToWhomTheOwnerChoseAndGoByThemselves) {
    ASSERT_TRUE(check_in_as(kAnn));
    const Here seen = look(kBob);
    ASSERT_THAT(seen.others, SizeIs(1));
    EXPECT_EQ(seen.others[0].who.handle, "ann");
    EXPECT_TRUE(seen.others[0].who.person);
    EXPECT_EQ(seen.others[0].check_in.at, snap_to_cell(kHere));
    EXPECT_EQ(seen.others[0].check_in.place, "Toronto");
    EXPECT_THAT(look(kAnn).mine->shown_to, SizeIs(2));
    EXPECT_THAT(look(kBob, kNow + minutes(61)).others, IsEmpty());
    EXPECT_FALSE(look(kAnn, kNow + minutes(61)).mine);
}

TEST_P(CheckIns, GoToOneOrToAListOnly) {
    ASSERT_TRUE(check_in_as(kBob));
    const auto bob = person_of(kAnn, "bob");
    core::Circles one;
    one.people = {bob};
    ASSERT_TRUE(check_in_as(kAnn, kHere, one));
    EXPECT_THAT(look(kBob).others, SizeIs(1));
    EXPECT_THAT(look(kCem).others, SizeIs(1));  // Bob's alone
    const auto list = run(&save_list, as(kAnn), std::optional<core::ListId>(), ListWanted{"Close", ""}, &ids);
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::people_lists::replace_members(tx, kAnn, std::vector{bob}, {{bob, list->id}});
        return Done{};
    }));
    core::Circles close;
    close.lists = {list->id};
    ASSERT_TRUE(check_in_as(kAnn, kHere, close));
    EXPECT_THAT(look(kBob).others, SizeIs(1));
    EXPECT_THAT(look(kCem).others, SizeIs(1));
}

TEST_P(CheckIns, NeedSomebodyToSeeThem) {
    core::Circles none, friends, strange;
    friends.relations = {core::Relation::friend_};
    strange.lists = {{4711}};
    EXPECT_EQ(check_in_as(kAnn, kHere, none).error().code, "circles.empty");
    EXPECT_EQ(check_in_as(kAnn, kHere, friends).error().code, "circles.nobody");
    EXPECT_EQ(check_in_as(kAnn, kHere, strange).error().code, "circles.list");
    const auto search =
        run(&save_list, as(kAnn), std::optional<core::ListId>(), ListWanted{"Searched", "stage=met"}, &ids);
    strange.lists = {search->id};
    EXPECT_EQ(check_in_as(kAnn, kHere, strange).error().code, "circles.list");
    EXPECT_FALSE(look(kAnn).mine);
}

TEST_P(CheckIns, ReplaceOneAnotherAndCanBeTakenBack) {
    ASSERT_TRUE(check_in_as(kAnn));
    ASSERT_TRUE(check_in_as(kAnn, kFar));
    ASSERT_THAT(look(kBob).others, SizeIs(1));
    EXPECT_EQ(look(kBob).others[0].check_in.at, snap_to_cell(kFar));
    ASSERT_TRUE(run(&check_out, as(kAnn)));
    ASSERT_TRUE(run(&check_out, as(kAnn)));
    EXPECT_THAT(look(kBob).others, IsEmpty());
}

TEST_P(CheckIns, AreHiddenByABlockWhichDoesNotShow) {
    ASSERT_TRUE(run(&block_account, as(kBob), kAnn, world::desk()));
    ASSERT_TRUE(check_in_as(kAnn));
    EXPECT_THAT(look(kBob).others, IsEmpty());
    EXPECT_THAT(look(kAnn).mine->shown_to, SizeIs(2));  // to Ann it looks like nothing
    ASSERT_TRUE(check_in_as(kCem));
    ASSERT_TRUE(check_in_as(kBob, kHere, acquaintances()));
    EXPECT_THAT(look(kAnn).others, SizeIs(1));  // Cem's
}

TEST_P(CheckIns, AreDeletedOnceTheyAreOver) {
    ASSERT_TRUE(check_in_as(kAnn));
    ASSERT_TRUE(free_as(kAnn, kHere, 1, 2));
    ASSERT_TRUE(run(&sweep_check_ins, kNow + minutes(59)));
    EXPECT_TRUE(look(kAnn).mine);
    ASSERT_TRUE(run(&sweep_check_ins, kNow + hours(3)));
    EXPECT_FALSE(look(kAnn, kNow).mine);  // even for a clock that goes wrong
    EXPECT_THAT(free(kAnn, kNow).mine, IsEmpty());
}

TEST_P(CheckIns, TellBothWhoAreNearOnce) {
    for (const auto who : {kAnn, kBob}) want_nearby(who);
    live(kBob, kHere);
    ASSERT_TRUE(check_in_as(kAnn));
    const Here ann = look(kAnn), bob = look(kBob);
    ASSERT_THAT(ann.notes, SizeIs(1));
    ASSERT_THAT(bob.notes, SizeIs(1));
    EXPECT_EQ(ann.notes[0].who.handle, "bob");
    EXPECT_FALSE(ann.notes[0].is_theirs);
    EXPECT_EQ(bob.notes[0].who.handle, "ann");
    EXPECT_TRUE(bob.notes[0].is_theirs);
    EXPECT_THAT(look(kCem).notes, IsEmpty());
    ASSERT_TRUE(run(&see_nearby_note, as(kBob), std::string("ann")));
    ASSERT_TRUE(check_in_as(kAnn));
    EXPECT_THAT(look(kBob).notes, IsEmpty());  // once is enough
    ASSERT_TRUE(check_in_as(kAnn, kHere, acquaintances(), kNow + hours(13)));
    EXPECT_THAT(look(kBob, kNow + hours(13)).notes, SizeIs(1));
}

TEST_P(CheckIns, TellNobodyUnlessBothWantIt) {
    live(kBob, kHere);
    want_nearby(kAnn);
    ASSERT_TRUE(check_in_as(kAnn));
    EXPECT_THAT(look(kAnn).notes, IsEmpty());
    EXPECT_THAT(look(kBob).notes, IsEmpty());
    want_nearby(kBob);
    core::Circles friends;
    friends.relations = {core::Relation::friend_};
    ASSERT_TRUE(run(&set_nearby_circles, as(kAnn), std::optional(friends)));  // Bob is none
    ASSERT_TRUE(check_in_as(kAnn));
    EXPECT_THAT(look(kAnn).notes, IsEmpty());
    EXPECT_THAT(look(kBob).notes, IsEmpty());
}

TEST_P(CheckIns, TellNobodyFarAwayOrBlocked) {
    for (const auto who : {kAnn, kBob, kCem}) want_nearby(who);
    live(kBob, kFar);
    live(kCem, kHere);
    ASSERT_TRUE(run(&block_account, as(kCem), kAnn, world::desk()));
    ASSERT_TRUE(check_in_as(kAnn));
    EXPECT_THAT(look(kAnn).notes, IsEmpty());
    EXPECT_THAT(look(kBob).notes, IsEmpty());
    EXPECT_THAT(look(kCem).notes, IsEmpty());
    // Where Bob says to be counts more than where he lives, if he lets Ann see it.
    ASSERT_TRUE(check_in_as(kBob, kHere));
    EXPECT_THAT(look(kBob).notes, SizeIs(2));  // Ann, who is here, and Cem, who lives here
    EXPECT_THAT(look(kAnn).notes, SizeIs(1));
}

TEST_P(CheckIns, TakeTheirNotesAlong) {
    for (const auto who : {kAnn, kBob}) want_nearby(who);
    live(kBob, kHere);
    ASSERT_TRUE(check_in_as(kAnn));
    ASSERT_TRUE(run(&check_out, as(kAnn)));
    EXPECT_THAT(look(kAnn).notes, IsEmpty());
    EXPECT_THAT(look(kBob).notes, IsEmpty());
}

TEST_P(CheckIns, TellTheSameFromAnywhereWithinACell) {
    for (const auto who : {kAnn, kBob}) want_nearby(who);
    live(kBob, kHere);
    Instant now = kNow;
    for (const LatLng at : {LatLng{43.601, -79.301}, LatLng{43.699, -79.399}, LatLng{43.65, -79.35}}) {
        now += hours(13);
        ASSERT_TRUE(check_in_as(kAnn, at, acquaintances(), now));
        EXPECT_THAT(look(kAnn, now).notes, SizeIs(1));
        EXPECT_EQ(look(kBob, now).others.at(0).check_in.at, (snap_to_cell({43.65, -79.35})));
    }
}

class FreeToMeetTest : public CheckIns {};
VV_ON_EACH_DATABASE(FreeToMeetTest);

TEST_P(FreeToMeetTest, TellsTheTwoWhoseWindowsOverlap) {
    ASSERT_TRUE(free_as(kAnn, kHere, 20, 23));
    world::take_mails(db());
    ASSERT_TRUE(free_as(kBob, kHere, 22, 25));
    const FreeToMeet ann = free(kAnn), bob = free(kBob);
    ASSERT_THAT(ann.mine, SizeIs(1));
    ASSERT_THAT(ann.mine[0].overlaps, SizeIs(1));
    EXPECT_EQ(ann.mine[0].overlaps[0].who.handle, "bob");
    EXPECT_EQ(ann.mine[0].overlaps[0].when.start, kNow + hours(22));
    EXPECT_EQ(ann.mine[0].overlaps[0].when.end, kNow + hours(23));
    ASSERT_THAT(bob.mine.at(0).overlaps, SizeIs(1));
    const auto mails = world::take_mails(db());
    ASSERT_THAT(mails, SizeIs(2));
    EXPECT_THAT(mails[0].text + mails[1].text, HasSubstr("Bob Stone and you are both free"));
    EXPECT_THAT(mails[0].text + mails[1].text, HasSubstr("Ann Lee and you are both free"));
}

TEST_P(FreeToMeetTest, TellsNobodyElse) {
    ASSERT_TRUE(free_as(kBob));
    core::Circles only_bob;
    ASSERT_THAT(free(kAnn).shown, SizeIs(1));
    only_bob.people = {*free(kAnn).shown[0].who.person};
    ASSERT_TRUE(free_as(kAnn, kHere, 20, 23, only_bob));
    ASSERT_TRUE(free_as(kCem));
    // Cem sees Bob's window, overlaps with it, and learns nothing of Ann.
    ASSERT_THAT(free(kCem).shown, SizeIs(1));
    ASSERT_THAT(free(kCem).mine.at(0).overlaps, SizeIs(1));
    EXPECT_EQ(free(kCem).mine[0].overlaps[0].who.handle, "bob");
    // Ann sees Cem's, but did not show hers: no overlap on either side.
    ASSERT_THAT(free(kAnn).shown, SizeIs(2));
    EXPECT_THAT(free(kAnn).mine.at(0).overlaps, SizeIs(1));
}

TEST_P(FreeToMeetTest, ShowsNeitherBlockedNorOver) {
    ASSERT_TRUE(free_as(kAnn));
    ASSERT_TRUE(free_as(kBob));
    ASSERT_TRUE(run(&block_account, as(kBob), kAnn, world::desk()));
    for (const auto who : {kAnn, kBob}) {
        EXPECT_THAT(free(who).shown, IsEmpty());
        EXPECT_THAT(free(who).mine.at(0).overlaps, IsEmpty());
    }
    EXPECT_THAT(free(kCem).shown, SizeIs(2));
    EXPECT_THAT(free(kCem, kNow + hours(23)).shown, IsEmpty());
}

TEST_P(FreeToMeetTest, GoesByTimeNeverByDistance) {
    ASSERT_TRUE(free_as(kBob, kHere, 22, 23));
    ASSERT_TRUE(free_as(kBob, kFar, 20, 21));
    const auto shown = free(kAnn).shown;
    ASSERT_THAT(shown, SizeIs(2));
    EXPECT_EQ(shown[0].window.at, snap_to_cell(kFar));
}

TEST_P(FreeToMeetTest, IsTakenBackAndLimited) {
    ASSERT_TRUE(free_as(kAnn));
    const auto id = free(kAnn).mine.at(0).window.window.id;
    EXPECT_EQ(run(&remove_free_window, as(kBob), id).error().code, "free_to_meet.unknown");
    ASSERT_TRUE(run(&remove_free_window, as(kAnn), id));
    EXPECT_THAT(free(kBob).shown, IsEmpty());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(free_as(kAnn));
    EXPECT_EQ(free_as(kAnn).error().code, "free_to_meet.many");
}

}  // namespace
}  // namespace vv::app
