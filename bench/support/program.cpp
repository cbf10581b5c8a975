#include "support/program.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vv::bench {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

std::filesystem::path own_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

struct Child {
    pid_t id = -1;
    int in = -1;
    int out = -1;
};

Child start(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) fail("There is no pipe.");
    const pid_t child = ::fork();
    if (child < 0) fail("No process could be started.");
    if (child == 0) {
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::execvp(argv[0], argv.data());
        std::fprintf(stderr, "%s: %s\n", argv[0], std::strerror(errno));
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    return {child, in[1], out[0]};
}

// Appends what comes next; false at the end.
bool read_some(int from, std::string& into) {
    std::array<char, 4096> piece{};
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got <= 0) return false;
    into.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

}  // namespace

void fail(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    std::exit(1);
}

std::string program_path() {
    const std::string path = (own_folder().parent_path() / "visavis").string();
    if (!std::filesystem::exists(path)) fail(path + " is not there: make build makes it.");
    return path;
}

Folder::Folder(const std::string& name) : path_((own_folder() / (name + "-XXXXXX")).string()) {
    if (::mkdtemp(path_.data()) == nullptr) fail(path_ + " can't be made.");
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Ended run(std::vector<std::string> words, const std::string& input) {
    const auto begun = Clock::now();
    const Child child = start(std::move(words));
    if (!input.empty() && ::write(child.in, input.data(), input.size()) < 0)
        fail("The program does not read.");
    ::close(child.in);
    Ended ended;
    while (read_some(child.out, ended.out)) {
    }
    ::close(child.out);
    int status = 0;
    rusage used{};
    if (::wait4(child.id, &status, 0, &used) < 0) fail("The program can't be waited for.");
    ended.seconds = since(begun);
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    ended.peak_memory = static_cast<double>(used.ru_maxrss) / 1024;
    return ended;
}

Ended run_visavis(const std::string& data, std::vector<std::string> words, const std::string& input) {
    words.insert(words.begin(), {program_path(), "--data", data});
    Ended ended = run(std::move(words), input);
    constexpr int kSomeRejected = 3;
    if (ended.status != 0 && ended.status != kSomeRejected)
        fail("The program ended with " + std::to_string(ended.status) + ".");
    return ended;
}

RunningServer::RunningServer(const std::string& data, const std::string& clock) {
    ::setenv("VISAVIS_LOG_LEVEL", "warning", 1);
    const auto begun = Clock::now();
    const Child child =
        start({program_path(), "--data", data, "serve", "--listen", "127.0.0.1:0", "--clock", clock});
    ::close(child.in);
    child_ = child.id;
    out_ = child.out;
    std::string said;
    while (said.find('\n') == std::string::npos)
        if (!read_some(out_, said)) fail("The server did not start.");
    start_seconds_ = since(begun);
    const auto at = said.find("http://");
    if (at == std::string::npos) fail("The server says: " + said);
    url_ = said.substr(at, said.find('\n') - at);
}

RunningServer::~RunningServer() {
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
    ::close(out_);
}

double RunningServer::resident_memory() const {
    std::ifstream status("/proc/" + std::to_string(child_) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
    fail("The server is gone.");
}

double RunningServer::cpu_milliseconds() const {
    double nanoseconds = 0;
    for (const auto& task :
         std::filesystem::directory_iterator("/proc/" + std::to_string(child_) + "/task")) {
        std::ifstream spent(task.path() / "schedstat");
        double own = 0;
        if (spent >> own) nanoseconds += own;
    }
    return nanoseconds / 1e6;
}

}  // namespace vv::bench
