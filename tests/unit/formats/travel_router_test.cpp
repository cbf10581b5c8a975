#include "formats/travel_router.h"

#include <gtest/gtest.h>

namespace vv::formats {
namespace {

using core::TravelMode;

const std::vector<LatLng> kPlaces{{43.65, -79.38}, {43.67, -79.4}};

TEST(TableQuestion, IsOsrmsWithLongitudeFirst) {
    const auto question = table_question(RouterKind::osrm, "http://router:5000/", TravelMode::car, kPlaces);
    EXPECT_EQ(question.url,
              "http://router:5000/table/v1/driving/-79.380000,43.650000;-79.400000,43.670000"
              "?annotations=duration");
    EXPECT_EQ(question.body, "");
}

TEST(TableQuestion, IsValhallasByTheWayOfTravelling) {
    const auto question = table_question(RouterKind::valhalla, "http://router", TravelMode::foot, kPlaces);
    EXPECT_EQ(question.url, "http://router/sources_to_targets");
    EXPECT_NE(question.body.find(R"("costing":"pedestrian")"), std::string::npos);
    EXPECT_NE(question.body.find(R"("lon":)"), std::string::npos);
}

TEST(ReadTable, TakesWhatBothAnswer) {
    const auto osrm =
        read_table(RouterKind::osrm, R"({"code":"Ok","durations":[[0,401.5],[null,0]]})", kPlaces);
    ASSERT_TRUE(osrm);
    EXPECT_EQ(osrm->minutes(kPlaces[0], kPlaces[1]), 7);
    EXPECT_EQ(osrm->minutes(kPlaces[1], kPlaces[0]), std::nullopt);
    const auto valhalla = read_table(
        RouterKind::valhalla,
        R"({"sources_to_targets":[[{"time":0},{"time":600}],[{"time":null},{"distance":1}]],"units":"km"})",
        kPlaces);
    ASSERT_TRUE(valhalla);
    EXPECT_EQ(valhalla->minutes(kPlaces[0], kPlaces[1]), 10);
    EXPECT_EQ(valhalla->minutes(kPlaces[1], kPlaces[0]), std::nullopt);
}

TEST(ReadTable, RefusesNonsense) {
    for (const char* answer :
         {"", "no", "[]", "{}", R"({"durations":null})", R"({"durations":[[0,1]]})",
          R"({"durations":[[0],[1]]})", R"({"durations":[1,2]})", R"({"durations":[[0,1],[0,1],[0,1]]})"})
        EXPECT_EQ(read_table(RouterKind::osrm, answer, kPlaces).error().code, "travel.answer") << answer;
    const auto odd = read_table(RouterKind::osrm, R"({"durations":[["x",{}],[true,[]]]})", kPlaces);
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->minutes(kPlaces[0], kPlaces[1]), std::nullopt);
}

}  // namespace
}  // namespace vv::formats
