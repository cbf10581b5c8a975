#include "cli/accounts.h"

#include "base/crypto.h"
#include "cli/command.h"
#include "store/accounts.h"
#include "world/databases.h"

#include <algorithm>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace vv::cli {
namespace {

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

class AccountCommands : public testing::Test {
protected:
    AccountCommands() : terminal_(dup(STDIN_FILENO)), cin_(std::cin.rdbuf()) {
        const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
        dup2(nothing, STDIN_FILENO);
        close(nothing);
    }
    ~AccountCommands() override {
        dup2(terminal_, STDIN_FILENO);
        close(terminal_);
        std::cin.rdbuf(cin_);
    }

    Outcome run(const std::string& stdin_text, std::vector<const char*> words) {
        std::istringstream in(stdin_text);
        std::cin.rdbuf(in.rdbuf());
        std::cin.clear();
        words.insert(words.begin(), "visavis");
        CommandLine line("1.2.3", [this](const Globals&) {
            return Result<DataPlace>(DataPlace{folder_.path(), "sqlite:" + folder_.path() + "/visavis.db"});
        });
        Command root = line.root();
        add_account_commands(root);
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int status = line.run(static_cast<int>(words.size()), words.data());
        return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }

    std::optional<core::Account> find(const std::string& handle, std::string* hash = nullptr) {
        store::DatabaseOptions options;
        options.url = "sqlite:" + folder_.path() + "/visavis.db";
        const auto db = store::Database::open(options);
        EXPECT_TRUE(db);
        std::optional<core::Account> found;
        EXPECT_TRUE((*db)->read_now([&](store::Tx& tx) -> Result<Done> {
            found = store::accounts::find_by_handle(tx, handle);
            if (found && hash) *hash = store::accounts::password_hash(tx, found->id);
            return Done{};
        }));
        (*db)->close();
        return found;
    }

private:
    world::TempFolder folder_;
    int terminal_;
    std::streambuf* cin_;
};

TEST_F(AccountCommands, AddTakesThePasswordFromStdin) {
    const Outcome outcome =
        run("four random words\n", {"account", "add", "Cat", "--email", "Cat@Example.com", "--name", "Cat H",
                                    "--home", "43.65,-79.38", "--admin", "--now", "2026-11-20T18:00:00Z"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "Account cat <cat@example.com> is made.\n");
    std::string hash;
    const auto cat = find("cat", &hash);
    ASSERT_TRUE(cat);
    EXPECT_TRUE(verify_password("four random words", hash));
    EXPECT_EQ(cat->full_name, "Cat H");
    EXPECT_TRUE(cat->is_admin);
    EXPECT_EQ(cat->zone.name(), "America/Toronto") << "the home's";
    ASSERT_TRUE(cat->home);
    EXPECT_EQ(cat->home->at, snap_to_cell({43.65, -79.38}));
    EXPECT_EQ(format_rfc3339(cat->created_at), "2026-11-20T18:00:00Z");
    EXPECT_TRUE(cat->email_verified_at) << "the operator's word";
}

TEST_F(AccountCommands, AddMakesAPasswordAndPrintsItOtherwise) {
    const Outcome outcome = run("", {"account", "add", "bob", "--email", "bob@example.com"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    const auto at = outcome.out.find("Password: ");
    ASSERT_NE(at, std::string::npos) << outcome.out;
    const std::string password = outcome.out.substr(at + 10, outcome.out.find('\n', at) - at - 10);
    std::string hash;
    ASSERT_TRUE(find("bob", &hash));
    EXPECT_TRUE(verify_password(password, hash));
}

TEST_F(AccountCommands, DeleteInTwoWeeksOrAtOnceAndKeep) {
    ASSERT_EQ(run("", {"account", "add", "bob", "--email", "bob@example.com"}).status, 0);
    const Outcome later = run("", {"account", "delete", "bob", "--now", "2026-11-20T18:00:00Z"});
    EXPECT_EQ(later.status, 0) << later.err;
    EXPECT_NE(later.out.find("will be deleted on 2026-12-04"), std::string::npos) << later.out;
    EXPECT_FALSE(find("bob")) << "nobody finds it";
    EXPECT_EQ(run("", {"account", "keep", "bob", "--now", "2026-12-05T18:00:00Z"}).status, 4) << "too late";
    EXPECT_EQ(run("", {"account", "keep", "bob", "--now", "2026-11-21T18:00:00Z"}).status, 0);
    EXPECT_TRUE(find("bob"));
    EXPECT_EQ(run("", {"account", "keep", "bob"}).status, 4);
    EXPECT_EQ(run("", {"account", "delete", "bob", "--at-once"}).status, 0);
    EXPECT_EQ(run("", {"account", "list"}).out, "");
    const Outcome again = run("", {"account", "add", "bob", "--email", "bob@example.com"});
    EXPECT_EQ(again.err, "visavis: This handle is taken; choose another one.\n");
    EXPECT_EQ(run("", {"account", "delete", "bob", "--at-once"}).status, 1) << "there is none";
}

TEST_F(AccountCommands, AddSaysWhatIsWrongInOneLine) {
    EXPECT_EQ(run("", {"account", "add", "bob", "--email", "bob@example.com"}).status, 0);
    const Outcome twice = run("", {"account", "add", "bob", "--email", "other@example.com"});
    EXPECT_EQ(twice.status, 4);
    EXPECT_EQ(twice.err, "visavis: This handle is taken; choose another one.\n");
    EXPECT_EQ(run("", {"account", "add", "bob2", "--email", "bob@example.com"}).status, 4)
        << "the address is proved";
    EXPECT_EQ(run("short\n", {"account", "add", "ann", "--email", "ann@example.com"}).status, 1);
    EXPECT_EQ(run("", {"account", "add", "ann", "--email", "ann"}).status, 1);
    EXPECT_EQ(run("", {"account", "add", "ann", "--email", "ann@example.com", "--zone", "Mars"}).status, 1);
    EXPECT_EQ(run("", {"account", "add", "ann", "--email", "ann@example.com", "--home", "91,0"}).status, 1);
    EXPECT_FALSE(find("ann"));
}

TEST_F(AccountCommands, ListPrintsALineEach) {
    run("", {"account", "add", "zoe", "--email", "zoe@example.com"});
    run("", {"account", "add", "ann", "--email", "ann@example.com"});
    const Outcome text = run("", {"account", "list"});
    EXPECT_EQ(text.status, 0);
    EXPECT_LT(text.out.find("ann@example.com"), text.out.find("zoe@example.com"));
    const Outcome json = run("", {"account", "list", "--json"});
    EXPECT_EQ(std::ranges::count(json.out, '\n'), 2);
    EXPECT_EQ(json.out.find(R"({"id":")"), 0U);
    EXPECT_NE(json.out.find(R"("handle":"ann","name":"ann","email":"ann@example.com","email_verified":true)"),
              std::string::npos);
}

TEST_F(AccountCommands, PasswordSetsANewOne) {
    run("", {"account", "add", "ann", "--email", "ann@example.com"});
    EXPECT_EQ(run("four random words\n", {"account", "password", "ann"}).status, 0);
    std::string hash;
    find("ann", &hash);
    EXPECT_TRUE(verify_password("four random words", hash));
    EXPECT_EQ(run("password123\n", {"account", "password", "ann"}).status, 1);
    const Outcome unknown = run("", {"account", "password", "nobody"});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_EQ(unknown.err, "visavis: There is no account \"nobody\" here.\n");
}

}  // namespace
}  // namespace vv::cli
