#include "formats/archive/timeline.h"

#include "unit/formats/facts.h"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace vv::formats::testing {
namespace {

using archive::Visit;
using archive::visit_in;

std::optional<Visit> visit(std::string_view text) {
    const auto found = visit_in(boost::json::parse(text));
    EXPECT_TRUE(found.ok()) << text;
    return found ? *found : std::nullopt;
}

Instant at(std::string_view text) {
    return *parse_rfc3339(text);
}

TEST(Timeline, ReadsTakeoutsVisitsAndNumbersThatRanOver) {
    const auto old = visit(
        R"({"placeVisit":{"location":{"latitudeE7":525200000,"longitudeE7":134000000,"name":"Golden Fig"},)"
        R"("duration":{"startTimestampMs":"1512948565026","endTimestampMs":"1512952165026"}}})");
    EXPECT_EQ(old,
              (Visit{{from_millis(1512948565026), from_millis(1512952165026)}, {52.52, 13.4}, "Golden Fig"}));
    const auto over = visit(
        R"({"placeVisit":{"location":{"latitudeE7":436322480,"longitudeE7":3501193836},)"
        R"("duration":{"startTimestamp":"2017-12-10T23:29:25.026Z","endTimestamp":"2017-12-11T00:29:25Z"}}})");
    ASSERT_TRUE(over);
    EXPECT_NEAR(over->at.lng, -79.377346, 1e-9);
    EXPECT_EQ(over->when.start, at("2017-12-10T23:29:25.026Z"));
}

TEST(Timeline, ReadsBothFormsOfTelephones) {
    const auto android = visit(
        R"({"startTime":"2024-04-03T08:13:57.000+02:00","endTime":"2024-04-03T20:10:57.000+02:00","visit":)"
        R"({"hierarchyLevel":0,"topCandidate":{"placeLocation":{"latLng":"50.0506312°, -14.3439906°"}}}})");
    EXPECT_EQ(
        android,
        (Visit{{at("2024-04-03T06:13:57Z"), at("2024-04-03T18:10:57Z")}, {50.0506312, -14.3439906}, ""}));
    const auto ios = visit(R"({"startTime":"2024-04-03T08:13:57Z","endTime":"2024-04-03T20:10:57Z","visit":)"
                           R"({"hierarchyLevel":"0","topCandidate":{"placeLocation":"geo:50.05,14.34"}}})");
    EXPECT_EQ(ios, (Visit{{at("2024-04-03T08:13:57Z"), at("2024-04-03T20:10:57Z")}, {50.05, 14.34}, ""}));
}

TEST(Timeline, JourneysAndPlacesWithinPlacesAreNoVisits) {
    EXPECT_FALSE(visit(R"({"activitySegment":{}})"));
    EXPECT_FALSE(visit(R"({"startTime":"x","visit":{"hierarchyLevel":"1"}})"));
    EXPECT_FALSE(visit(R"(3)"));
}

TEST(Timeline, CountsVisitsAndMakesNoFact) {
    const std::string visits =
        R"({"timelineObjects":[{"placeVisit":{"location":{"latitudeE7":1,"longitudeE7":2},)"
        R"("duration":{"startTimestampMs":"1","endTimestampMs":"2"}}},{"activitySegment":{}},{"placeVisit":{}}]})";
    ViewStream bytes(visits);
    Collected sink;
    Summary summary;
    Emitter out(sink, summary);
    ASSERT_TRUE(archive::read_timeline(bytes, "a.json", options_of_tests(), out).ok());
    EXPECT_EQ(summary.records, 2U);
    EXPECT_EQ(summary.rejected, 1U);
    EXPECT_EQ(sink.facts.size(), 1U);
}

}  // namespace
}  // namespace vv::formats::testing
