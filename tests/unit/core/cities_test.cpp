#include "core/cities.h"

#include <gtest/gtest.h>

namespace vv::core {
namespace {

TEST(FindCities, KnowsANameInAnySpelling) {
    ASSERT_FALSE(find_cities("zuri").empty());
    EXPECT_EQ(find_cities("zuri")[0].name, "Zürich");
    EXPECT_EQ(find_cities("ZÜRICH")[0].country, "CH");
    EXPECT_EQ(find_cities("Zürich")[0].zone, "Europe/Zurich");
}

TEST(FindCities, GivesTheLargestFirstAndNoMoreThanAsked) {
    const auto found = find_cities("san", 5);
    ASSERT_EQ(found.size(), 5U);
    for (std::size_t i = 1; i < found.size(); ++i) EXPECT_GE(found[i - 1].population, found[i].population);
}

TEST(FindCities, FindsNothingForNothing) {
    EXPECT_TRUE(find_cities("").empty());
    EXPECT_TRUE(find_cities("qqqqq").empty());
    EXPECT_TRUE(find_cities("\xff\xff").empty());
}

TEST(CityOf, ReadsThroughAnAddress) {
    ASSERT_TRUE(city_of("Red Fig, 186 Mock Row, Toronto"));
    EXPECT_EQ(city_of("Red Fig, 186 Mock Row, Toronto")->country, "CA");
    EXPECT_EQ(city_of("Toronto, ON, Canada")->name, "Toronto");
    EXPECT_EQ(city_of("Cambridge, UK")->country, "GB");
    EXPECT_FALSE(city_of("the corner of nowhere"));
    EXPECT_FALSE(city_of(""));
}

TEST(NearestCity, IsTheOneWhoseCentreIsClosest) {
    ASSERT_TRUE(nearest_city({48.85, 2.35}, 30));
    EXPECT_EQ(nearest_city({48.85, 2.35}, 30)->country, "FR");
    EXPECT_FALSE(nearest_city({-45, -130}, 100)) << "the middle of the Pacific";
}

TEST(LargestCityOf, TellsAZonesCountry) {
    ASSERT_TRUE(largest_city_of("America/Toronto"));
    EXPECT_EQ(largest_city_of("America/Toronto")->name, "Toronto");
    EXPECT_FALSE(largest_city_of("Etc/UTC"));
}

}  // namespace
}  // namespace vv::core
