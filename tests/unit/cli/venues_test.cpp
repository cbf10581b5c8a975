#include "cli/venues.h"

#include "cli/command.h"
#include "store/database.h"
#include "world/databases.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace vv::cli {
namespace {

namespace json = boost::json;

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

class VenueCommand : public testing::Test {
protected:
    Outcome run(std::vector<const char*> words) {
        words.insert(words.begin(), {"visavis", "--json", "venues", "--now", "2026-11-20T18:28:30Z"});
        CommandLine line("1.2.3", [this](const Globals&) {
            return Result<DataPlace>(DataPlace{folder_.path(), "sqlite:" + folder_.path() + "/visavis.db"});
        });
        Command root = line.root();
        add_venue_commands(root);
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status = line.run(static_cast<int>(words.size()), words.data());
        return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }
    std::string file(const std::string& text) {
        const std::string path = folder_.path() + "/town.latest.geojson";
        std::ofstream(path) << text;
        return path;
    }
    static std::vector<json::object> lines(const std::string& out) {
        std::istringstream in(out);
        std::vector<json::object> all;
        for (std::string line; std::getline(in, line);) all.push_back(json::parse(line).as_object());
        return all;
    }
    static std::string collection(const std::string& features) {
        return R"({"type":"FeatureCollection","features":[)" + features + "]}";
    }
    const std::string kLuna =
        R"({"type":"Feature","geometry":{"type":"Point","coordinates":[4.8,45.7]},"properties":)"
        R"({"amenity":"cafe","name":"Luna"}})";

private:
    world::TempFolder folder_;
};

TEST_F(VenueCommand, ImportsListsAndRemoves) {
    const std::string path = file(collection(kLuna));
    const Outcome first = run({"import", path.c_str()});
    ASSERT_EQ(first.status, 0) << first.err;
    const auto said = lines(first.out);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].at("set").as_string(), "town");
    EXPECT_EQ(said[0].at("created").as_int64(), 1);
    EXPECT_EQ(lines(run({"import", path.c_str()}).out).at(0).at("created").as_int64(), 0);
    const auto sets = lines(run({"list"}).out);
    ASSERT_EQ(sets.size(), 1U);
    EXPECT_EQ(sets[0].at("venues").as_int64(), 1);
    EXPECT_EQ(sets[0].at("read_at").as_string(), "2026-11-20T18:28:30Z");
    EXPECT_EQ(run({"remove", "town"}).status, 0);
    EXPECT_EQ(run({"list"}).out, "");
    EXPECT_NE(run({"remove", "town"}).status, 0);
}

TEST_F(VenueCommand, NamesTheFeatureThatItRejects) {
    const std::string broken =
        R"({"type":"Feature","geometry":null,"properties":{"amenity":"pub","name":"Sol"}})";
    const Outcome outcome = run({"import", file(collection(kLuna + "," + broken)).c_str()});
    EXPECT_EQ(outcome.status, static_cast<int>(Exit::some_rejected));
    const auto said = lines(outcome.out);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].at("rejected").as_object().at("feature").as_int64(), 2);
    EXPECT_EQ(said[1].at("venues").as_int64(), 1);
}

TEST_F(VenueCommand, SaysWhatCannotBeReadAtAll) {
    for (const std::string& text : {std::string("no map"), collection(""), std::string(R"({"type":"x"})")}) {
        const Outcome outcome = run({"import", file(text).c_str()});
        EXPECT_EQ(outcome.status, static_cast<int>(Exit::unreadable)) << text;
        EXPECT_EQ(outcome.out, "");
        EXPECT_NE(outcome.err.find("town.latest.geojson"), std::string::npos);
    }
    EXPECT_NE(run({"import", "/nowhere/at.all"}).status, 0);
}

}  // namespace
}  // namespace vv::cli
