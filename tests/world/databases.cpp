#include "world/databases.h"

#include "base/crypto.h"
#include "store/migrations.h"
#include "world/plans.h"

#include <cstdlib>
#include <filesystem>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <stdexcept>
#include <sys/statvfs.h>

namespace vv::world {
namespace {

/// /dev/shm where it has room: a test's fsync costs nothing there.
std::string memory_folder() {
    struct statvfs room {};
    const bool is_roomy = ::statvfs("/dev/shm", &room) == 0 && room.f_bavail * room.f_frsize > (256ULL << 20);
    return is_roomy ? "/dev/shm" : std::filesystem::temp_directory_path().string();
}

std::string server_url() {
    const char* given = std::getenv("VV_TEST_POSTGRES");
    const std::string url = given != nullptr ? given : "";
    // SOCI spoils an address without a '='.
    return url.empty() || url.find('=') != std::string::npos ? url : url + "?connect_timeout=5";
}

/// The server's address with another database in it.
std::string url_of(const std::string& name) {
    const std::string server = server_url();
    const auto parameters = std::min(server.find('?'), server.size());
    const auto slash = server.rfind('/', parameters);
    const bool has_database = slash > server.find("//") + 1;
    return server.substr(0, has_database ? slash : parameters) + "/" + name + server.substr(parameters);
}

std::unique_ptr<store::Database> open_or_fail(const std::string& url, store::DatabaseOptions::Role role) {
    store::DatabaseOptions options;
    options.url = url;
    options.role = role;
    auto opened = store::Database::open(options);
    if (opened) return *std::move(opened);
    ADD_FAILURE() << opened.error().code << ": " << opened.error().detail;
    throw std::runtime_error("the database did not open");
}

/// The template for this schema; the first test of all processes makes it.
std::string template_name(soci::session& server) {
    std::string schema;
    for (const auto& migration : store::embedded_migrations()) schema += migration.text;
    const std::string name = "visavis_template_" + sha256_hex(schema).substr(0, 16);
    server << "SELECT pg_advisory_lock(42)";
    int there = 0;
    server << "SELECT count(*) FROM pg_database WHERE datname = :name", soci::into(there), soci::use(name);
    if (there == 0) {
        const std::string unready = name + "_unready";
        server << "DROP DATABASE IF EXISTS " + unready + " WITH (FORCE)";
        server << "CREATE DATABASE " + unready;
        open_or_fail(url_of(unready), store::DatabaseOptions::Role::command)->close();
        server << "ALTER DATABASE " + unready + " RENAME TO " + name;
    }
    server << "SELECT pg_advisory_unlock(42)";
    return name;
}

}  // namespace

TempFolder::TempFolder(On on)
    : path_((on == On::memory ? memory_folder() : std::filesystem::temp_directory_path().string()) +
            "/visavis-test-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

TempFolder::~TempFolder() {
    std::error_code ignored;  // a folder that stays behind is no test's failure
    std::filesystem::remove_all(path_, ignored);
}

FreshDatabase::FreshDatabase(store::Dialect dialect, TempFolder::On on, With with) {
    if (dialect == store::Dialect::sqlite) {
        note_statements();
        folder_ = std::make_unique<TempFolder>(on);
        url_ = "sqlite:" + folder_->path() + "/visavis.db";
        return;
    }
    soci::session server(soci::postgresql, server_url());
    name_ = "visavis_test_" + hex(sha256(random_bytes(16))).substr(0, 16);
    const std::string from = with == With::schema ? template_name(server) : "template0";
    server << "CREATE DATABASE " + name_ + " TEMPLATE " + from;
    url_ = url_of(name_);
}

FreshDatabase::~FreshDatabase() {
    if (name_.empty()) expect_good_plans(folder_->path() + "/visavis.db");
    if (name_.empty()) return;
    try {
        soci::session server(soci::postgresql, server_url());
        server << "DROP DATABASE " + name_ + " WITH (FORCE)";
    } catch (const soci::soci_error& error) {
        ADD_FAILURE() << "a test's database stayed behind: " << error.get_error_message();
    }
}

std::unique_ptr<store::Database> FreshDatabase::open(store::DatabaseOptions::Role role) const {
    return open_or_fail(url_, role);
}

bool FreshDatabase::is_available(store::Dialect dialect) {
    return dialect == store::Dialect::sqlite || !server_url().empty();
}

void ForEachDatabase::SetUp() {
    if (!FreshDatabase::is_available(GetParam())) GTEST_SKIP() << "VV_TEST_POSTGRES is not set";
    fresh_ = std::make_unique<FreshDatabase>(GetParam());
    database_ = fresh_->open();
}

void ForEachDatabase::reopen() {
    database_.reset();
    database_ = fresh_->open();
}

std::string name_of(const testing::TestParamInfo<store::Dialect>& info) {
    return info.param == store::Dialect::sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace vv::world
