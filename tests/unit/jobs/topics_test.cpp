#include "app/asks_match.h"
#include "core/asks.h"
#include "store/statements.h"
#include "world/databases.h"
#include "world/imports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vv::jobs {
namespace {

using ::testing::HasSubstr;
using world::write_file;

const std::string kAt = R"("createdDate":"2010-02-01T00:00:00.000Z")";

std::string member(const std::string& key, const std::string& name, const std::string& email) {
    return R"({"fullName":")" + name + R"(","email":")" + email + R"(","contributorName":")" + key +
           R"(","profileQuestions":[],"state":"active","level":"member",)" + kAt + "}";
}

/// A network's archive: who asks, and three others of whom each has to do with sailing in a way of their own.
class ImportedTopics : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (IsSkipped()) return;
        importer.emplace(db());
        const std::string folder = folder_.path() + "/network/";
        write_file(
            folder + "ning-members.json",
            "[" + member("0me", "Catherine Hollingsworth", "catherine.hollingsworth@letters.example.com") +
                "," + member("0bob", "Bob Ito", "bob@example.com") + "," +
                member("0cid", "Cid Moss", "cid@example.com") + "," +
                member("0di", "Di Reed", "di@example.com") + "," +
                member("0ed", "Ed Sail", "ed@example.com") + "]");
        write_file(
            folder + "ning-groups.json",
            R"([{"id":"g1","title":"Sailing on lakes","contributorName":"0me","groupPrivacy":"public",)" +
                kAt + R"(,"members":[{"contributorName":"0me"},{"contributorName":"0bob"}]}])");
        write_file(folder + "ning-discussions.json",
                   R"([{"id":"t1","contributorName":"0cid","title":"Is sailing for chief executives?",)" +
                       kAt +
                       R"(,"comments":[]},{"id":"t2","contributorName":"0me","title":"Sailing in winter",)" +
                       kAt + R"(,"comments":[{"id":"c1","contributorName":"0di","description":"x",)" + kAt +
                       R"(}]},{"id":"t3","contributorName":"0gone","title":"Sailing alone",)" + kAt +
                       R"(,"comments":[]}])");
    }
    std::vector<app::MatchedPerson> match(std::string_view text) {
        const auto ask = core::read_ask(text, importer->caller().zone.date_of(importer->now));
        EXPECT_TRUE(ask) << text;
        auto found =
            db().read_now([&](store::Tx& tx) { return app::match_people(tx, importer->caller(), *ask, 20); });
        EXPECT_TRUE(found) << found.error().detail;
        return *std::move(found);
    }
    static std::string why(const std::vector<app::MatchedPerson>& people, const std::string& name) {
        for (const auto& one : people)
            for (const auto& reason : one.match.reasons)
                if (one.person.name == name && reason.kind == "topic") return reason.text;
        return "";
    }
    [[nodiscard]] std::string path() const { return folder_.path() + "/network"; }

    std::optional<world::Importer> importer;

private:
    world::TempFolder folder_;
};
VV_ON_EACH_DATABASE(ImportedTopics);

TEST_P(ImportedTopics, TellOfWhomAnAskIsAndWhy) {
    importer->import(path());
    const auto found = match("someone who knows about sailing");
    EXPECT_EQ(why(found, "Bob Ito"), "In the group \"Sailing on lakes\"");
    EXPECT_EQ(why(found, "Cid Moss"), "Wrote \"Is sailing for chief executives?\"");
    EXPECT_EQ(why(found, "Di Reed"), "Commented on your \"Sailing in winter\"");
    EXPECT_EQ(found.size(), 3U) << "whoever is known by a title alone is nobody, and a name is no topic";
}

TEST_P(ImportedTopics, TellNoTrade) {
    importer->import(path());
    EXPECT_TRUE(match("a chief executive").empty()) << "Cid has written about them";
}

TEST_P(ImportedTopics, GoWithTheImportThatToldThem) {
    const auto import = importer->import(path());
    ASSERT_EQ(importer->count("topics"), 3);
    ASSERT_TRUE(importer->take_out(import.id));
    EXPECT_EQ(importer->count("topics"), 0);
    EXPECT_TRUE(match("someone who knows about sailing").empty());
}

// The people were there before the archive that tells what they wrote.
TEST_P(ImportedTopics, AreAddedToWhoWasThereBefore) {
    importer->import(path() + "/ning-members.json");
    EXPECT_TRUE(match("someone who knows about sailing").empty());
    importer->import(path());
    EXPECT_EQ(why(match("someone who knows about sailing"), "Cid Moss"),
              "Wrote \"Is sailing for chief executives?\"");
    importer->import(path());
    EXPECT_EQ(importer->count("topics"), 3) << "the same again changes nothing";
}

TEST_P(ImportedTopics, GoWithTheAccount) {
    importer->import(path());
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) -> Result<Done> {
        store::run(tx, "DELETE FROM accounts");
        return Done{};
    }));
    EXPECT_EQ(importer->count("topics"), 0);
}

}  // namespace
}  // namespace vv::jobs
