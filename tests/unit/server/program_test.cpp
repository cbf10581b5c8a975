// The real program: what only shows when everything is put together.
#include "unit/server/program.h"

#include "net/client.h"
#include "world/databases.h"
#include "world/small_disk.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

namespace vv::server {
namespace {

class TheProgram : public testing::Test {
protected:
    // Starts it and returns its address.
    std::string serve(std::vector<std::string> more = {}, std::vector<std::string> environ = {}) {
        std::vector<std::string> words{"--data", data_folder, "serve", "--listen", "127.0.0.1:0"};
        words.insert(words.end(), more.begin(), more.end());
        program = std::make_unique<Program>(words, environ);
        const std::string line = program->wait_for_line("Visavis is ready at ");
        return line.empty() ? "" : line.substr(line.rfind(' ') + 1);
    }

    net::ClientResponse get(const std::string& url,
                            std::vector<std::pair<std::string, std::string>> headers = {},
                            net::Method method = net::Method::get) {
        net::ClientOptions options;
        options.allow_private = true;
        net::ClientRequest request;
        request.url = url;
        request.method = method;
        request.headers = std::move(headers);
        auto answer = net::Client(options).fetch(request);
        if (!answer) throw std::runtime_error(answer.error().detail);
        return *std::move(answer);
    }

