#include "server/config.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <unistd.h>

namespace vv::server {
namespace {

class ConfigFile : public testing::Test {
protected:
    std::string write(const std::string& text) {
        // Tests run side by side, each in a process of its own.
        const std::string folder = testing::TempDir() + "visavis_config_" + std::to_string(getpid()) + "/";
        std::filesystem::create_directories(folder);
        const std::string file = folder + "visavis_config_test.toml";
        std::ofstream(file) << text;
        return file;
    }
    // What is wrong, as a person reads it.
    std::string complaint(const std::string& text) {
        const auto loaded = load_config(write(text), {}, {});
        return loaded.ok() ? "" : loaded.error().detail.substr(loaded.error().detail.rfind('/') + 1);
    }
};

const Setting& setting(const Loaded& loaded, std::string_view name) {
    for (const Setting& one : loaded.settings)
        if (one.key->name == name) return one;
    throw std::out_of_range(std::string(name));
}

TEST(Config, HasADefaultForEverything) {
    const auto loaded = load_config("", {"HOME=/home/ann"}, {});
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->settings.size(), keys().size());
    EXPECT_EQ(loaded->config.listen, "127.0.0.1:8080");
    EXPECT_EQ(loaded->config.data, "/home/ann/.local/share/visavis");
    EXPECT_EQ(loaded->config.metrics_from, (std::vector<std::string>{"127.0.0.1/32", "::1/128"}));
    EXPECT_FALSE(loaded->config.outbound_allow_private);
    EXPECT_EQ(load_config("", {"HOME=/home/ann", "XDG_DATA_HOME=/data"}, {})->config.data, "/data/visavis");
}

TEST(Config, EveryKeyIsExplained) {
    std::set<std::string_view> names;
    for (const Key& key : keys()) {
        EXPECT_TRUE(names.insert(key.name).second) << key.name << " stands twice";
        EXPECT_TRUE(key.meaning.ends_with('.')) << key.name;
        EXPECT_FALSE(key.kind.name.empty()) << key.name;
    }
}

TEST_F(ConfigFile, IsWeakerThanTheEnvironmentAndFlags) {
    const std::string file = write(
        "data = \"/var/a\"\n[server]\nlisten = \"0.0.0.0:1\"\nthreads = 3\ntrusted_proxies = [\"10.0.0.1\", "
        "\"10.0.0.2\"]\n");
    const auto loaded = load_config(file, {"VISAVIS_SERVER_LISTEN=0.0.0.0:2", "VISAVIS_DATA=/var/b"},
                                    {{"data", {"--data", "/var/c"}}});
    ASSERT_TRUE(loaded.ok()) << loaded.error().detail;
    EXPECT_EQ(loaded->config.threads, 3);
    EXPECT_EQ(setting(*loaded, "server.threads").source, file + ":4");
    EXPECT_EQ(loaded->config.listen, "0.0.0.0:2");
    EXPECT_EQ(setting(*loaded, "server.listen").source, "$VISAVIS_SERVER_LISTEN");
    EXPECT_EQ(loaded->config.data, "/var/c");
    EXPECT_EQ(setting(*loaded, "data").source, "--data");
    EXPECT_EQ(setting(*loaded, "server.base_url").source, "default");
    EXPECT_EQ(loaded->config.trusted_proxies, (std::vector<std::string>{"10.0.0.1", "10.0.0.2"}));
}

TEST_F(ConfigFile, AnUnknownKeyIsNamedWithItsLine) {
    EXPECT_EQ(complaint("[server]\nlisten = \"0.0.0.0:1\"\nlissten = \"x\"\n"),
              "visavis_config_test.toml:3: server.lissten is no setting; `visavis config check` without the "
              "file lists them all.");
    EXPECT_EQ(complaint("\n[srever]\n").substr(0, 50), "visavis_config_test.toml:2: srever is no setting; ");
    EXPECT_EQ(complaint("srever.x = 1").substr(0, 37), "visavis_config_test.toml:1: srever is");
}

TEST_F(ConfigFile, AValueOfTheWrongKindIsNamedWithItsLine) {
    EXPECT_EQ(complaint("[server]\nthreads = \"two\""),
              "visavis_config_test.toml:2: server.threads must be: number.");
    EXPECT_EQ(complaint("[server]\nthreads = 1000"),
              "visavis_config_test.toml:2: server.threads must be a number from 0 to 256.");
    EXPECT_EQ(complaint("[server]\nlisten = 8080"),
              "visavis_config_test.toml:2: server.listen must be: text.");
    EXPECT_EQ(complaint("[server]\ntrusted_proxies = \"10.0.0.1\""),
              "visavis_config_test.toml:2: server.trusted_proxies must be: list of texts.");
    EXPECT_EQ(complaint("[outbound]\nallow_private = 1"),
              "visavis_config_test.toml:2: outbound.allow_private must be: true or false.");
    EXPECT_EQ(complaint("[accounts]\nsign_up = \"everybody\""),
              "visavis_config_test.toml:2: accounts.sign_up must be one of open, invited, closed.");
}

TEST_F(ConfigFile, BrokenTomlIsNamedWithItsLine) {
    EXPECT_EQ(complaint("[server]\nlisten = \n").substr(0, 28), "visavis_config_test.toml:2: ");
    EXPECT_NE(
        load_config("/nonexistent/visavis.toml", {}, {}).error().detail.find("/nonexistent/visavis.toml"),
        std::string::npos);
}

TEST(Config, WhatMakesNoSenseIsNamedWithItsSource) {
    const auto complaint = [](const std::string& variable) {
        const auto loaded = load_config("", {variable}, {});
        return loaded.ok() ? "" : loaded.error().detail;
    };
    EXPECT_TRUE(complaint("VISAVIS_SERVER_TLS_CERT=a.pem")
                    .starts_with("$VISAVIS_SERVER_TLS_CERT: server.tls_cert needs"));
    EXPECT_TRUE(
        complaint("VISAVIS_SERVER_CLOCK=noon").starts_with("$VISAVIS_SERVER_CLOCK: server.clock is no time"));
    EXPECT_TRUE(
        complaint("VISAVIS_SERVER_BASE_URL=https://x.org/").starts_with("$VISAVIS_SERVER_BASE_URL: "));
    EXPECT_TRUE(complaint("VISAVIS_SERVER_BASE_URL=x.org").starts_with("$VISAVIS_SERVER_BASE_URL: "));
    EXPECT_TRUE(complaint("VISAVIS_DATABASE=mysql://x").starts_with("$VISAVIS_DATABASE: "));
    EXPECT_TRUE(complaint("VISAVIS_MAIL_URL=mail.example.org").starts_with("$VISAVIS_MAIL_URL: "));
    EXPECT_TRUE(complaint("VISAVIS_MAILBOX_URL=pop3://x").starts_with("$VISAVIS_MAILBOX_URL: "));
    EXPECT_TRUE(complaint("VISAVIS_SERVER_LISTEN=8080").starts_with("$VISAVIS_SERVER_LISTEN: "));
    EXPECT_TRUE(complaint("VISAVIS_METRICS_FROM=everybody").starts_with("$VISAVIS_METRICS_FROM: "));
    EXPECT_EQ(complaint("VISAVIS_SERVER_THREADS=4"), "");
}

TEST(Config, AnUnknownVariableIsPointedOutOnly) {
    const auto loaded = load_config("", {"VISAVIS_SERVR_LISTEN=x", "VISAVIS_CONFIG=y", "OTHER=z"}, {});
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->unknown, std::vector<std::string>{"VISAVIS_SERVR_LISTEN"});
}

}  // namespace
}  // namespace vv::server
