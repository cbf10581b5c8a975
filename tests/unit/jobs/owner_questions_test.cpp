// Who the owner is in an archive that doesn't tell: asked, answered, read again, taken back.
#include "app/owner_questions.h"

#include "jobs/import_archive.h"
#include "world/databases.h"
#include "world/imports.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>

namespace vv::jobs {
namespace {

using store::imports::State;
using Lines = std::vector<std::string>;

class OwnerQuestions : public world::ForEachDatabase {
protected:
    void SetUp() override {
        ForEachDatabase::SetUp();
        if (!IsSkipped()) importer_ = std::make_unique<world::Importer>(db());
    }
    [[nodiscard]] world::Importer& importer() { return *importer_; }

    /// One conversation on X between two accounts, without the file that says whose it is.
    std::string two_people() {
        const std::string path = folder_.path() + "/twitter";
        world::write_file(path + "/data/direct-messages.js",
                          R"(window.YTD.direct_messages.part0 = [ { "dmConversation" : {
"conversationId" : "22-33", "messages" : [ { "messageCreate" : { "recipientId" : "33", "senderId" : "22",
"id" : "1", "createdAt" : "2020-01-02T03:04:05.000Z" } } ] } } ])");
        return path;
    }
    /// An X archive that says it is Bob Ray's.
    std::string of_bob() {
        const std::string path = folder_.path() + "/bob";
        world::write_file(path + "/data/account.js",
                          R"(window.YTD.account.part0 = [ { "account" : { "email" : "bob@example.com",
"accountId" : "22", "accountDisplayName" : "Bob Ray", "username" : "bobray" } } ])");
        world::write_file(path + "/data/follower.js",
                          R"(window.YTD.follower.part0 = [ { "follower" : { "accountId" : "44" } } ])");
        return path;
    }
    Result<std::vector<app::Import>> answer(const app::Import& import, std::optional<std::string> key,
                                            bool none = false) {
        const auto& question = import.questions.at(0);
        return db().write_now([&](store::Tx& tx) {
            return app::answer_owner(tx, importer().caller(),
                                     {import.id, question.archive, question.network, std::move(key), none},
                                     nullptr);
        });
    }
    app::Import answer_and_read(app::Import import, std::optional<std::string> key, bool none = false) {
        const auto again = answer(import, std::move(key), none);
        EXPECT_TRUE(again) << again.error().detail;
        if (!again) return import;
        EXPECT_EQ(again->size(), 1U);
        EXPECT_EQ(importer().find(import.id).state, State::queued);
        EXPECT_TRUE(importer().read_again(import.id));
        import = importer().find(import.id);
        EXPECT_EQ(import.state, State::done);
        return import;
    }
    Lines lines(std::string_view beginning) {
        Lines found = importer().record();
        std::erase_if(found, [&](const std::string& line) { return !line.starts_with(beginning); });
        return found;
    }

private:
    world::TempFolder folder_;
    std::unique_ptr<world::Importer> importer_;
};
VV_ON_EACH_DATABASE(OwnerQuestions);

TEST_P(OwnerQuestions, AreAnsweredByReadingTheArchiveAgainAndTakenBackTheSameWay) {
    const auto asked = importer().import(two_people());
    ASSERT_EQ(asked.questions.size(), 1U);
    EXPECT_TRUE(asked.questions[0].is_open());
    EXPECT_EQ(asked.questions[0].unsure.candidates.size(), 2U);
    EXPECT_FALSE(asked.path.empty());
    const Lines unanswered = importer().record();
    EXPECT_EQ(lines("contact ").size(), 0U);

    const auto answered = answer_and_read(asked, "33");
    EXPECT_EQ(answered.questions.at(0).said->key, "33");
    EXPECT_THAT(lines("contact "), testing::ElementsAre(testing::StartsWith("contact twitter 22 ")));
    EXPECT_THAT(lines("owner "), testing::ElementsAre("owner twitter 33"));
    EXPECT_EQ(answered.report->lines.at(0).contacts, 1);
    EXPECT_EQ(answered.report->lines.at(0).rejected, 0);
    EXPECT_EQ(importer().count("import_rejections"), 0);

    const auto otherwise = answer_and_read(answered, "22");
    EXPECT_THAT(lines("contact "), testing::ElementsAre(testing::StartsWith("contact twitter 33 ")));
    EXPECT_THAT(lines("owner "), testing::ElementsAre("owner twitter 22"));

    const auto open = answer_and_read(otherwise, std::nullopt);
    EXPECT_TRUE(open.questions.at(0).is_open());
    EXPECT_EQ(importer().record(), unanswered);
    EXPECT_EQ(importer().count("owner_answers"), 0);
}

