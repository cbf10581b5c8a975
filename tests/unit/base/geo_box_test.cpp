#include "base/geo_box.h"

#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vv {
namespace {

double degrees(int most) {
    return *rc::gen::inRange(-most * 100, most * 100 + 1) * 0.01;
}

RC_GTEST_PROP(LeastDistance, IsThatOfNoPlaceInTheBox, ()) {
    const LatLng from{degrees(90), degrees(180)};
    const LatLng corner{*rc::gen::inRange(-360, 360) * 0.25, *rc::gen::inRange(-720, 720) * 0.25};
    const Box box{corner, {corner.lat + 0.25, corner.lng + 0.25}};
    const LatLng place{corner.lat + *rc::gen::inRange(0, 26) * 0.01,
                       corner.lng + *rc::gen::inRange(0, 26) * 0.01};
    RC_ASSERT(least_distance_km(from, box) <= distance_km(from, place) + 1e-9);
}

// It would hold for 0 as well; so it is the nearest place's but for little.
TEST(LeastDistance, IsNearlyThatOfTheNearest) {
    const Box box{{43.5, -79.5}, {43.75, -79.25}};
    EXPECT_EQ(least_distance_km({43.6, -79.3}, box), 0);
    EXPECT_NEAR(least_distance_km({44, -79.4}, box), distance_km({44, -79.4}, {43.75, -79.4}), 0.01);
    EXPECT_NEAR(least_distance_km({43.6, -78}, box), distance_km({43.6, -78}, {43.6, -79.25}), 1);
    EXPECT_GT(least_distance_km({-43.6, 101}, box), 9'000);
}

TEST(LeastDistance, IsExactlyThatOfAPoint) {
    const LatLng toronto{43.7, -79.42}, home{43.65, -79.35};
    EXPECT_EQ(least_distance_km(home, {toronto, toronto}), distance_km(toronto, home));
}

TEST(LeastDistance, GoesOverTheDateLine) {
    const Box fiji{{-17.75, 179.5}, {-17.5, 179.75}};
    EXPECT_NEAR(least_distance_km({-17.6, -179.9}, fiji), distance_km({-17.6, -179.9}, {-17.6, 179.75}), 0.1);
}

}  // namespace
}  // namespace vv