    world::TempFolder folder;
    std::string data_folder = folder.path();
    std::unique_ptr<Program> program;
};

TEST_F(TheProgram, ServesFromAnEmptyFolder) {
    const std::string url = serve();
    ASSERT_TRUE(url.starts_with("http://127.0.0.1:"));
    EXPECT_EQ(get(url + "/healthz").body, "ok\n");
    EXPECT_EQ(get(url + "/readyz").body, "ready\n");
    EXPECT_EQ(get(url + "/").status, 200);
    EXPECT_EQ(get(url + "/api/visavis/v1/nothing").status, 404);
    EXPECT_NE(get(url + "/metrics").body.find("visavis_http_requests_total"), std::string::npos);
}

// Whether /readyz gets to answer so; what it tried is good for five seconds.
bool comes_to_say(const std::function<std::string()>& ask, const std::string& wanted) {
    for (int tries = 0; tries < 100; ++tries) {
        if (ask() == wanted) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

TEST_F(TheProgram, IsNotReadyOnAFullDisk) {
    const world::SmallDisk disk(32);
    if (!disk.is_there()) GTEST_SKIP() << "only root can mount a small disk";
    data_folder = disk.path();
    const std::string url = serve();
    const auto ask = [&] { return get(url + "/readyz").body; };
    EXPECT_EQ(ask(), "ready\n");
    const std::string ballast = disk.path() + "/ballast";
    std::ofstream(ballast) << std::string(32U << 20, 'x') << std::flush;
    EXPECT_EQ(ask(), "disk full\n");
    EXPECT_EQ(get(url + "/readyz").status, 503);
    EXPECT_EQ(get(url + "/healthz").body, "ok\n");
    std::filesystem::remove(ballast);
    EXPECT_EQ(ask(), "ready\n");
}

TEST_F(TheProgram, IsNotReadyWhenTheDatabaseTakesNoWrites) {
    const std::string url = serve();
    const auto ask = [&] { return get(url + "/readyz").body; };
    EXPECT_EQ(ask(), "ready\n");
    const auto other = store::Database::open({"sqlite:" + folder.path() + "/visavis.db"});
    ASSERT_TRUE(other);
    // Somebody else holds the only right to write, for longer than anybody waits.
    ASSERT_TRUE((*other)->write_now([&](store::Tx&) -> Result<Done> {
        EXPECT_TRUE(comes_to_say(ask, "no database to write to\n"));
        return Done{};
    }));
    EXPECT_TRUE(comes_to_say(ask, "ready\n"));
}

TEST_F(TheProgram, EveryAnswerCarriesTheSecurityHeaders) {
    const std::string url = serve();
    for (const char* path : {"/", "/healthz", "/api/nothing"}) {
        const net::ClientResponse answer = get(url + path);
        EXPECT_NE(answer.header("content-security-policy").find("script-src 'self'"), std::string_view::npos)
            << path;
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << path;
        EXPECT_NE(answer.header("permissions-policy").find("camera=(self)"), std::string_view::npos) << path;
    }
}

TEST_F(TheProgram, RefusesAnotherSitesPage) {
    const std::string url = serve();
    const auto answer =
        get(url + "/api/visavis/v1/session", {{"origin", "https://evil.example.com"}}, net::Method::delete_);
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(answer.body.find("http.origin"), std::string::npos);
}

TEST_F(TheProgram, MetricsAreForTheNeighbourhoodOnly) {
    const std::string url = serve();
    EXPECT_EQ(get(url + "/metrics", {{"x-forwarded-for", "192.0.2.1"}}).status, 404);
    program.reset();
    const std::string other = serve({}, {"VISAVIS_METRICS_FROM=192.0.2.1"});
    EXPECT_EQ(get(other + "/metrics").status, 404);
}

TEST_F(TheProgram, EndsCleanlyWhenTold) {
    for (const int number : {SIGTERM, SIGINT}) {
        ASSERT_FALSE(serve().empty());
        program->signal(number);
        const Ended ended = program->wait();
        EXPECT_EQ(ended.status, 0) << ended.err;
        EXPECT_NE(ended.err.find("server.stopped"), std::string::npos) << ended.err;
    }
}

TEST_F(TheProgram, ASecondServerOnTheSameFolderIsRefused) {
    ASSERT_FALSE(serve().empty());
    const Ended second = run({"--data", folder.path(), "serve", "--listen", "127.0.0.1:0"});
    EXPECT_EQ(second.status, 4);
    EXPECT_TRUE(second.err.starts_with("visavis: ")) << second.err;
}

TEST_F(TheProgram, ATakenPortIsRefused) {
    const std::string url = serve();
    const world::TempFolder other;
    const Ended second = run({"--data", other.path(), "serve", "--listen", url.substr(7)});
    EXPECT_EQ(second.status, 4);
    EXPECT_NE(second.err.find("Can't listen on"), std::string::npos) << second.err;
}

TEST_F(TheProgram, LogsInTheFormThatWasAskedFor) {
    ASSERT_FALSE(serve({}, {"VISAVIS_LOG_FORM=json"}).empty());
    program->signal(SIGTERM);
    const std::string err = program->wait().err;
    EXPECT_NE(err.find(R"("event":"server.ready")"), std::string::npos) << err;
}

TEST_F(TheProgram, WrongConfigurationEndsWithStatus1) {
    const std::string file = folder.path() + "/visavis.toml";
    std::ofstream(file) << "[server]\nport = 8080\n";
    const Ended ended = run({"--config", file, "--data", folder.path(), "serve"});
    EXPECT_EQ(ended.status, 1);
    EXPECT_NE(ended.err.find(file + ":2: server.port is no setting"), std::string::npos) << ended.err;
    EXPECT_EQ(run({"--data", folder.path(), "serve", "--clock", "noon"}).status, 1);
    EXPECT_EQ(run({"--data", folder.path(), "serve", "--tls-cert", "a.pem"}).status, 1);
}

TEST_F(TheProgram, ConfigCheckExplainsEveryKeyAndHidesSecrets) {
    const std::string file = folder.path() + "/visavis.toml";
    std::ofstream(file) << "[mail]\nurl = \"smtp://mail.example.org:587\"\n";
    const Ended text = run({"--config", file, "config", "check"}, {"VISAVIS_MAIL_PASSWORD=hunter2"});
    EXPECT_EQ(text.status, 0) << text.err;
    EXPECT_NE(text.out.find("mail.url = smtp://mail.example.org:587   [" + file + ":2; text]"),
              std::string::npos)
        << text.out;
    EXPECT_NE(text.out.find("mail.password = (set)   [$VISAVIS_MAIL_PASSWORD; secret text]"),
              std::string::npos);
    EXPECT_EQ(text.out.find("hunter2"), std::string::npos);
    EXPECT_NE(text.out.find("accounts.sign_up = invited   [default; one of open, invited, closed]\n    Who "
                            "may make an account."),
              std::string::npos);
    const Ended json = run({"--config", file, "--json", "config", "check"});
    EXPECT_NE(json.out.find(R"({"key":"mail.url","value":"smtp://mail.example.org:587")"), std::string::npos)
        << json.out;
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/visavis.db"));
}

TEST_F(TheProgram, NamesADamagedDatabaseAndWhatToDo) {
    const std::string file = folder.path() + "/visavis.db";
    std::ofstream(file) << std::string(5000, 'x');
    for (const char* command : {"serve", "account"}) {
        std::vector<std::string> words{"--data", folder.path(), command};
        if (words.back() == "account") words.insert(words.end(), {"list"});
        const Ended ended = run(words);
        EXPECT_EQ(ended.status, 4) << command;
        EXPECT_NE(ended.err.find("visavis: " + file + ": "), std::string::npos) << ended.err;
        EXPECT_NE(ended.err.find("restore it from a backup"), std::string::npos) << ended.err;
    }
}

TEST_F(TheProgram, ImportEndsWithStatus2WhenNothingAtAllWasReadAndWith3WhenSomethingWas) {
    const auto import = [&](const std::string& name, const std::string& bytes) {
        const std::string file = folder.path() + "/" + name;
        std::ofstream(file) << bytes;
        return run({"--data", folder.path(), "import", "--account", "ann", file});
    };
    ASSERT_EQ(run({"--data", folder.path(), "account", "add", "ann", "--email", "ann@example.com"}).status,
              0);
    const std::string broken = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoe";  // the card never ends
    const Ended nothing = import("nothing.vcf", broken);
    EXPECT_EQ(nothing.status, 2) << nothing.out;
    EXPECT_TRUE(nothing.err.starts_with("visavis: nothing.vcf: ")) << nothing.err;
    EXPECT_NE(nothing.out.find("rejected  nothing.vcf  nothing.vcf:1"), std::string::npos) << nothing.out;
    const std::string good = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ian Quill\r\nEND:VCARD\r\n";
    EXPECT_EQ(import("some.vcf", good + broken).status, 3);
    EXPECT_EQ(import("all.vcf", good).status, 0);
}

TEST_F(TheProgram, KeepsItsFolderToItself) {
    const std::string data = folder.path() + "/new/data";
    Program serving({"--data", data, "serve", "--listen", "127.0.0.1:0"});
    ASSERT_FALSE(serving.wait_for_line("Visavis is ready at ").empty());
    EXPECT_EQ(std::filesystem::status(data).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(TheProgram, ForgetsHalfReceivedUploadsOfAKilledServer) {
    std::filesystem::create_directories(folder.path() + "/uploads");
    std::ofstream(folder.path() + "/uploads/upload-abcdef") << "half";
    std::ofstream(folder.path() + "/uploads/kept") << "a job's";
    ASSERT_FALSE(serve().empty());
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/uploads/upload-abcdef"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/uploads/kept"));
}

}  // namespace
}  // namespace vv::server
