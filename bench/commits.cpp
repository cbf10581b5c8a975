// bench/commits [FOLDER] — durable writes: 64 writers that share commits against one writer, side by side.
//
// Each transaction inserts one row of 200 bytes and waits until it is on disk (SQLite, synchronous=FULL).
// Both sides run in turns of a second on the same disk, so that its moods fall on both. The folder (by
// default the program's own) must be on a real disk: in memory an fsync costs nothing and there is nothing to
// share.
#include "store/statements.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace vv;
using Clock = std::chrono::steady_clock;
using store::Tx;

constexpr int kTurns = 5;
constexpr auto kTurn = 1s;
constexpr int kManyWriters = 64;

struct Side {
    int writers = 1;
    double seconds = 0;
    std::vector<double> waits_ms;
};

Result<Done> add_row(Tx& tx, long long id) {
    static const std::string words(200, 'x');
    store::run(tx, "INSERT INTO notes (id, words) VALUES (:id, :words)", soci::use(id, "id"),
               soci::use(words, "words"));
    return Done{};
}

void take_turn(store::Database& db, Side& side, std::atomic<long long>& next_id) {
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(side.writers));
    const auto begun = Clock::now();
    std::vector<std::thread> threads;
    for (auto& mine : waits)
        threads.emplace_back([&] {
            while (Clock::now() - begun < kTurn) {
                const auto asked = Clock::now();
                const long long id = next_id++;
                const auto done = db.write_now([id](Tx& tx) { return add_row(tx, id); });
                VV_ASSERT(done.ok());
                mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
            }
        });
    for (auto& thread : threads) thread.join();
    side.seconds += std::chrono::duration<double>(Clock::now() - begun).count();
    for (const auto& mine : waits) side.waits_ms.insert(side.waits_ms.end(), mine.begin(), mine.end());
}

double rate(const Side& side) {
    return static_cast<double>(side.waits_ms.size()) / side.seconds;
}

void print(Side& side) {
    std::ranges::sort(side.waits_ms);
    const auto at = [&](double part) {
        return side.waits_ms[static_cast<std::size_t>(static_cast<double>(side.waits_ms.size() - 1) * part)];
    };
    std::printf("{\"writers\":%d,\"commits_per_second\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f}\n",
                side.writers, rate(side), at(0.50), at(0.99));
}

/// How often a second the disk itself takes 4 KiB for good: the bound of one writer.
double syncs_per_second(const std::string& folder) {
    const std::string path = folder + "/sync";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    VV_ASSERT(file >= 0);
    const std::array<char, 4096> block{};
    const auto begun = Clock::now();
    int count = 0;
    for (; Clock::now() - begun < kTurn; ++count) {
        VV_ASSERT(::pwrite(file, block.data(), block.size(), static_cast<off_t>(count % 256) * 4096) == 4096);
        VV_ASSERT(::fdatasync(file) == 0);
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    ::close(file);
    return count / seconds;
}

int measure(const std::string& folder) {
    store::DatabaseOptions options;
    options.url = "sqlite:" + folder + "/bench.db";
    auto opened = store::Database::open(options);
    VV_ASSERT(opened.ok());
    store::Database& db = **opened;
    const auto made = db.write_now([](Tx& tx) -> Result<Done> {
        tx.sql() << "CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL)";
        return Done{};
    });
    VV_ASSERT(made.ok());
    Side one{1, 0, {}};
    Side many{kManyWriters, 0, {}};
    std::atomic<long long> next_id{1};
    for (int turn = 0; turn < kTurns; ++turn) {
        take_turn(db, one, next_id);
        take_turn(db, many, next_id);
    }
    print(one);
    print(many);
    std::printf("{\"ratio\":%.1f,\"wanted\":10,\"disk_syncs_per_second\":%.0f}\n", rate(many) / rate(one),
                syncs_per_second(folder));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto place = argc > 1 ? std::filesystem::path(argv[1])
                                : std::filesystem::read_symlink("/proc/self/exe").parent_path();
    std::string folder = (place / "commits-XXXXXX").string();
    VV_ASSERT(::mkdtemp(folder.data()) != nullptr);
    const int status = measure(folder);
    std::filesystem::remove_all(folder);
    return status;
}
