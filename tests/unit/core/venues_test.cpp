#include "core/venues.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace vv::core {
namespace {

VenueEntry luna() {
    return {"Café Luna", VenueKind::cafe, "Rue du Four 1, Lyon", {45.76, 4.83}, venue_feature::is_public};
}

TEST(VenueKinds, AreToldByCategoriesAndNames) {
    EXPECT_EQ(guess_venue_kind("Coffee Shop"), VenueKind::cafe);
    EXPECT_EQ(guess_venue_kind("Café Luna"), VenueKind::cafe);
    EXPECT_EQ(guess_venue_kind("Italian Restaurant"), VenueKind::restaurant);
    EXPECT_EQ(guess_venue_kind("Hotel Bar"), VenueKind::bar);
    EXPECT_EQ(guess_venue_kind("Beer Garden"), VenueKind::bar);
    EXPECT_EQ(guess_venue_kind("Trinity Bellwoods Park"), VenueKind::park);
    EXPECT_EQ(guess_venue_kind("Bibliothèque municipale"), VenueKind::library);
    EXPECT_EQ(guess_venue_kind("Coworking Space"), VenueKind::coworking);
}

TEST(VenueKinds, OfWhatOnlySoundsAlikeAreOther) {
    EXPECT_EQ(guess_venue_kind("Car Park"), VenueKind::other);
    EXPECT_EQ(guess_venue_kind("Theme Park"), VenueKind::other);
    EXPECT_EQ(guess_venue_kind("Barber"), VenueKind::other);
    EXPECT_EQ(guess_venue_kind("Airport"), VenueKind::other);
    EXPECT_EQ(guess_venue_kind(""), VenueKind::other);
}

TEST(VenueKinds, HaveOneBitEach) {
    std::set<std::uint32_t> bits;
    for (int kind = 0; kind <= static_cast<int>(VenueKind::other); ++kind) {
        const auto bit = bit_of(static_cast<VenueKind>(kind));
        EXPECT_EQ(bit & (bit - 1), 0U);
        EXPECT_LT(bit, 1U << kVenueBits);
        EXPECT_TRUE(bits.insert(bit).second);
        EXPECT_EQ(parse_venue_kind(to_string(static_cast<VenueKind>(kind))), static_cast<VenueKind>(kind));
    }
    EXPECT_FALSE(parse_venue_kind("casino"));
}

TEST(VenueCategories, OfSomebodysFourWallsArePrivate) {
    EXPECT_TRUE(is_private_category("Home (private)"));
    EXPECT_TRUE(is_private_category("Office"));
    EXPECT_FALSE(is_private_category("Steakhouse"));
}

TEST(VenueEntries, AreMadePlainAndCut) {
    VenueEntry entry = luna();
    entry.name = "  Café\nLuna\u202e ";
    entry.address = std::string(400, 'x');
    const auto tidied = tidy(entry);
    ASSERT_TRUE(tidied);
    EXPECT_EQ(tidied->name, "Café Luna");
    EXPECT_EQ(tidied->address.size(), 300U);
}

TEST(VenueEntries, KeepTheirKindOutOfTheFeatures) {
    VenueEntry entry = luna();
    entry.features = 0xffff;
    EXPECT_EQ(tidy(entry)->features, 0xffU);
    EXPECT_EQ(tidy(entry)->bits(), 0xffU | bit_of(VenueKind::cafe));
}

TEST(VenueEntries, WithoutNameOrPlaceAreInvalid) {
    VenueEntry nameless = luna();
    nameless.name = " \n ";
    EXPECT_EQ(tidy(nameless).error().code, "venue.name");
    for (const LatLng at : {LatLng{91, 0}, LatLng{0, 181}, LatLng{std::nan(""), 0}}) {
        VenueEntry lost = luna();
        lost.at = at;
        EXPECT_EQ(tidy(lost).error().code, "venue.place");
    }
}

TEST(VenueCells, ArePutIntoNumbersWithoutDoubles) {
    EXPECT_EQ(venue_cell_of({45.761, 4.839}), (VenueCell{4576, 483}));
    EXPECT_EQ(venue_cell_of({-0.001, -0.001}), (VenueCell{-1, -1}));
    std::set<std::int64_t> numbers;
    for (const double lat : {-90.0, -0.5, 0.0, 0.004, 89.99, 90.0})
        for (const double lng : {-180.0, -0.5, 0.0, 179.99, 180.0})
            EXPECT_GE(number_of(venue_cell_of({lat, lng})), 0);
    for (int row = -2; row < 2; ++row)
        for (int col : {-18'000, -1, 0, 18'000}) EXPECT_TRUE(numbers.insert(number_of({row, col})).second);
}

}  // namespace
}  // namespace vv::core
