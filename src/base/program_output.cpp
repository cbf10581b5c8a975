#include "base/program_output.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace vv {
namespace {

constexpr std::size_t kMostComplaint = 4'000;

Error missing(const std::string& name) {
    return {Fault::unavailable, "program.missing",
            "The program " + name + " is needed and can't be started; install it."};
}

/// The last line that a program complained with.
std::string last_line(int complaint) {
    const off_t size = lseek(complaint, 0, SEEK_END);
    const off_t from =
        size > static_cast<off_t>(kMostComplaint) ? size - static_cast<off_t>(kMostComplaint) : 0;
    std::array<char, kMostComplaint> buffer{};
    const ssize_t got = pread(complaint, buffer.data(), buffer.size(), from);
    std::string_view text(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    text = trim(text);
    if (const auto line = text.rfind('\n'); line != std::string_view::npos) text.remove_prefix(line + 1);
    return plain_line(scrub_utf8(text));
}

}  // namespace

Result<std::unique_ptr<ProgramOutput>> ProgramOutput::start(std::vector<std::string> command) {
    VV_ASSERT(!command.empty());
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return missing(command.front());
    const int complaint = memfd_create("complaint", MFD_CLOEXEC);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, complaint, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    std::vector<char*> arguments;
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int failed =
        posix_spawnp(&process, command.front().c_str(), &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    if (failed != 0) {
        close(ends[0]);
        close(complaint);
        return missing(command.front());
    }
    return std::unique_ptr<ProgramOutput>(
        new ProgramOutput(std::move(command.front()), process, ends[0], complaint));
}

ProgramOutput::~ProgramOutput() {
    close(output_);
    if (process_ != 0) {
        kill(process_, SIGKILL);
        while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    close(complaint_);
}

Result<std::size_t> ProgramOutput::read(char* buffer, std::size_t size) {
    ssize_t got = -1;
    do {
        got = ::read(output_, buffer, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return Error(Fault::unavailable, "program.unreadable", "What " + name_ + " wrote can't be read.");
    return static_cast<std::size_t>(got);
}

Result<Done> ProgramOutput::finish() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Done{};
    return Error(Fault::invalid, "program.failed", name_ + " failed: " + last_line(complaint_));
}

}  // namespace vv
