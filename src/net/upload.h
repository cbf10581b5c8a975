// net/upload.h — internal: a request's body on its way into a file, written off the network threads.
#pragma once

#include "base/result.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

namespace vv::net {

/// Removes the file when it goes, unless somebody has moved it away.
class Upload {
public:
    explicit Upload(boost::asio::any_io_executor disk) : disk_(std::move(disk)) {}
    ~Upload();
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    /// Makes a file in `folder` that only the server may read. `unavailable` upload.folder.
    boost::asio::awaitable<Result<Done>> open(std::string folder);
    /// `unavailable` upload.no_space and the like; the connection should then be closed.
    boost::asio::awaitable<Result<Done>> write(std::string piece);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    boost::asio::any_io_executor disk_;
    std::string path_;
    int file_ = -1;
    std::uint64_t bytes_ = 0;
};

}  // namespace vv::net
