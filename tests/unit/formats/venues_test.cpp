#include "formats/venues.h"

#include "unit/formats/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::formats {
namespace {

using core::VenueKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace feature = core::venue_feature;

struct Sink final : VenueSink {
    bool take(std::int64_t number, std::string key, core::VenueEntry venue) override {
        keys.push_back(std::move(key));
        venues.push_back(std::move(venue));
        numbers.push_back(number);
        return venues.size() < stop_after;
    }
    bool reject(std::int64_t number, std::string error) override {
        rejected.push_back(number);
        errors.push_back(std::move(error));
        return true;
    }
    std::vector<std::int64_t> numbers, rejected;
    std::vector<std::string> keys, errors;
    std::vector<core::VenueEntry> venues;
    std::size_t stop_after = 1'000'000;
};

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string point(const std::string& properties, const std::string& more = R"("id":"n1",)") {
    return R"({"type":"Feature",)" + more +
           R"("geometry":{"type":"Point","coordinates":[4.83,45.76]},"properties":{)" + properties + "}}";
}
const std::string kLuna = R"("amenity":"cafe","name":"Café Luna")";

Result<VenueCounts> read(const std::string& text, Sink& sink, std::size_t piece = 65'536) {
    ViewStream bytes(text, piece);
    return read_venues(bytes, sink);
}

TEST(ReadVenues, ReadsAFeatureWithWhatItHas) {
    Sink sink;
    const auto counts = read(
        collection(point(kLuna + R"(,"wheelchair":"yes","outdoor_seating":"yes;terrace","quiet":"yes",)"
                                 R"("addr:street":"Rue du Four","addr:housenumber":"1","addr:city":"Lyon")")),
        sink);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->features, 1);
    ASSERT_THAT(sink.venues, SizeIs(1));
    EXPECT_EQ(sink.venues[0], (core::VenueEntry{"Café Luna",
                                                VenueKind::cafe,
                                                "Rue du Four 1, Lyon",
                                                {45.76, 4.83},
                                                feature::is_public | feature::step_free | feature::outdoor |
                                                    feature::quiet}));
    EXPECT_THAT(sink.keys, ElementsAre("n1"));
}

TEST(ReadVenues, TakesNothingForGrantedThatNobodySays) {
    Sink sink;
    ASSERT_TRUE(read(collection(point(kLuna + R"(,"wheelchair":"limited","outdoor_seating":"no")")), sink));
    EXPECT_EQ(sink.venues.at(0).features, feature::is_public);
}

TEST(ReadVenues, KnowsTheKinds) {
    Sink sink;
    std::string all;
    for (const char* tag :
         {R"("amenity":"restaurant")", R"("amenity":"pub")", R"("leisure":"park")", R"("amenity":"library")",
          R"("office":"coworking")", R"("amenity":"fast_food;cafe")"})
        all += (all.empty() ? "" : ",") + point(std::string(tag) + R"(,"name":"X")");
    ASSERT_TRUE(read(collection(all), sink));
    std::vector<VenueKind> kinds;
    for (const auto& venue : sink.venues) kinds.push_back(venue.kind);
    EXPECT_THAT(kinds, ElementsAre(VenueKind::restaurant, VenueKind::bar, VenueKind::park, VenueKind::library,
                                   VenueKind::coworking, VenueKind::cafe));
}

TEST(ReadVenues, PassesOverWhatIsNoPlaceToMeet) {
    Sink sink;
    const auto counts =
        read(collection(point(R"("amenity":"bank","name":"Bank")") + "," + point(R"("amenity":"cafe")") +
                        "," + point(kLuna + R"(,"access":"private")") + R"(,{"type":"Feature"},17,null)"),
             sink);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->passed_over, 6);
    EXPECT_THAT(sink.venues, IsEmpty());
    EXPECT_THAT(sink.rejected, IsEmpty());
}

TEST(ReadVenues, OfAnAreaTheMiddleCounts) {
    Sink sink;
    const std::string park = R"({"type":"Feature","id":"a9","geometry":{"type":"MultiPolygon","coordinates":)"
                             R"([[[[4.0,45.0],[4.2,45.0],[4.2,45.4],[4.0,45.0]]]]},"properties":)"
                             R"({"leisure":"park","name":"Parc"}})";
    ASSERT_TRUE(read(collection(park), sink));
    EXPECT_NEAR(sink.venues.at(0).at.lat, 45.2, 1e-9);
    EXPECT_NEAR(sink.venues.at(0).at.lng, 4.1, 1e-9);
    EXPECT_EQ(sink.venues[0].features, feature::is_public | feature::outdoor);
}

TEST(ReadVenues, RejectsBrokenPlacesByTheFeaturesNumberAndGoesOn) {
    Sink sink;
    const auto with = [](const char* geometry) {
        return std::string(R"({"type":"Feature","id":"n2","geometry":)") + geometry + R"(,"properties":{)" +
               kLuna + "}}";
    };
    std::string all = point(R"("amenity":"bank")");
    for (const char* geometry :
         {R"(null)", R"({"type":"Point","coordinates":[200,45]})",
          R"({"type":"Point","coordinates":["4","45"]})", R"({"type":"Polygon","coordinates":[]})",
          R"({"type":"Point","coordinates":[[[[[[[[[4,45]]]]]]]]]})"})
        all += "," + with(geometry);
    all += "," + point(kLuna);
    ASSERT_TRUE(read(collection(all), sink));
    EXPECT_THAT(sink.rejected, ElementsAre(2, 3, 4, 5, 6));
    EXPECT_THAT(sink.numbers, ElementsAre(7));
}

TEST(ReadVenues, CleansNamesAsElsewhere) {
    Sink sink;
    ASSERT_TRUE(read(collection(point("\"amenity\":\"cafe\",\"name\":\"Caf\xe9\\n\\u202eLuna\"")), sink));
    EXPECT_EQ(sink.venues.at(0).name, "Café Luna");
}

TEST(ReadVenues, GivesKeysThatLastWhereTheMapHasNone) {
    Sink first, second;
    const std::string text = collection(point(kLuna, "") + "," + point(kLuna, R"("id":"node/12",)") + "," +
                                        point(kLuna + R"(,"@id":"way/7")", ""));
    ASSERT_TRUE(read(text, first));
    ASSERT_TRUE(read(text, second, 3));
    EXPECT_EQ(first.keys, second.keys);
    EXPECT_EQ(first.keys.at(0).front(), '#');
    EXPECT_EQ(first.keys.at(1), "n12");
    EXPECT_EQ(first.keys.at(2), "w7");
}

TEST(ReadVenues, StopsWhenTold) {
    Sink sink;
    sink.stop_after = 1;
    ASSERT_TRUE(read(collection(point(kLuna) + "," + point(kLuna)), sink));
    EXPECT_THAT(sink.venues, SizeIs(1));
}

TEST(ReadVenues, RefusesWhatIsNoFeatureCollection) {
    Sink sink;
    EXPECT_EQ(read(R"({"type":"Topology","features":[]})", sink).error().code, "venues.not_geojson");
    EXPECT_EQ(read("[]", sink).error().code, "venues.not_geojson");
    EXPECT_EQ(read(R"({"type":"FeatureCollection","features":[{)", sink).error().code, "json.syntax");
    EXPECT_EQ(read("name,lat\nCafé,4\n", sink).error().code, "json.syntax");
}

}  // namespace
}  // namespace vv::formats
