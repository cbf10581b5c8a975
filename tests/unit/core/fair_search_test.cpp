// Held against trying every venue, as core/fair_place does it.

#include "core/fair_search.h"

#include "core/trips/random.h"

#include <gtest/gtest.h>
#include <map>

namespace vv::core {
namespace {

/// The caller's side: venues by cell, as a database has them.
class Town {
public:
    void add(LatLng at, std::uint32_t features) {
        venues.push_back({at, features});
        VenueCellSummary& cell = cells_[venue_cell_of(at)];
        cell.cell = venue_cell_of(at);
        cell.features |= features;
        ++cell.venues;
        in_cell_[cell.cell].push_back(venues.size() - 1);
    }
    void scatter(int count, LatLng middle, double degrees, std::uint64_t seed) {
        trips::Random random(seed);
        for (int i = 0; i < count; ++i)
            add({middle.lat + (random.unit() - 0.5) * degrees, middle.lng + (random.unit() - 0.5) * degrees},
                std::uint32_t{1} << static_cast<unsigned>(random.below(4)));
    }
    std::vector<FoundPlace> search(FairSearch search) {
        looked_at = cells_looked_at = 0;
        do {
            const CellRegion region = search.region();
            std::vector<VenueCellSummary> cells;
            for (const auto& [cell, summary] : cells_)
                if (cell.row >= region.low.row && cell.row <= region.high.row && cell.col >= region.low.col &&
                    cell.col <= region.high.col)
                    cells.push_back(summary);
            cells_looked_at += cells.size();
            search.look_at(cells);
            for (auto wanted = search.wanted(); !wanted.empty(); wanted = search.wanted())
                for (const VenueCell cell : wanted)
                    for (const std::size_t venue : in_cell_[cell]) {
                        ++looked_at;
                        search.take(venue, venues[venue].at, venues[venue].features);
                    }
        } while (search.widen());
        return search.best();
    }

