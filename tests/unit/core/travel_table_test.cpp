#include "core/travel_table.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

namespace vv::core {
namespace {

const LatLng kHere{43.65, -79.38}, kThere{43.67, -79.40}, kParis{48.86, 2.35};
constexpr std::nullopt_t kNone = std::nullopt;

TEST(TravelTable, TellsEachWayInItsDirection) {
    const TravelTable table({kHere, kThere}, {0, 7.2, 9.0, 0});
    EXPECT_EQ(table.minutes(kHere, kThere), 8);
    EXPECT_EQ(table.minutes(kThere, kHere), 9);
    EXPECT_EQ(table.minutes(kHere, kParis), kNone);
    EXPECT_TRUE(table.has({kHere, kThere}));
    EXPECT_FALSE(table.has({kHere, kParis}));
}

TEST(TravelTable, WhatCannotBeIsNothing) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const TravelTable table({kHere, kThere, kParis}, {0, -1, 3, nan, 0, 5'000, kNone, 1'000, 0});
    EXPECT_EQ(table.minutes(kHere, kThere), kNone);  // before it began
    EXPECT_EQ(table.minutes(kHere, kParis), kNone);  // six thousand kilometres in three minutes
    EXPECT_EQ(table.minutes(kThere, kHere), kNone);
    EXPECT_EQ(table.minutes(kThere, kParis), kNone);  // days
    EXPECT_EQ(table.minutes(kParis, kHere), kNone);
    EXPECT_EQ(table.minutes(kParis, kThere), kNone);  // at 360 km/h, across the sea
    EXPECT_EQ(TravelTable({kHere, kThere}, {0, 1}).minutes(kHere, kThere), kNone);
}

TEST(TravelTable, TextsThatAreNoneAreNone) {
    for (const char* text : {"", "1,2;", "1;\n0;", "1,2;\n", "1,2;\n0;0;", "a,b;\n0;", "1,2;\nx;"})
        EXPECT_FALSE(TravelTable::parse(text)) << text;
    EXPECT_TRUE(TravelTable::parse("\n"));
}

RC_GTEST_PROP(TravelTable, ComesBackFromItsText, (const std::vector<std::pair<double, double>>& numbers)) {
    std::vector<LatLng> places;
    for (const auto& [lat, lng] : numbers) places.push_back({std::fmod(lat, 90), std::fmod(lng, 180)});
    std::vector<std::optional<double>> minutes;
    for (std::size_t i = 0; i < places.size() * places.size(); ++i)
        minutes.emplace_back(*rc::gen::inRange(-1, 2'000));
    const TravelTable table(places, minutes);
    const auto back = TravelTable::parse(table.text());
    RC_ASSERT(back && back->places() == places);
    for (const LatLng from : places)
        for (const LatLng to : places) RC_ASSERT(back->minutes(from, to) == table.minutes(from, to));
}

}  // namespace
}  // namespace vv::core
