#include "cli/command.h"

#include <gtest/gtest.h>

namespace vv::cli {
namespace {

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

struct Wanted {
    std::string account;
    std::optional<int> year;
    std::vector<std::string> relations;
    std::vector<std::string> paths;
    bool admin = false;
};

class TheCommandLine : public testing::Test {
protected:
    TheCommandLine()
        : line("1.2.3", [](const Globals&) {
              return Result<DataPlace>(DataPlace{"/nonexistent", "sqlite:/x"});
          }) {
        Command tally = line.root().add("tally", "People met");
        tally.required("--account", wanted.account, "Whose");
        tally.option("--year", wanted.year, "Which");
        tally.option("--relation", wanted.relations, "Of those only");
        tally.flag("--admin", wanted.admin, "A flag");
        tally.option("PATH", wanted.paths, "Files");
        tally.run([this](Environment& env) -> Result<Exit> {
            ++runs;
            json = env.json();
            now = env.now();
            env.out() << "ran\n";
            return ending;
        });
        Command review = tally.add("review", "Below it");
        review.run([this](Environment&) -> Result<Exit> {
            ++reviews;
            return Exit::some_rejected;
        });
        line.root().add("config", "A group").add("check", "In it").run([](Environment&) -> Result<Exit> {
            throw std::runtime_error("lost the disk");
        });
    }

    Outcome run(std::vector<const char*> words) {
        words.insert(words.begin(), "visavis");
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status = line.run(static_cast<int>(words.size()), words.data());
        return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }

    Wanted wanted;
    int runs = 0;
    int reviews = 0;
    bool json = false;
    Instant now{};
    Result<Exit> ending = Exit::done;
    CommandLine line;
};

TEST_F(TheCommandLine, RunsACommandWithItsOptions) {
    const Outcome outcome = run({"tally", "--account", "ann", "--year", "2026", "--relation", "friend",
                                 "--relation", "relative", "--admin", "a.zip", "b.zip"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "ran\n");
    EXPECT_EQ(wanted.account, "ann");
    EXPECT_EQ(wanted.year, 2026);
    EXPECT_EQ(wanted.relations, (std::vector<std::string>{"friend", "relative"}));
    EXPECT_EQ(wanted.paths, (std::vector<std::string>{"a.zip", "b.zip"}));
    EXPECT_TRUE(wanted.admin);
}

TEST_F(TheCommandLine, AnOptionTakesOneValueEachTime) {
    EXPECT_EQ(run({"tally", "--relation", "friend", "a.zip", "--account", "ann"}).status, 0);
    EXPECT_EQ(wanted.relations, std::vector<std::string>{"friend"});
    EXPECT_EQ(wanted.paths, std::vector<std::string>{"a.zip"});
}

TEST_F(TheCommandLine, OptionsForEveryCommandStandAnywhere) {
    run({"--json", "--now", "2026-11-20T18:00:00Z", "tally", "--account", "ann"});
    EXPECT_TRUE(json);
    EXPECT_EQ(format_rfc3339(now), "2026-11-20T18:00:00Z");
}

TEST_F(TheCommandLine, TheySayTheSameBehindTheCommand) {
    run({"tally", "--account", "ann", "--json", "--now", "2026-11-20T19:00:00+01:00"});
    EXPECT_TRUE(json);
    EXPECT_EQ(format_rfc3339(now), "2026-11-20T18:00:00Z");
}

TEST_F(TheCommandLine, ACommandBelowRunsAloneAndNeedsOnlyItsOwn) {
    EXPECT_EQ(run({"tally", "review"}).status, 3);
    EXPECT_EQ(runs, 0);
    EXPECT_EQ(reviews, 1);
}

TEST_F(TheCommandLine, WrongUsageIsOneLineAndStatus1) {
    const std::vector<std::vector<const char*>> wrong{
        {},
        {"nonsense"},
        {"tally"},
        {"tally", "--account"},
        {"tally", "--account", "ann", "--year", "soon"},
        {"tally", "--account", "ann", "--year", "-5"},
        {"tally", "--account", "ann", "--nonsense"},
        {"config"},
        {"--data", "/a", "--database", "postgresql:///b", "tally"},
        {"tally", "--account", "ann", "--now", "noon"}};
    for (const auto& words : wrong) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.status, 1) << outcome.err;
        EXPECT_EQ(outcome.out, "");
        EXPECT_TRUE(outcome.err.starts_with("visavis: ")) << outcome.err;
        EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    }
    EXPECT_EQ(runs, 0);
}

TEST_F(TheCommandLine, ACommandThatThereIsNotIsNamed) {
    EXPECT_EQ(run({"bakcup", "file"}).err,
              "visavis: There is no command 'bakcup'; `visavis --help` lists them.\n");
    EXPECT_EQ(run({"--nonsense"}).err.find("no command"), std::string::npos);
}

TEST_F(TheCommandLine, HelpAndVersionAreNoErrors) {
    const Outcome help = run({"--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_NE(help.out.find("tally"), std::string::npos);
    const Outcome version = run({"--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_NE(version.out.find("1.2.3"), std::string::npos);
}

TEST_F(TheCommandLine, AnErrorEndsWithItsStatusAndItsSentence) {
    ending = Error(Fault::forbidden, "x.y", "Not allowed.");
    const Outcome refused = run({"tally", "--account", "ann"});
    EXPECT_EQ(refused.status, 4);
    EXPECT_EQ(refused.err, "visavis: Not allowed.\n");
    ending = Error(Fault::not_found, "account.unknown", "No account is called 'ann'.");
    EXPECT_EQ(run({"tally", "--account", "ann"}).status, 1);
}

TEST_F(TheCommandLine, WhatBreaksIsSaidInOneLine) {
    const Outcome broken = run({"config", "check"});
    EXPECT_EQ(broken.status, 4);
    EXPECT_EQ(broken.err, "visavis: Something broke: lost the disk\n");
}

TEST(ExitOf, FollowsTheContract) {
    EXPECT_EQ(exit_of(Error(Fault::invalid, "")), Exit::usage);
    EXPECT_EQ(exit_of(Error(Fault::not_found, "")), Exit::usage);
    for (const Fault fault :
         {Fault::forbidden, Fault::conflict, Fault::too_many, Fault::unavailable, Fault::unauthenticated})
        EXPECT_EQ(exit_of(Error(fault, "")), Exit::refused);
}

}  // namespace
}  // namespace vv::cli
