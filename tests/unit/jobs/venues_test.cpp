#include "jobs/venues.h"

#include "store/own_venues.h"
#include "store/venues.h"
#include "world/databases.h"
#include "world/imports.h"

#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using world::kSampleNow;

std::string feature(int id, const std::string& name, double lat, const std::string& more = "") {
    return R"({"type":"Feature","id":"n)" + std::to_string(id) +
           R"(","geometry":{"type":"Point","coordinates":[-79.4,)" + std::to_string(lat) +
           R"(]},"properties":{"amenity":"cafe","name":")" + name + "\"" + more + "}}";
}

class ImportVenues : public world::ForEachDatabase {
protected:
    Result<VenueReport> import(const std::string& name, const std::string& features,
                               const std::string& data_set = "") {
        const std::string path = folder_.path() + "/" + name;
        world::write_file(path, R"({"type":"FeatureCollection","features":[)" + features + "]}");
        return import_file(path, data_set);
    }
    Result<VenueReport> import_file(const std::string& path, const std::string& data_set = "") {
        rejected.clear();
        VenueListener listener;
        listener.rejected = [&](std::int64_t number, const std::string& error) {
            rejected.push_back(std::to_string(number) + ": " + error);
        };
        return import_venues(db(), ids, {path, data_set, folder_.path()}, listener, kSampleNow);
    }
    template <class T>
    T read(const std::function<T(store::Tx&)>& look) {
        return *db().read_now([&](store::Tx& tx) -> Result<T> { return look(tx); });
    }
    std::vector<core::VenueCellSummary> cells() {
        return read<std::vector<core::VenueCellSummary>>([](store::Tx& tx) {
            return store::venues::cells(tx, {{-9'000, -18'000}, {9'000, 18'000}});
        });
    }
    std::vector<std::string> names() {
        return read<std::vector<std::string>>([&](store::Tx& tx) {
            std::vector<core::VenueCell> where;
            for (const auto& cell : store::venues::cells(tx, {{-9'000, -18'000}, {9'000, 18'000}}))
                where.push_back(cell.cell);
            std::vector<core::VenueId> found;
            for (const auto& point : store::venues::in_cells(tx, where)) found.push_back(point.id);
            std::vector<std::string> all;
            for (const auto& venue : store::venues::load(tx, found)) all.push_back(venue.entry.name);
            return all;
        });
    }
    std::vector<store::venues::Set> sets() {
        return read<std::vector<store::venues::Set>>([](store::Tx& tx) { return store::venues::sets(tx); });
    }
    [[nodiscard]] const std::string& folder() const { return folder_.path(); }
    std::vector<std::string> rejected;
    IdSource ids;

private:
    world::TempFolder folder_;
};
VV_ON_EACH_DATABASE(ImportVenues);

TEST_P(ImportVenues, ReadsAFileAndTheSameAgainChangesNothing) {
    const std::string features = feature(1, "Luna", 43.7) + "," + feature(2, "Sol", 43.8);
    const auto first = import("town.geojson", features);
    ASSERT_TRUE(first) << first.error().detail;
    EXPECT_EQ(first->data_set, "town");
    EXPECT_EQ(first->created, 2);
    EXPECT_THAT(names(), ElementsAre("Luna", "Sol"));
    EXPECT_THAT(cells(), SizeIs(2));
    const auto again = import("town.geojson", features);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->created + again->changed + again->removed, 0);
    EXPECT_EQ(again->venues, 2);
    ASSERT_THAT(sets(), SizeIs(1));
    EXPECT_EQ(sets()[0].venues, 2);
}