    std::vector<Venue> venues;
    std::size_t looked_at = 0, cells_looked_at = 0;

private:
    std::map<VenueCell, VenueCellSummary> cells_;
    std::map<VenueCell, std::vector<std::size_t>> in_cell_;
};

std::vector<FairPlace> as_places(const std::vector<FoundPlace>& found) {
    std::vector<FairPlace> places;
    for (const FoundPlace& one : found)
        places.push_back(
            {static_cast<std::size_t>(one.venue), one.ways.longest_minutes, one.ways.total_minutes});
    return places;
}

TEST(FairSearch, FindsWhatTryingAllFinds) {
    Town town;
    town.scatter(4'000, {52.52, 13.4}, 0.5, 1);
    const VenueIndex all(town.venues);
    trips::Random random(7);
    for (int round = 0; round < 60; ++round) {
        std::vector<Traveller> travellers;
        for (int i = 1 + random.below(4); i > 0; --i)
            travellers.push_back({{52.3 + random.unit() * 0.5, 13.2 + random.unit() * 0.5},
                                  static_cast<TravelMode>(random.below(4))});
        VenueFilter filter;
        if (random.below(2)) filter.all_of = std::uint32_t{1} << static_cast<unsigned>(random.below(4));
        const std::size_t limit = 1 + static_cast<std::size_t>(random.below(8));
        auto search = FairSearch::create(travellers, filter, limit);
        ASSERT_TRUE(search);
        EXPECT_EQ(as_places(town.search(*std::move(search))), *all.fair_places(travellers, filter, limit))
            << "round " << round;
    }
}

TEST(FairSearch, ReadsASmallPartOfALargeTown) {
    Town town;
    town.scatter(50'000, {52.52, 13.4}, 0.6, 2);
    const std::vector<Traveller> travellers{{{52.50, 13.35}, TravelMode::transit},
                                            {{52.55, 13.45}, TravelMode::transit}};
    EXPECT_EQ(town.search(*FairSearch::create(travellers, {}, 5)).size(), 5U);
    EXPECT_LT(town.looked_at, 3'000U);
    EXPECT_LT(town.cells_looked_at, 200U);
}

// What lies between them is the whole town; what everybody reaches in time is a strip across it.
TEST(FairSearch, ReadsASmallPartHoweverFarApartTheyAre) {
    Town town;
    town.scatter(50'000, {52.52, 13.4}, 0.6, 2);
    const std::vector<Traveller> travellers{{{52.25, 13.15}, TravelMode::car},
                                            {{52.79, 13.65}, TravelMode::car}};
    const auto found = as_places(town.search(*FairSearch::create(travellers, {}, 15)));
    EXPECT_EQ(found, *VenueIndex(town.venues).fair_places(travellers, {}, 15));
    EXPECT_LT(town.cells_looked_at, 1'000U);  // of 3,600
    EXPECT_LT(town.looked_at, 3'000U);
}

TEST(FairSearch, LooksFartherWhenNothingIsNear) {
    Town town;
    town.add({52.8, 13.4}, 1);
    const std::vector<Traveller> travellers{{{52.5, 13.4}, TravelMode::car}};
    EXPECT_EQ(town.search(*FairSearch::create(travellers, {}, 3)).size(), 1U);
}

TEST(FairSearch, LeavesWhatIsADaysWalkAwayAlone) {
    Town town;
    town.add({54.5, 13.4}, 1);
    const std::vector<Traveller> travellers{{{52.5, 13.4}, TravelMode::foot}};
    EXPECT_TRUE(town.search(*FairSearch::create(travellers, {}, 3)).empty());
}

TEST(FairSearch, NearThePolesAndAtTheMeridianIsNothingSpecial) {
    for (const LatLng middle : {LatLng{69.65, 18.95}, LatLng{51.48, 0.0}, LatLng{-0.2, -78.5}}) {
        Town town;
        town.scatter(800, middle, 0.4, 3);
        const std::vector<Traveller> travellers{
            {{middle.lat + 0.05, middle.lng - 0.08}, TravelMode::transit},
            {{middle.lat - 0.07, middle.lng + 0.02}, TravelMode::bicycle}};
        EXPECT_EQ(as_places(town.search(*FairSearch::create(travellers, {}, 4))),
                  *VenueIndex(town.venues).fair_places(travellers, {}, 4));
    }
}

TEST(FairSearch, RefusesWhoIsNowhereNobodyAndTooFar) {
    EXPECT_EQ(FairSearch::create({}, {}, 1).error().code, "place.travellers");
    EXPECT_EQ(FairSearch::create(std::vector<Traveller>(51), {}, 1).error().code, "place.travellers");
    EXPECT_EQ(FairSearch::create({{{95, 0}, TravelMode::car}}, {}, 1).error().code, "place.nowhere");
    EXPECT_EQ(FairSearch::create({{{52.5, 13.4}, TravelMode::car}, {{48.1, 11.6}, TravelMode::car}}, {}, 1)
                  .error()
                  .code,
              "place.far");
}

TEST(VenueWishes, OfAMeetingAskForTheKindThatSuits) {
    VenueWishes coffee{MeetingKind::coffee, true, true, false, false};
    EXPECT_EQ(filter_for(coffee).any_of, bit_of(VenueKind::cafe));
    EXPECT_EQ(filter_for(coffee).all_of, venue_feature::is_public | venue_feature::quiet);
    EXPECT_EQ(filter_for({MeetingKind::walk, false, false, true, true}).all_of,
              venue_feature::step_free | venue_feature::outdoor);
    EXPECT_EQ(filter_for({MeetingKind::walk, false, false, false, false}).any_of, bit_of(VenueKind::park));
    EXPECT_EQ(filter_for({std::nullopt, false, false, false, false}).any_of, 0U);
}

}  // namespace
}  // namespace vv::core
