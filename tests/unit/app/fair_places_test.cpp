#include "app/fair_places.h"

#include "app/accounts.h"
#include "app/encounters.h"
#include "app/people.h"
#include "app/venues.h"
#include "store/people.h"
#include "store/venues.h"
#include "world/databases.h"
#include "world/meetings.h"
#include "world/plans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace vv::app {
namespace {

using core::VenueKind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using world::as;
using world::kAnn;
using world::kBob;
using world::kMeiling;
using world::kNow;
namespace feature = core::venue_feature;
using Source = FairPlaceFound::Source;

constexpr LatLng kToronto{43.7, -79.4};  // as the bundled cities have it, nearly

class FairPlaces : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        world::add_people(db());
        ProfileChange change;
        change.home.emplace(core::Home{"Toronto", kToronto});
        ASSERT_TRUE(run(&change_profile, as(kAnn), change));
    }
    template <class T, class... Params, class... Args>
    Result<T> run(Result<T> (*use_case)(store::Tx&, Params...), Args... args) {
        return db().write_now([&](store::Tx& tx) { return use_case(tx, args...); });
    }
    core::PersonId add(const std::string& name, const std::string& city) {
        return run(&add_people, as(kAnn), std::vector{NewPerson{name, city, "", {}}}, &ids)->front().id;
    }
    core::PersonId add_at(const std::string& name, LatLng at) {
        core::Person person;
        person.id = {ids.next(kNow)};
        person.name = name;
        person.at = at;
        person.created_at = kNow;
        core::Identity identity;
        identity.id = {ids.next(kNow)};
        identity.key = to_string(identity.id);
        identity.attributes.name.full = name;
        EXPECT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::people::add(tx, kAnn, person);
            store::people::add_identity(tx, kAnn, person.id, identity);
            return Done{};
        }));
        return person.id;
    }
    void map(std::vector<store::venues::NewVenue> venues) {
        ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
            store::venues::write(tx, {"town", ++reading_}, venues, ids, kNow);
            return Done{};
        }));
    }
    static store::venues::NewVenue cafe(const std::string& name, LatLng at,
                                        std::uint32_t features = feature::is_public) {
        return {name, {name, VenueKind::cafe, "", at, features}};
    }
    Result<app::FairPlaces> seek(const FairPlaceWanted& wanted) {
        return db().read_now([&](store::Tx& tx) { return find_fair_places(tx, as(kAnn), wanted); });
    }
    std::vector<std::string> names(const FairPlaceWanted& wanted) {
        const auto found = seek(wanted);
        EXPECT_TRUE(found) << found.error().code;
        std::vector<std::string> all;
        if (found)
            for (const auto& place : found->places) all.push_back(place.entry.name);
        return all;
    }
    IdSource ids;

private:
    std::int64_t reading_ = 0;
};
VV_ON_EACH_DATABASE(FairPlaces);

TEST_P(FairPlaces, LieBetweenTheTwo) {
    const auto bea = add("Bea", "Toronto");
    map({cafe("Far", {43.9, -79.4}), cafe("Near", {43.71, -79.4}), cafe("Nearer", {43.7, -79.4})});
    FairPlaceWanted wanted;
    wanted.person = bea;
    wanted.limit = 2;
    wanted.from = LatLng{43.72, -79.4};
    const auto found = seek(wanted);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->knows_theirs);
    EXPECT_TRUE(found->is_first);
    EXPECT_EQ(found->with_name, "Bea");
    EXPECT_THAT(names(wanted), SizeIs(2));
    EXPECT_THAT(names(wanted), testing::Not(testing::Contains("Far")));
}

TEST_P(FairPlaces, TellTheOthersWayNoFinerThanTheirCell) {
    // Two people of one cell, whatever is known of each, look the same from anywhere.
    map({cafe("Luna", {43.68, -79.41}), cafe("Sol", {43.74, -79.36}), cafe("Mare", {43.66, -79.33})});
    const auto bea = add_at("Bea", {43.601, -79.301}), cem = add_at("Cem", {43.699, -79.399});
    for (const LatLng from : {LatLng{43.7, -79.4}, LatLng{43.61, -79.31}, LatLng{43.75, -79.5}}) {
        FairPlaceWanted to_bea, to_cem;
        to_bea.person = bea, to_cem.person = cem;
        to_bea.from = to_cem.from = from;
        const auto one = seek(to_bea), other = seek(to_cem);
        ASSERT_TRUE(one && other);
        ASSERT_EQ(one->places.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_EQ(one->places[i].id, other->places[i].id);
            EXPECT_EQ(one->places[i].their_minutes, other->places[i].their_minutes);
            EXPECT_EQ(*one->places[i].their_minutes % 5, 0);
        }
    }
}

TEST_P(FairPlaces, OfAFirstMeetingAreOpenToEverybody) {
    map({cafe("Luna", {43.75, -79.4})});
    VenueWanted home;
    home.entry = {"At home", VenueKind::cafe, "", kToronto, 0};
    home.has_place = true;
    ASSERT_TRUE(run(&save_venue, as(kAnn), std::optional<core::VenueId>(), home, &ids));
    FairPlaceWanted first, again;
    first.person = add_at("Bea", kToronto);
    again.person = add_at("Cem", kToronto);
    Claim claim;
    claim.person = *again.person;
    claim.start = kNow - std::chrono::hours(48);
    ASSERT_TRUE(run(&claim_encounter, as(kAnn), claim, &ids));
    EXPECT_THAT(names(first), ElementsAre("Luna"));
    EXPECT_THAT(names(again), testing::UnorderedElementsAre("At home", "Luna"));
}

