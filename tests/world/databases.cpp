#include "world/databases.h"

#include <cstdlib>
#include <filesystem>
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

FreshDatabase::FreshDatabase(store::Dialect dialect, TempFolder::On on) {
    if (dialect == store::Dialect::sqlite) {
        folder_ = std::make_unique<TempFolder>(on);
        url_ = "sqlite:" + folder_->path() + "/visavis.db";
    }
}

FreshDatabase::~FreshDatabase() = default;

std::unique_ptr<store::Database> FreshDatabase::open(store::DatabaseOptions::Role role) const {
    store::DatabaseOptions options;
    options.url = url_;
    options.role = role;
    auto opened = store::Database::open(options);
    if (opened) return *std::move(opened);
    ADD_FAILURE() << opened.error().code << ": " << opened.error().detail;
    throw std::runtime_error("the database did not open");
}

bool FreshDatabase::is_available(store::Dialect dialect) {
    return dialect == store::Dialect::sqlite;
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
