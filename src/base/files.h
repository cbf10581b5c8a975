// base/files.h — bytes that lie on a disk or in memory, read and written in pieces; folders listed.
//
// A ByteSource is what parsers of archives are given instead of a path, so that they do no I/O themselves.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vv {

/// Bytes that can be read from any place. Not safe to share between threads.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Reads up to `size` bytes from where the last read ended; 0 at the end. `unavailable`: the disk fails.
    virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
    /// Goes to a byte counted from the start; past the end, reads give 0.
    virtual Result<Done> seek(std::uint64_t position) = 0;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// Opens a regular file for reading; `not_found`, `forbidden` or `unavailable` name the file and why.
Result<std::unique_ptr<ByteSource>> open_file(const std::string& path);
/// Bytes held by someone else, who keeps them until the source is gone.
std::unique_ptr<ByteSource> view_bytes(std::string_view bytes);

/// Takes bytes one piece after the other.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    /// `unavailable`: the disk fails or is full.
    virtual Result<Done> write(std::string_view bytes) = 0;
};

/// Puts what `fill` writes in the place of a file, which keeps what it has until all is on the disk: whoever
/// opens it, even after a crash, finds the old or the new. Faults are `fill`'s and those of open_file.
Result<Done> replace_file(const std::string& path, const std::function<Result<Done>(ByteSink&)>& fill);

struct ListedFile {
    std::string path;       // below the folder listed, '/' between names; of a file listed its base name
    std::string real_path;  // what open_file takes
    std::uint64_t size = 0;
};

struct Listing {
    std::string name;               // base name of what was listed
    std::vector<ListedFile> files;  // sorted by path
    std::vector<std::string> left;  // links, devices and folders too deep, which are not followed or opened
};

struct ListLimits {
    std::size_t files = 300'000;
    int depth = 32;
};

/// A file, or every regular file below a folder. Links inside are never followed. `not_found` when there is
/// nothing at `path`, `too_many` beyond the limit of files.
Result<Listing> list_files(const std::string& path, ListLimits limits = {});

}  // namespace vv
