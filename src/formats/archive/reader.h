// formats/archive/reader.h — what an owner gives, as a sequence of files whose bytes stream by. libarchive
// stops here.
//
// A zip (or tar, or tar.gz), a folder, a single file, zips in a folder, and zips in a zip one level deep.
// Nothing is ever written to a disk and no file is held whole. Zips are read by their central directory, so
// that files that nobody wants cost nothing. Every limit has a default that no real export reaches.
#pragma once

#include "base/files.h"
#include "formats/bytes.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vv::formats::archive {

struct Limits {
    std::size_t entries = 300'000;
    std::size_t readable = 60'000;            // of them of kinds that are read: each is kept account of
    std::uint64_t entry_bytes = 16ULL << 30;  // one file, expanded
    std::uint64_t total_bytes = 64ULL << 30;  // all files that are read in one walk, expanded
    std::uint64_t ratio = 100;                // expanded : packed, for each file …
    std::uint64_t ratio_floor = 16ULL << 20;  // … once it has grown beyond this
    std::uint64_t whole_floor = 256ULL
                                << 20;  // … and for the whole, beyond this: files may share their bytes
    std::uint64_t directory_bytes = 32U << 20;  // a zip's list of its files: libarchive holds it in memory
    std::size_t path_bytes = 1'024;
    int path_depth = 32;
};

/// One file as given: where it lies is the caller's affair.
struct InputFile {
    std::string path;  // below what was given, '/' between names
    std::uint64_t size = 0;
    std::function<Result<std::unique_ptr<ByteSource>>()> open;
};

/// Which file of an archive, the same in every walk over the same bytes.
struct EntryId {
    std::uint32_t outer = 0;
    std::int32_t inner = -1;  // within a zip that is itself the file `outer`
    auto operator<=>(const EntryId&) const = default;
};

/// Sees a file's bytes as a walk's visitor reads them.
class Witness {
public:
    virtual ~Witness() = default;
    virtual void begin(EntryId file) = 0;
    virtual void see(std::string_view piece) = 0;
    /// The file was read to its end.
    virtual void end() = 0;
};

/// One source of facts: a packed file, or files that lie side by side.
struct Archive {
    std::string name;  // what it is called towards the owner: "linkedin.zip"
    std::vector<InputFile> files;
    bool packed = false;         // files holds the one packed file
    Witness* witness = nullptr;  // of every walk; somebody else's
};

/// Parts what was given: every packed file, told by its first bytes, is an archive; all other files together
/// are one more, called `name`. Errors are open()'s.
Result<std::vector<Archive>> gather(const std::string& name, std::vector<InputFile> files);

/// A file met on a walk; its bytes may be read once, or left.
class Entry : public ByteStream {
public:
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] EntryId id() const { return id_; }
    /// Expanded size as the archive claims it; 0 when it does not say.
    [[nodiscard]] std::uint64_t size() const { return size_; }

protected:
    Entry(std::string path, EntryId id, std::uint64_t size) : path_(std::move(path)), id_(id), size_(size) {}

private:
    std::string path_;
    EntryId id_;
    std::uint64_t size_;
};

/// A file that is there but can't be read: a link, encrypted, nested too deep, a name that is too long.
struct Unreadable {
    std::string path;
    std::string error;
};

enum class Step { go_on, stop };
class Visitor {
public:
    virtual ~Visitor() = default;
    virtual Result<Step> visit(Entry& entry) = 0;
    virtual void unreadable(Unreadable file) = 0;
};

/// Visits every file in the archive's order. An error means that nothing of this archive can be trusted: a
/// name that leads out of it, a bomb, a file cut short, too many files; it names the archive and, where there
/// is one, the file.
Result<Done> walk(const Archive& archive, const Limits& limits, Visitor& visitor);
/// Visits only these files (sorted by id), in the same order, without reading the others.
Result<Done> walk(const Archive& archive, const Limits& limits, const std::vector<EntryId>& wanted,
                  Visitor& visitor);

}  // namespace vv::formats::archive