TEST_P(FairPlaces, HaveWhatIsAskedFor) {
    map({cafe("Plain", kToronto),
         cafe("Quiet", kToronto, feature::is_public | feature::quiet),
         cafe("Ramp", kToronto, feature::is_public | feature::step_free | feature::outdoor),
         {"Park", {"Park", VenueKind::park, "", kToronto, feature::is_public | feature::outdoor}}});
    FairPlaceWanted wanted;
    wanted.quiet = true;
    EXPECT_THAT(names(wanted), ElementsAre("Quiet"));
    wanted.quiet = false, wanted.step_free = true;
    EXPECT_THAT(names(wanted), ElementsAre("Ramp"));
    wanted.step_free = false, wanted.outdoor = true, wanted.kind = core::MeetingKind::walk;
    EXPECT_THAT(names(wanted), ElementsAre("Park"));
    wanted.outdoor = false, wanted.kind = core::MeetingKind::coffee;
    EXPECT_THAT(names(wanted), SizeIs(3));
    wanted.quiet = wanted.step_free = true;
    EXPECT_THAT(names(wanted), IsEmpty());
}

TEST_P(FairPlaces, OfTwoSetsAreNamedOnce) {
    map({cafe("Luna", kToronto)});
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::venues::write(tx, {"country", 1}, std::vector{cafe("luna", {43.7003, -79.4})}, ids, kNow);
        return Done{};
    }));
    EXPECT_THAT(names({}), SizeIs(1));
}

TEST_P(FairPlaces, AreTheOwnersAloneWhereTheOwnerWroteThem) {
    VenueWanted mine;
    mine.entry = {"My corner", VenueKind::cafe, "", kToronto, feature::is_public};
    mine.has_place = true;
    ASSERT_TRUE(run(&save_venue, as(kBob), std::optional<core::VenueId>(), mine, &ids));
    EXPECT_THAT(names({}), IsEmpty());
    ASSERT_TRUE(run(&save_venue, as(kAnn), std::optional<core::VenueId>(), mine, &ids));
    const auto found = seek({});
    ASSERT_TRUE(found && found->places.size() == 1);
    EXPECT_EQ(found->places[0].source, Source::owner);
    EXPECT_EQ(found->places[0].their_minutes, std::nullopt);
}

TEST_P(FairPlaces, OfACityAreThereForBoth) {
    map({cafe("Here", kToronto), cafe("There", {45.5, -73.58})});
    FairPlaceWanted wanted;
    wanted.person = add("Bea", "Montreal");
    EXPECT_EQ(seek(wanted).error().code, "place.far");
    wanted.city = "Montreal";
    EXPECT_THAT(names(wanted), ElementsAre("There"));
    wanted.city = "Nowhere at all";
    EXPECT_EQ(seek(wanted).error().code, "place.city");
}

TEST_P(FairPlaces, NeedToKnowWhereTheOwnerComesFrom) {
    const auto of_bob = db().read_now([&](store::Tx& tx) { return find_fair_places(tx, as(kBob), {}); });
    EXPECT_EQ(of_bob.error().code, "place.home");
    FairPlaceWanted nobody;
    nobody.person = core::PersonId{999};
    EXPECT_EQ(seek(nobody).error().code, "person.unknown");
    FairPlaceWanted unknown;
    unknown.person = kMeiling;
    EXPECT_FALSE(seek(unknown)->knows_theirs);
}

TEST_P(FairPlaces, TakeAFewStatementsInALargeTown) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> spread(-0.3, 0.3);
    std::vector<store::venues::NewVenue> town;
    for (int i = 0; i < 5'000; ++i)
        town.push_back(cafe("Café " + std::to_string(i), {43.7 + spread(random), -79.4 + spread(random)}));
    map(town);
    FairPlaceWanted wanted;
    wanted.person = add("Bea", "Toronto");
    const auto before = db().statements();
    ASSERT_THAT(seek(wanted)->places, SizeIs(5));
    EXPECT_LT(db().statements() - before, 14U);
}

TEST_P(FairPlaces, OwnOnesAreKeptChangedAndRemoved) {
    VenueWanted wanted;
    wanted.entry = {"Luna\n", VenueKind::cafe, "Queen Street 1, Toronto", {}, feature::is_public};
    const auto made = run(&save_venue, as(kAnn), std::optional<core::VenueId>(), wanted, &ids);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->entry.name, "Luna");
    EXPECT_LT(distance_km(made->entry.at, kToronto), 20);
    wanted.entry.name = "Sol";
    ASSERT_TRUE(run(&save_venue, as(kAnn), std::optional(made->id), wanted, &ids));
    ASSERT_THAT(*run(&list_venues, as(kAnn)), SizeIs(1));
    EXPECT_EQ(run(&list_venues, as(kAnn))->front().entry.name, "Sol");
    EXPECT_EQ(run(&save_venue, as(kBob), std::optional(made->id), wanted, &ids).error().code,
              "venue.unknown");
    EXPECT_EQ(run(&remove_venue, as(kBob), made->id).error().code, "venue.unknown");
    wanted.entry.address = "somewhere";
    EXPECT_EQ(run(&save_venue, as(kAnn), std::optional<core::VenueId>(), wanted, &ids).error().code,
              "venue.where");
    ASSERT_TRUE(run(&remove_venue, as(kAnn), made->id));
    EXPECT_THAT(*run(&list_venues, as(kAnn)), IsEmpty());
}

}  // namespace
}  // namespace vv::app
