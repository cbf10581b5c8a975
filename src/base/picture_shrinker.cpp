#include "base/picture_shrinker.h"

#include "base/picture_protocol.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vv {
namespace {

/// After so many pictures a fresh process: its processor time is bounded as a whole.
constexpr int kMostServed = 500;

Error unreadable() {
    return {Fault::invalid, "picture.unreadable",
            "The picture can't be read: it is damaged, or neither JPEG, PNG, WebP nor GIF."};
}

Error no_program(const std::string& program) {
    return {Fault::unavailable, "picture.program",
            "Pictures can't be read: the program " + program + " does not run; install it beside visavis."};
}

constexpr const char* kDied = "picture.died";
constexpr const char* kTooSlow = "picture.too_slow";

Error died() {
    return {Fault::unavailable, kDied, "The program that reads pictures ended."};
}

/// Waits until the socket can be read or written.
Result<Done> wait(int socket, short events, std::chrono::steady_clock::time_point deadline) {
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            return Error(Fault::invalid, kTooSlow, "The picture took too long to read and was left out.");
        pollfd one{socket, events, 0};
        const int ready = poll(&one, 1, static_cast<int>(left.count()));
        if (ready > 0) return Done{};
        if (ready < 0 && errno != EINTR) return died();
    }
}

}  // namespace

std::string picture_program() {
    std::error_code failed;
    const auto beside =
        std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "visavis-picture";
    if (!failed && std::filesystem::exists(beside, failed)) return beside.string();
    return "/usr/libexec/visavis/visavis-picture";
}

PictureShrinker::~PictureShrinker() {
    stop();
}

Result<SmallPicture> PictureShrinker::shrink(std::string_view picture) {
    if (picture.size() > picture::kMostBytes)
        return Error(Fault::invalid, "picture.too_large", "The picture is larger than 10 MB.");
    const std::lock_guard lock(mutex_);
    if (served_ >= kMostServed) stop();
    if (process_ == 0) CHECK(start());
    auto small = ask(picture);
    if (!small && small.error().code == kDied) {
        // Its time may have gone by on others; one that a fresh process dies of is no picture.
        const bool is_fresh = served_ == 0;
        stop();
        if (!is_fresh) {
            CHECK(start());
            small = ask(picture);
        }
        if (!small && small.error().code == kDied) {
            stop();
            return unreadable();
        }
    }
    ++served_;
    if (!small && small.error().code == kTooSlow) stop();
    return small;
}

Result<Done> PictureShrinker::start() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return no_program(program_);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    // A group of its own: Ctrl-C in a terminal is for the command.
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
    std::string name = program_;
    std::array<char*, 2> arguments{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    const int failed =
        posix_spawn(&process_, program_.c_str(), &files, &how, arguments.data(), environment.data());
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    served_ = 0;
    if (failed != 0) {
        close(ends[0]);
        process_ = 0;
        return no_program(program_);
    }
    socket_ = ends[0];
    char ready = 0;
    if (receive(&ready, 1, std::chrono::steady_clock::now() + patience_) && ready == picture::kReady)
        return Done{};
    stop();
    return no_program(program_);
}

void PictureShrinker::stop() {
    if (process_ == 0) return;
    close(socket_);
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    socket_ = -1;
}

Result<SmallPicture> PictureShrinker::ask(std::string_view picture) {
    const auto deadline = std::chrono::steady_clock::now() + patience_;
    const auto size = static_cast<std::uint32_t>(picture.size());
    std::array<char, 1 + sizeof(picture::Look) + sizeof(std::uint32_t)> head{};
    std::memcpy(head.data(), &size, sizeof size);
    CHECK(send({head.data(), sizeof size}, deadline));
    CHECK(send(picture, deadline));
    CHECK(receive(head.data(), head.size(), deadline));
    std::uint32_t answered = 0;
    SmallPicture small;
    std::memcpy(&small.look, head.data() + 1, sizeof small.look);
    std::memcpy(&answered, head.data() + 1 + sizeof small.look, sizeof answered);
    const auto verdict = static_cast<picture::Verdict>(head[0]);
    if (verdict == picture::Verdict::too_many_pixels)
        return Error(Fault::invalid, "picture.too_many_pixels",
                     "The picture has more than 50 million pixels and was left out.");
    if (verdict != picture::Verdict::done || answered == 0 || answered > picture::kMostSmall)
        return unreadable();
    small.jpeg.resize(answered);
    CHECK(receive(small.jpeg.data(), small.jpeg.size(), deadline));
    return small;
}

Result<Done> PictureShrinker::send(std::string_view bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        CHECK(wait(socket_, POLLOUT, deadline));
        const ssize_t put = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (put <= 0) return died();
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return Done{};
}

Result<Done> PictureShrinker::receive(char* into, std::size_t size, Deadline deadline) const {
    while (size > 0) {
        CHECK(wait(socket_, POLLIN, deadline));
        const ssize_t got = recv(socket_, into, size, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got <= 0) return died();
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return Done{};
}

}  // namespace vv
