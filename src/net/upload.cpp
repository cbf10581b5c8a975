#include "net/upload.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace vv::net {
namespace asio = boost::asio;

namespace {

// 0, or the errno of the write that failed.
int write_all(int file, const std::string& piece) {
    for (std::size_t at = 0; at < piece.size();) {
        const ssize_t written = ::write(file, piece.data() + at, piece.size() - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        at += static_cast<std::size_t>(written);
    }
    return 0;
}

}  // namespace

Upload::~Upload() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(path_.c_str());
}

asio::awaitable<Result<Done>> Upload::open(std::string folder) {
    const auto home = co_await asio::this_coro::executor;
    co_await asio::post(asio::bind_executor(disk_, asio::use_awaitable));
    path_ = folder + "/upload-XXXXXX";
    file_ = ::mkostemp(path_.data(), O_CLOEXEC);
    co_await asio::post(asio::bind_executor(home, asio::use_awaitable));
    if (file_ < 0)
        co_return Error(Fault::unavailable, "upload.folder", "The server can't store uploads at the moment.");
    co_return Done{};
}

asio::awaitable<Result<Done>> Upload::write(std::string piece) {
    const auto home = co_await asio::this_coro::executor;
    co_await asio::post(asio::bind_executor(disk_, asio::use_awaitable));
    const int failed = write_all(file_, piece);
    co_await asio::post(asio::bind_executor(home, asio::use_awaitable));
    bytes_ += piece.size();
    if (failed == ENOSPC || failed == EDQUOT)
        co_return Error(Fault::unavailable, "upload.no_space",
                        "The server's disk is full; nothing was stored.");
    if (failed != 0)
        co_return Error(Fault::unavailable, "upload.failed", "The server couldn't store the upload.");
    co_return Done{};
}

}  // namespace vv::net
