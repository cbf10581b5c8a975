// A process or a server that is killed under write load loses nothing that was acknowledged.
#include "store/statements.h"
#include "world/databases.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace vv::store {
namespace {

using namespace std::chrono_literals;
using soci::into;
using soci::use;

constexpr int kRounds = 20;
constexpr int kWriters = 8;

Result<Done> add_number(Tx& tx, long long number) {
    run(tx, "INSERT INTO numbers (number, padding) VALUES (:number, :padding)", use(number, "number"),
        use(std::string(200, 'x'), "padding"));
    return Done{};
}

std::set<long long> all_numbers(Database& db) {
    return *db.read_now([](Tx& tx) -> Result<std::set<long long>> {
        std::set<long long> numbers;
        long long number = 0;
        Prepared select(tx, "SELECT number FROM numbers", into(number));
        for (bool has_row = select.execute(); has_row; has_row = select.fetch()) numbers.insert(number);
        return numbers;
    });
}

/// What the child does until it is killed: many threads write, and tell every number once it was
/// acknowledged.
[[noreturn]] void write_for_ever(const std::string& url, int pipe, long long first) {
    DatabaseOptions options;
    options.url = url;
    options.role = DatabaseOptions::Role::server;
    options.busy_timeout = 60s;
    auto opened = Database::open(options);
    if (!opened) std::_Exit(1);
    std::vector<std::thread> writers;
    std::atomic<long long> next{first};
    for (int i = 0; i < kWriters; ++i)
        writers.emplace_back([&] {
            while (true) {
                const long long number = next++;
                const auto done = (*opened)->write_now([&](Tx& tx) { return add_number(tx, number); });
                // Shorter than PIPE_BUF: written whole or not at all.
                if (done && ::write(pipe, &number, sizeof number) != sizeof number) std::_Exit(2);
            }
        });
    for (auto& writer : writers) writer.join();
    std::_Exit(3);
}

/// A child process that writes; killed at the end of the scope at the latest.
class Child {
public:
    Child(const std::string& url, long long first) {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
        pid_ = ::fork();
        if (pid_ == 0) {
            ::close(ends[0]);
            write_for_ever(url, ends[1], first);
        }
        ::close(ends[1]);
        pipe_ = ends[0];
    }
    ~Child() {
        kill();
        ::close(pipe_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void kill() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            int status = 0;
            ::waitpid(pid_, &status, 0);
            EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
                << "the child ended by itself: " << status;
        }
        pid_ = 0;
    }
    /// The numbers that were acknowledged until `until`, or until the child is dead and the pipe empty.
    void collect(std::set<long long>& acknowledged, std::chrono::steady_clock::time_point until) {
        while (true) {
            pollfd poll{pipe_, POLLIN, 0};
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                until - std::chrono::steady_clock::now());
            if (::poll(&poll, 1, static_cast<int>(std::max(left.count(), 0L))) <= 0) return;
            long long number = 0;
            if (::read(pipe_, &number, sizeof number) != sizeof number) return;
            acknowledged.insert(number);
        }
    }

private:
    pid_t pid_ = -1;
    int pipe_ = -1;
};

std::set<long long> missing(const std::set<long long>& wanted, const std::set<long long>& there) {
    std::set<long long> out;
    std::ranges::set_difference(wanted, there, std::inserter(out, out.end()));
    return out;
}

void make_table(const world::FreshDatabase& fresh) {
    ASSERT_TRUE(fresh.open()->write_now([](Tx& tx) -> Result<Done> {
        tx.sql() << "CREATE TABLE numbers (number BIGINT PRIMARY KEY, padding TEXT NOT NULL)";
        return Done{};
    }));
}

class KilledProcesses : public testing::TestWithParam<Dialect> {};
VV_ON_EACH_DATABASE(KilledProcesses);

TEST_P(KilledProcesses, LoseNoAcknowledgedWrite) {
    if (!world::FreshDatabase::is_available(GetParam())) GTEST_SKIP() << "VV_TEST_POSTGRES is not set";
    const world::FreshDatabase fresh(GetParam(), world::TempFolder::On::disk);
    make_table(fresh);
    std::set<long long> acknowledged;
    for (int round = 0; round < kRounds; ++round) {
        const auto before = acknowledged.size();
        Child child(fresh.url(), (round + 1) * 1'000'000LL);
        while (acknowledged.size() < before + 20)  // it is up and writes
            child.collect(acknowledged, std::chrono::steady_clock::now() + 5ms);
        child.collect(acknowledged, std::chrono::steady_clock::now() + std::chrono::milliseconds(7 * round));
        child.kill();
        child.collect(acknowledged, std::chrono::steady_clock::now() + 1s);
        const auto lost = missing(acknowledged, all_numbers(*fresh.open()));
        ASSERT_TRUE(lost.empty()) << lost.size() << " of " << acknowledged.size() << " lost in round "
                                  << round;
    }
    if (GetParam() == Dialect::sqlite) {
        const auto verdict = fresh.open()->read_now([](Tx& tx) -> Result<std::string> {
            std::string text;
            tx.sql() << "PRAGMA integrity_check", into(text);
            return text;
        });
        EXPECT_EQ(*verdict, "ok");
    }
}

/// The main process of the server that tools/with_postgres --may-kill watches over, once it is another than
/// `killed`, whose file and children stay for a while; 0 after a minute.
pid_t next_postmaster(const char* pid_file, pid_t killed) {
    const auto patience = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < patience) {
        std::ifstream file(pid_file);
        pid_t pid = 0;
        if (file >> pid && pid != killed && ::kill(pid, 0) == 0) return pid;
        std::this_thread::sleep_for(20ms);
    }
    return 0;
}

TEST(KilledServer, LosesNoAcknowledgedWrite) {
    const char* pid_file = std::getenv("VV_TEST_POSTGRES_PID_FILE");
    if (pid_file == nullptr) GTEST_SKIP() << "tools/with_postgres --may-kill runs this one";
    const world::FreshDatabase fresh(Dialect::postgresql);
    make_table(fresh);
    std::set<long long> acknowledged;
    Child child(fresh.url(), 1);
    pid_t killed = 0;
    // After each kill, the last one too, it goes on by itself: connections come back, transactions run again.
    for (int round = 0; round <= kRounds; ++round) {
        const pid_t pid = next_postmaster(pid_file, killed);
        ASSERT_GT(pid, 1) << "it did not come back after kill " << round;
        const auto before = acknowledged.size();
        const auto patience = std::chrono::steady_clock::now() + 60s;
        while (acknowledged.size() < before + 50 && std::chrono::steady_clock::now() < patience)
            child.collect(acknowledged, std::chrono::steady_clock::now() + 5ms);
        ASSERT_GE(acknowledged.size(), before + 50) << "no writes after kill " << round;
        if (round == kRounds) break;
        child.collect(acknowledged, std::chrono::steady_clock::now() + std::chrono::milliseconds(5 * round));
        killed = pid;
        ASSERT_EQ(::kill(pid, round % 2 == 0 ? SIGKILL : SIGQUIT), 0);
    }
    child.kill();
    child.collect(acknowledged, std::chrono::steady_clock::now() + 1s);
    const auto lost = missing(acknowledged, all_numbers(*fresh.open()));
    EXPECT_TRUE(lost.empty()) << lost.size() << " of " << acknowledged.size() << " lost";
}

}  // namespace
}  // namespace vv::store