TEST_P(ImportVenues, ANewerEditionChangesAndRemoves) {
    ASSERT_TRUE(import(
        "a.geojson",
        feature(1, "Luna", 43.7) + "," + feature(2, "Sol", 43.8) + "," + feature(3, "Mare", 43.7), "town"));
    const auto newer = import("b.geojson",
                              feature(1, "Luna", 43.75) + "," + feature(3, "Mare", 43.7) + "," +
                                  feature(4, "Vento", 43.7, R"(,"wheelchair":"yes")"),
                              "town");
    ASSERT_TRUE(newer);
    EXPECT_EQ(newer->created, 1);
    EXPECT_EQ(newer->changed, 1);
    EXPECT_EQ(newer->removed, 1);
    EXPECT_THAT(names(), testing::UnorderedElementsAre("Luna", "Mare", "Vento"));
    // The cell of what is gone is gone, that of what came says what it has.
    const auto found = cells();
    ASSERT_THAT(found, SizeIs(2));
    for (const auto& cell : found) {
        const bool is_moved_to = cell.cell == core::venue_cell_of({43.75, -79.4});
        EXPECT_EQ(cell.venues, is_moved_to ? 1 : 2);
        EXPECT_EQ((cell.features & core::venue_feature::step_free) != 0, !is_moved_to);
    }
}

TEST_P(ImportVenues, LeavesOtherSetsAlone) {
    ASSERT_TRUE(import("town.geojson", feature(1, "Luna", 43.7)));
    ASSERT_TRUE(import("country.geojson", feature(1, "Luna", 43.7)));
    ASSERT_EQ(*remove_venues(db(), ids, "town", kSampleNow), 1);
    EXPECT_THAT(names(), ElementsAre("Luna"));
    ASSERT_THAT(sets(), SizeIs(1));
    EXPECT_EQ(sets()[0].name, "country");
    EXPECT_EQ(*remove_venues(db(), ids, "country", kSampleNow), 1);
    EXPECT_THAT(cells(), IsEmpty());
    EXPECT_EQ(*remove_venues(db(), ids, "country", kSampleNow), 0);
}

TEST_P(ImportVenues, NamesTheFeaturesThatItRejects) {
    const auto report = import("town.geojson", feature(1, "Luna", 43.7) + "," + feature(2, "Sol", 143));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rejected, 1);
    ASSERT_THAT(rejected, SizeIs(1));
    EXPECT_THAT(rejected[0], HasSubstr("2: "));
    EXPECT_EQ(report->venues, 1);
}

TEST_P(ImportVenues, AFeatureThatIsTooLargeIsLeftOut) {
    const std::string huge = R"(,"note":")" + std::string(17 << 20, 'x') + "\"";
    const auto report =
        import("town.geojson", feature(1, "Luna", 43.7) + "," + feature(2, "Sol", 43.8, huge) + "," +
                                   feature(3, "Mare", 43.9));
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->features, 3);
    EXPECT_THAT(rejected, ElementsAre("2: it is larger than 16 MB."));
    EXPECT_THAT(names(), testing::UnorderedElementsAre("Luna", "Mare"));
}

