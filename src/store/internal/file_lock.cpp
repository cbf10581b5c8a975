#include "store/internal/file_lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace vv::store {

void FileLock::release() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

Result<Done> FileLock::open_file() {
    if (descriptor_ >= 0) return Done{};
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return Done{};
    return Error(Fault::unavailable, "database.unreachable",
                 path_ + ": " + std::strerror(errno) + "; the data folder must exist and be writable.");
}

Error FileLock::served() const {
    std::array<char, 24> text{};
    const auto length = ::pread(descriptor_, text.data(), text.size(), 0);
    const std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    const std::string process = holder.substr(0, holder.find_first_not_of("0123456789"));
    return {Fault::conflict, "database.served",
            "A server is already running on this data" +
                (process.empty() ? "" : " (process " + process + ")") + "; stop it first."};
}

Result<Done> FileLock::hold(std::chrono::milliseconds patience) {
    CHECK(open_file());
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= until) return served();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const std::string text = std::to_string(::getpid()) + "\n";
    // Only for the message of the next one that tries; the lock itself holds without it.
    if (::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, text.data(), text.size(), 0) < 0)
        return Done{};
    return Done{};
}

Result<Done> FileLock::nobody_holds() {
    CHECK(open_file());
    if (::flock(descriptor_, LOCK_SH | LOCK_NB) != 0) return served();
    ::flock(descriptor_, LOCK_UN);
    return Done{};
}

}  // namespace vv::store
