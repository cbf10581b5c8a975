#include "unit/server/program.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace vv::server {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (std::string& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

// Appends what comes within a minute; false at the end.
bool read_some(int from, std::string& into) {
    pollfd ready{from, POLLIN, 0};
    if (::poll(&ready, 1, 60'000) <= 0) throw std::runtime_error("the program says nothing");
    std::array<char, 4096> piece{};
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got <= 0) return false;
    into.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

}  // namespace

Program::Program(std::vector<std::string> words, std::vector<std::string> variables) {
    words.insert(words.begin(), VV_PROGRAM);
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> envp = pointers(variables);
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
        ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        ::execve(VV_PROGRAM, argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

Program::~Program() {
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
}

void Program::signal(int number) const {
    ::kill(child_, number);
}

std::string Program::wait_for_line(const std::string& beginning) {
    std::size_t from = 0;
    for (;;) {
        const std::size_t end = read_.find('\n', from);
        if (end == std::string::npos) {
            if (!read_some(out_, read_)) return {};
            continue;
        }
        if (read_.compare(from, beginning.size(), beginning) == 0) return read_.substr(from, end - from);
        from = end + 1;
    }
}

Ended Program::wait() {
    Ended ended;
    ended.out = read_;
    while (read_some(out_, ended.out)) {
    }
    while (read_some(err_, ended.err)) {
    }
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

Ended run(std::vector<std::string> words, std::vector<std::string> variables) {
    return Program(std::move(words), std::move(variables)).wait();
}

}  // namespace vv::server
