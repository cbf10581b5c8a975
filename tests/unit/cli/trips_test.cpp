#include "cli/trips.h"

#include "app/people.h"
#include "cli/command.h"
#include "store/accounts.h"
#include "world/databases.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
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

class TripCommand : public testing::Test {
protected:
    void SetUp() override {
        store::DatabaseOptions options;
        options.url = url();
        const auto db = store::Database::open(options);
        ASSERT_TRUE(db);
        core::Account account;
        account.id = {1};
        account.handle = "ann";
        account.email = "ann@example.com";
        account.full_name = "Ann";
        account.zone = *Zone::find("America/Toronto");
        account.created_at = kNow;
        IdSource ids;
        const auto added = (*db)->write_now([&](store::Tx& tx) -> Result<Done> {
            store::accounts::add(tx, account, "hash");
            std::vector<app::NewPerson> people;
            for (const char* name : {"Bea", "Cem", "Dov"})
                people.push_back({name, "Boston", "", core::Relation::colleague});
            TRY(const auto made, app::add_people(tx, {{1}, kNow, account.zone}, people, &ids));
            return Done{};
        });
        ASSERT_TRUE(added);
        (*db)->close();
    }
    Outcome run(std::vector<const char*> words) {
        words.insert(words.begin(),
                     {"visavis", "--json", "trip", "--account", "ann", "--now", "2026-11-20T18:28:30Z"});
        CommandLine line("1.2.3", [this](const Globals&) {
            return Result<DataPlace>(DataPlace{folder_.path(), url()});
        });
        Command root = line.root();
        add_trips_commands(root);
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status = line.run(static_cast<int>(words.size()), words.data());
        return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }
    // Refused as wrong usage, with one line that says why and nothing else.
    void expect_refused(const std::vector<const char*>& words, const std::string& why) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.status, 1);
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
        EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
    }

private:
    [[nodiscard]] std::string url() const { return "sqlite:" + folder_.path() + "/visavis.db"; }
    const Instant kNow = *parse_rfc3339("2026-11-20T18:28:30Z");
    world::TempFolder folder_;
};

TEST_F(TripCommand, PrintsALineAMeetingAndASummary) {
    const Outcome outcome = run({"--near", "42.36,-71.06", "--from", "2026-12-08", "--to", "2026-12-09"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::vector<json::object> said;
    for (std::string line; std::getline(lines, line);) said.push_back(json::parse(line).as_object());
    ASSERT_EQ(said.size(), 4U);
    double value = 0;
    std::string before;
    for (std::size_t i = 0; i < 3; ++i) {
        const json::object& meeting = said[i];
        EXPECT_EQ(meeting.size(), 6U);
        const std::string start(meeting.at("start").as_string());
        EXPECT_GE(start, before);
        before = std::string(meeting.at("end").as_string());
        EXPECT_TRUE(meeting.at("person").as_object().contains("id"));
        EXPECT_TRUE(meeting.at("person").as_object().contains("name"));
        EXPECT_TRUE(meeting.at("place").as_object().contains("at"));
        EXPECT_TRUE(meeting.at("travel_minutes").is_int64());
        value += meeting.at("value").as_double();
    }
    const json::object& summary = said.back();
    EXPECT_EQ(summary.size(), 5U);
    EXPECT_EQ(summary.at("meetings").as_int64(), 3);
    EXPECT_NEAR(summary.at("value").as_double(), value, 1e-4);
    EXPECT_EQ(summary.at("bound").as_double(), summary.at("value").as_double());
    EXPECT_EQ(summary.at("left_out").to_number<int>(), 0);
    EXPECT_GT(summary.at("seconds").as_double(), 0);
}

TEST_F(TripCommand, TakesMomentsToo) {
    const Outcome outcome =
        run({"--near", "42.36,-71.06", "--from", "2026-12-08T15:00:00Z", "--to", "2026-12-08T16:30:00Z"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 2);
}

TEST_F(TripCommand, RefusesWhatMakesNoSense) {
    expect_refused({"--near", "42.36,-71.06", "--from", "2026-12-09", "--to", "2026-12-07"}, "ends after");
    expect_refused({"--near", "92,-71.06", "--from", "2026-12-08", "--to", "2026-12-09"}, "latitude");
    expect_refused({"--near", "42,-181", "--from", "2026-12-08", "--to", "2026-12-09"}, "longitude");
    expect_refused({"--near", "42", "--from", "2026-12-08", "--to", "2026-12-09"}, "--near");
    expect_refused({"--near", "42.36,-71.06", "--from", "2026-12-08", "--to", "2027-03-09"}, "60 days");
    expect_refused({"--near", "42.36,-71.06", "--from", "soon", "--to", "2027-03-09"}, "date");
    expect_refused({"--near", "nan,0", "--from", "2026-12-08", "--to", "2026-12-09"}, "latitude");
}

}  // namespace
}  // namespace vv::cli
