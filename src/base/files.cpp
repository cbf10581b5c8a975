#include "base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vv {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& path, int number) {
    const std::string detail = path + ": " + std::strerror(number);
    if (number == ENOENT || number == ENOTDIR) return {Fault::not_found, "file.missing", detail};
    if (number == EACCES || number == EPERM) return {Fault::forbidden, "file.forbidden", detail};
    return {Fault::unavailable, "file.unreadable", detail};
}

class FileSource final : public ByteSource {
public:
    FileSource(int descriptor, std::uint64_t size, std::string path)
        : descriptor_(descriptor), size_(size), path_(std::move(path)) {}
    ~FileSource() override { ::close(descriptor_); }
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        ssize_t got = 0;
        do {
            got = ::pread(descriptor_, buffer, size, static_cast<off_t>(position_));
        } while (got < 0 && errno == EINTR);
        if (got < 0) return io_error(path_, errno);
        position_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
    Result<Done> seek(std::uint64_t position) override {
        position_ = position;
        return Done{};
    }
    [[nodiscard]] std::uint64_t size() const override { return size_; }

private:
    int descriptor_;
    std::uint64_t size_;
    std::uint64_t position_ = 0;
    std::string path_;
};

class FileSink final : public ByteSink {
public:
    FileSink(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    ~FileSink() override { static_cast<void>(close()); }
    FileSink(const FileSink&) = delete;
    FileSink& operator=(const FileSink&) = delete;

    Result<Done> write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return io_error(path_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return Done{};
    }
    Result<Done> sync() {
        if (::fsync(descriptor_) != 0) return io_error(path_, errno);
        return Done{};
    }
    Result<Done> close() {
        const int descriptor = std::exchange(descriptor_, -1);
        if (descriptor >= 0 && ::close(descriptor) != 0) return io_error(path_, errno);
        return Done{};
    }

private:
    int descriptor_;
    std::string path_;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (position_ >= bytes_.size()) return std::size_t{0};
        const auto piece = bytes_.substr(static_cast<std::size_t>(position_), size);
        std::copy(piece.begin(), piece.end(), buffer);
        position_ += piece.size();
        return piece.size();
    }
    Result<Done> seek(std::uint64_t position) override {
        position_ = position;
        return Done{};
    }
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::uint64_t position_ = 0;
};

// Lists one folder; folders found go onto `pending` with their depth.
struct Pending {
    fs::path path;
    std::string below;
    int depth;
};

Result<Done> list_folder(const Pending& folder, const ListLimits& limits, Listing& out,
                         std::vector<Pending>& pending) {
    std::error_code ec;
    for (fs::directory_iterator it(folder.path, ec), end; !ec && it != end; it.increment(ec)) {
        const std::string below = folder.below + it->path().filename().string();
        std::error_code status_ec;
        const auto status = it->symlink_status(status_ec);
        if (!status_ec && fs::is_directory(status) && folder.depth < limits.depth) {
            pending.push_back({it->path(), below + "/", folder.depth + 1});
        } else if (!status_ec && fs::is_regular_file(status)) {
            if (out.files.size() >= limits.files)
                return Error{Fault::too_many, "folder.too_many_files",
                             out.name + ": more than " + std::to_string(limits.files) +
                                 " files; give a smaller folder."};
            out.files.push_back({below, it->path().string(), it->file_size(status_ec)});
        } else {
            out.left.push_back(below);
        }
    }
    if (ec) return io_error(folder.path.string(), ec.value());
    return Done{};
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path) {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return io_error(path, errno);
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        return Error{Fault::invalid, "file.not_regular", path + ": not a regular file."};
    }
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    std::unique_ptr<ByteSource> source =
        std::make_unique<FileSource>(descriptor, static_cast<std::uint64_t>(info.st_size), path);
    return source;
}

Result<Done> replace_file(const std::string& path, const std::function<Result<Done>(ByteSink&)>& fill) {
    std::string beside = path + ".XXXXXX";
    const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
    if (descriptor < 0) return io_error(beside, errno);
    const auto put = [&]() -> Result<Done> {
        FileSink sink(descriptor, beside);
        CHECK(fill(sink));
        CHECK(sink.sync());
        CHECK(sink.close());
        if (::rename(beside.c_str(), path.c_str()) != 0) return io_error(path, errno);
        return Done{};
    };
    auto done = put();
    if (!done) {
        ::unlink(beside.c_str());
        return done;
    }
    // The folder too, or the name may be lost with the power; a file system that can't is none the worse.
    const int folder =
        ::open(fs::path(path).parent_path().empty() ? "." : fs::path(path).parent_path().c_str(),
               O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return done;
}

std::unique_ptr<ByteSource> view_bytes(std::string_view bytes) {
    return std::make_unique<MemorySource>(bytes);
}

Result<Listing> list_files(const std::string& path, ListLimits limits) {
    Listing out;
    std::error_code ec;
    const fs::path root = fs::absolute(path, ec).lexically_normal();
    out.name = root.has_filename() ? root.filename().string() : root.parent_path().filename().string();
    const auto status = fs::status(root, ec);
    if (ec || !fs::exists(status)) return io_error(path, ec ? ec.value() : ENOENT);
    if (!fs::is_directory(status)) {
        if (!fs::is_regular_file(status))
            return Error{Fault::invalid, "file.not_regular", path + ": neither a file nor a folder."};
        out.files.push_back({out.name, root.string(), fs::file_size(root, ec)});
        return out;
    }
    std::vector<Pending> pending{{root, "", 1}};
    while (!pending.empty()) {
        const Pending folder = std::move(pending.back());
        pending.pop_back();
        CHECK(list_folder(folder, limits, out, pending));
    }
    std::sort(out.files.begin(), out.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    std::sort(out.left.begin(), out.left.end());
    return out;
}

}  // namespace vv
