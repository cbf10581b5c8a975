// formats/archive/unpack.h — one packed file, opened with libarchive and read entry by entry within limits.
#pragma once

#include "formats/archive/reader.h"

#include <optional>

struct archive;
struct archive_entry;

namespace vv::formats::archive {

/// What all levels of one walk have used up together.
struct Usage {
    std::uint64_t packed = 0;  // size of what was given
    std::uint64_t expanded = 0;
    std::size_t entries = 0;
};

/// True for the first bytes of a zip, tar or gzip file.
bool looks_packed(std::string_view head);
/// True for the first bytes of a zip that is a document and no archive (docx, odt, epub, apk).
bool looks_like_document(std::string_view head);

/// A packed file being read from front to back. Not safe to share between threads.
class Unpacker {
public:
    /// Reads a zip by its central directory, or a tar. `name` is for errors. The source outlives the
    /// unpacker.
    static Result<std::unique_ptr<Unpacker>> open(ByteSource& source, std::string name, const Limits& limits,
                                                  Usage& usage);
    /// The same from a stream that can't go back: a zip in a zip.
    static Result<std::unique_ptr<Unpacker>> open(ByteStream& stream, std::string name, const Limits& limits,
                                                  Usage& usage);
    ~Unpacker();
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;

    struct Header {
        std::string path;
        std::uint64_t size = 0;
        std::optional<std::string> unreadable;  // why it can't be read
    };
    /// The next regular file or one that can't be read; folders are passed over. Nothing at the end.
    Result<std::optional<Header>> next_header();
    /// The next piece of the current file; empty at its end.
    Result<std::string_view> next_piece();

private:
    struct Source;
    Unpacker(std::unique_ptr<Source> source, std::string name, const Limits& limits, Usage& usage);

    Result<Done> start();
    Result<Done> drain();
    Result<Header> read_header(::archive_entry* entry);
    Result<Done> check_growth(std::size_t more);
    Error damaged(const std::string& where);

    std::unique_ptr<Source> source_;
    std::string name_;
    const Limits& limits_;
    Usage& usage_;
    ::archive* archive_ = nullptr;
    std::string path_;
    std::uint64_t grown_ = 0;          // expanded bytes of the current file
    std::uint64_t packed_before_ = 0;  // packed bytes read when it began
    bool in_entry_ = false;
};

}  // namespace vv::formats::archive