TEST_P(OwnerQuestions, NoneOfThemIsAnAnswerToo) {
    const auto none = answer_and_read(importer().import(two_people()), std::nullopt, true);
    EXPECT_TRUE(none.questions.at(0).none);
    EXPECT_EQ(lines("contact ").size(), 0U);
    EXPECT_EQ(lines("owner ").size(), 0U);
}

TEST_P(OwnerQuestions, AnArchiveOfSomebodyElseGoesOutAgain) {
    importer().import(std::string(VV_SAMPLES) + "/Complete_LinkedInDataExport_11-20-2026.zip");
    const Lines before = importer().record();
    const auto asked = importer().import(of_bob());
    ASSERT_EQ(asked.questions.size(), 1U);
    EXPECT_EQ(asked.questions[0].unsure.taken, "22");
    EXPECT_THAT(importer().record(), testing::Contains(testing::StartsWith("tie twitter 44 ")));
    // What it says of Bob is not believed before it is confirmed.
    EXPECT_THAT(lines("owner "), testing::Contains("owner twitter 22"));
    EXPECT_THAT(lines("owner "), testing::Not(testing::Contains("owner email bob@example.com")));

    const auto denied = answer_and_read(asked, std::nullopt, true);
    EXPECT_EQ(importer().record(), before);
    answer_and_read(denied, "22");
    EXPECT_THAT(importer().record(), testing::Contains(testing::StartsWith("tie twitter 44 ")));
    EXPECT_THAT(lines("owner "), testing::Contains("owner email bob@example.com"));
}

TEST_P(OwnerQuestions, RememberTheAnswerWhenTheArchiveComesBack) {
    const auto asked = importer().import(two_people());
    answer_and_read(asked, "33");
    const Lines answered = importer().record();
    ASSERT_TRUE(importer().take_out(asked.id));
    EXPECT_EQ(importer().count("owner_questions"), 0);
    const auto again = importer().import(two_people());
    EXPECT_EQ(again.questions.at(0).said->key, "33");
    EXPECT_EQ(importer().record(), answered);
}

TEST_P(OwnerQuestions, OfAnArchiveKeptNoLongerAreNotedOnly) {
    const auto asked = importer().import(two_people());
    const Lines before = importer().record();
    importer().now += std::chrono::days(31);
    const auto kept =
        db().write_now([&](store::Tx& tx) { return app::give_up_archives(tx, importer().now); });
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 1U);
    EXPECT_FALSE((*kept)[0].is_upload);
    const auto again = answer(asked, "33");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->size(), 0U);
    EXPECT_EQ(importer().find(asked.id).state, State::done);
    EXPECT_EQ(importer().find(asked.id).questions.at(0).said->key, "33");
    EXPECT_EQ(importer().record(), before);
}

TEST_P(OwnerQuestions, LeaveThingsAsTheyWereWhenTheArchiveIsGoneOrTheOwnerThinksAgain) {
    const auto asked = importer().import(two_people());
    const Lines before = importer().record();
    ASSERT_TRUE(answer(asked, "33"));
    ASSERT_TRUE(db().write_now([&](store::Tx& tx) {
        return app::cancel_import(tx, importer().caller(), asked.id, &importer().ids());
    }));
    EXPECT_EQ(importer().find(asked.id).state, State::done);
    EXPECT_EQ(importer().record(), before);

    ASSERT_TRUE(answer(asked, "33"));
    std::filesystem::remove_all(asked.path);
    ASSERT_TRUE(importer().read_again(asked.id));
    EXPECT_EQ(importer().find(asked.id).state, State::done);
    EXPECT_EQ(importer().find(asked.id).path, "");
    EXPECT_EQ(importer().record(), before);
}

TEST_P(OwnerQuestions, TakeNoAnswerThatIsNoneOfTheirs) {
    const auto asked = importer().import(two_people());
    const auto stranger = answer(asked, "44");
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().code, "import.no_candidate");
    auto nothing = asked;
    nothing.questions[0].network = "facebook";
    const auto unknown = answer(nothing, "22");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "import.nothing_to_ask");
}

TEST_P(OwnerQuestions, AreNotAskedByTheSample) {
    const auto import = importer().import(VV_SAMPLES);
    for (const auto& question : import.questions)
        ADD_FAILURE() << question.archive << " " << question.network << " " << question.unsure.taken;
}

}  // namespace
}  // namespace vv::jobs
