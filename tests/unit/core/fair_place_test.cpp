#include "core/fair_place.h"

#include "core/trips/random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <tuple>

namespace vv::core {
namespace {

constexpr TravelMode kModes[] = {TravelMode::foot, TravelMode::bicycle, TravelMode::transit, TravelMode::car};

// Around a town, or anywhere on the earth, the date line and the poles among it.
LatLng somewhere(trips::Random& random, bool anywhere) {
    if (anywhere) return {180 * random.unit() - 90, 360 * random.unit() - 180};
    return {48.8 + random.unit() / 5, 2.2 + random.unit() / 4};
}

std::vector<FairPlace> by_trying(const std::vector<Venue>& venues, std::span<const Traveller> travellers,
                                 VenueFilter filter, std::size_t limit) {
    std::vector<FairPlace> out;
    for (std::size_t i = 0; i < venues.size(); ++i) {
        const std::uint32_t has = venues[i].features;
        if ((has & filter.all_of) != filter.all_of || (filter.any_of != 0 && (has & filter.any_of) == 0))
            continue;
        FairPlace place = ways_to(venues[i].at, travellers);
        place.venue = i;
        out.push_back(place);
    }
    std::ranges::sort(
        out, {}, [](const FairPlace& p) { return std::tuple(p.longest_minutes, p.total_minutes, p.venue); });
    out.resize(std::min(out.size(), limit));
    return out;
}

TEST(FairPlace, IsTheOneFoundByTryingAll) {
    trips::Random random(1);
    for (int round = 0; round < 300; ++round) {
        const bool anywhere = round % 3 == 0;
        std::vector<Venue> venues(static_cast<std::size_t>(1 + random.below(400)));
        for (Venue& v : venues)
            v = {somewhere(random, anywhere), static_cast<std::uint32_t>(random.below(16))};
        if (venues.size() > 10) venues[7] = venues[3];  // two in one house
        std::vector<Traveller> travellers(
            static_cast<std::size_t>(1 + random.below(round % 5 == 0 ? 50 : 8)));
        for (Traveller& t : travellers) t = {somewhere(random, anywhere), kModes[random.below(4)]};
        const VenueFilter filter{static_cast<std::uint32_t>(random.below(4)),
                                 static_cast<std::uint32_t>(random.below(3) * 4)};
        const auto limit = static_cast<std::size_t>(1 + random.below(6));
        const auto found = VenueIndex(venues).fair_places(travellers, filter, limit);
        ASSERT_TRUE(found);
        EXPECT_EQ(*found, by_trying(venues, travellers, filter, limit)) << "round " << round;
    }
}

TEST(FairPlace, LongestWayBeforeTheSum) {
    // Two at the ends of a street: the middle is fair, though the end makes the sum no longer.
    const std::vector<Venue> venues{{{0, 0}, 1}, {{0, 0.05}, 1}, {{0, 0.1}, 1}};
    const std::vector<Traveller> two{{{0, 0}, TravelMode::foot}, {{0, 0.1}, TravelMode::foot}};
    const auto found = VenueIndex(venues).fair_places(two, {}, 1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->at(0).venue, 1U);
}

TEST(FairPlace, NothingPassesOrNothingIsThere) {
    const std::vector<Venue> venues{
        {{0, 0}, 1}, {{std::numeric_limits<double>::quiet_NaN(), 0}, 3}, {{95, 0}, 3}};
    const std::vector<Traveller> one{{{1, 1}, TravelMode::car}};
    EXPECT_TRUE(VenueIndex(venues).fair_places(one, {2, 0}, 3)->empty());
    EXPECT_EQ(VenueIndex(venues).fair_places(one, {}, 3)->size(), 1U);
    EXPECT_TRUE(VenueIndex({}).fair_places(one, {}, 3)->empty());
    EXPECT_TRUE(VenueIndex(venues).fair_places(one, {}, 0)->empty());
}

TEST(FairPlace, RefusesNobodyACrowdAndNowhere) {
    const VenueIndex index(std::vector<Venue>{{{0, 0}, 1}});
    EXPECT_EQ(index.fair_places({}, {}).error().code, "place.travellers");
    EXPECT_EQ(index.fair_places(std::vector<Traveller>(51), {}).error().code, "place.travellers");
    const std::vector<Traveller> lost{{{0, 181}, TravelMode::foot}};
    EXPECT_EQ(index.fair_places(lost, {}).error().code, "place.nowhere");
}

TEST(Travel, GrowsWithTheWayAndIsNeverSlowerThanWalking) {
    for (const TravelMode mode : kModes) {
        double before = 0;
        for (double km = 0; km < 40; km += 0.05) {
            const double minutes = travel_minutes(mode, km);
            EXPECT_GE(minutes, before);
            EXPECT_LE(minutes, travel_minutes(TravelMode::foot, km));
            before = minutes;
        }
        EXPECT_EQ(travel_minutes(mode, 0), 0);
        EXPECT_EQ(parse_travel_mode(to_string(mode)), mode);
    }
    EXPECT_NEAR(travel_minutes(TravelMode::foot, 1), 16.25, 1e-9);
    EXPECT_NEAR(travel_minutes(TravelMode::transit, 10), 48, 1e-9);
    EXPECT_FALSE(parse_travel_mode("teleport"));
}

}  // namespace
}  // namespace vv::core