TEST_P(ImportVenues, SaysWhatIsWrittenOfAFileThatBreaksOff) {
    std::string many;
    for (int i = 0; i < 2'100; ++i) many += feature(i, "Café", 43.0 + i * 0.0005) + ",";
    const auto report = import("town.geojson", many);
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().detail, HasSubstr("The 2000 places before that are written: import the mended "
                                                 "file again, or `visavis venues remove town`."));
    EXPECT_EQ(*remove_venues(db(), ids, "town", kSampleNow), 2'000);
}

TEST_P(ImportVenues, RemovesNothingForAFileThatHoldsNothingOrBreaksOff) {
    ASSERT_TRUE(import("town.geojson", feature(1, "Luna", 43.7) + "," + feature(2, "Sol", 43.8)));
    EXPECT_EQ(import("town.geojson", "").error().code, "venues.empty");
    EXPECT_EQ(import("town.geojson", feature(1, "Luna", 43.7) + ",{").error().code, "json.syntax");
    EXPECT_THAT(names(), ElementsAre("Luna", "Sol"));
    EXPECT_EQ(import_file(folder() + "/none.geojson").error().fault, Fault::not_found);
    EXPECT_EQ(import("town.geojson", feature(1, "Luna", 43.7), "two\nlines").error().code, "venues.set");
}

TEST_P(ImportVenues, GoesBatchByBatch) {
    std::string many;
    for (int i = 0; i < 4'500; ++i)
        many += (i ? "," : "") + feature(i % 4'400, "Café " + std::to_string(i), 43.0 + i % 4'400 * 0.0005);
    const auto report = import("town.geojson", many);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->venues, 4'500);
    EXPECT_EQ(sets().at(0).venues, 4'400);
}

TEST_P(ImportVenues, ReadsAnExtractOfOpenStreetMap) {
    if (std::system("osmium --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "osmium is not installed";
    const std::string path = folder() + "/town-latest.osm";
    world::write_file(path, R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" version="1" lat="43.70" lon="-79.40"><tag k="amenity" v="cafe"/><tag k="name" v="Luna"/></node>
<node id="2" version="1" lat="43.71" lon="-79.40"><tag k="amenity" v="bank"/><tag k="name" v="Bank"/></node>
<node id="3" version="1" lat="43.80" lon="-79.40"/><node id="4" version="1" lat="43.80" lon="-79.42"/>
<node id="5" version="1" lat="43.82" lon="-79.42"/>
<way id="9" version="1"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="3"/>
<tag k="leisure" v="park"/><tag k="name" v="Oval"/></way>
</osm>)");
    const auto report = import_file(path);
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->data_set, "town-latest");
    EXPECT_EQ(report->features, 2);
    EXPECT_THAT(names(), testing::UnorderedElementsAre("Luna", "Oval"));
    EXPECT_EQ(import_file(path)->changed, 0);
    world::write_file(folder() + "/bad.osm.pbf", "no map at all");
    const auto broken = import_file(folder() + "/bad.osm.pbf");
    EXPECT_EQ(broken.error().code, "program.failed");
    EXPECT_THAT(broken.error().detail, HasSubstr("osmium"));
}

// ---- an owner's own, from check-ins elsewhere ----

class CheckedIn : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) importer.emplace(db());
    }
    std::vector<std::string> names() {
        std::vector<std::string> all;
        const auto found =
            db().read_now([&](store::Tx& tx) -> Result<std::vector<store::own_venues::OwnVenue>> {
                return store::own_venues::list(tx, importer->caller().account, 1'000);
            });
        for (const auto& venue : *found)
            all.push_back(venue.entry.name + " (" + std::string(core::to_string(venue.entry.kind)) + ")");
        return all;
    }
    const std::string kOld = std::string(VV_TEST_DATA) + "/foursquare/old/input";
    std::optional<world::Importer> importer;
};
VV_ON_EACH_DATABASE(CheckedIn);

TEST_P(CheckedIn, PlacesAreKeptOnceAndTakenOutAgain) {
    const auto first = importer->import(kOld);
    const auto once = names();
    EXPECT_THAT(once, testing::Contains("Silver Lion (bar)"));
    const auto again = importer->import(kOld);
    EXPECT_EQ(names(), once);
    ASSERT_TRUE(importer->take_out(first.id));
    EXPECT_EQ(names(), once);  // the other import has them too
    ASSERT_TRUE(importer->take_out(again.id));
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_EQ(importer->count("own_venue_files"), 0);
}

TEST_P(CheckedIn, WhatTheOwnerSaysOutlivesTheImport) {
    const auto first = importer->import(kOld);
    const auto owner = importer->caller().account;
    const auto look = [&] {
        return *db().read_now([&](store::Tx& tx) -> Result<std::vector<store::own_venues::OwnVenue>> {
            return store::own_venues::list(tx, owner, 1'000);
        });
    };
    auto venue = look().front();
    const std::size_t all = look().size();
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        venue.entry.name = "Our corner";
        store::own_venues::save(tx, owner, venue.id, venue.entry);
        if (all > 1) store::own_venues::remove(tx, owner, look().back());
        return Done{};
    }));
    importer->import(kOld);
    EXPECT_EQ(look().size(), all > 1 ? all - 1 : all);  // what was removed stays away
    ASSERT_TRUE(importer->take_out(first.id));
    EXPECT_THAT(names(), testing::Contains(HasSubstr("Our corner")));
}

}  // namespace
}  // namespace vv::jobs
