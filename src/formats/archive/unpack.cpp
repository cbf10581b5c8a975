#include "formats/archive/unpack.h"

#include "base/plain_line.h"
#include "base/text.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <locale.h>
#include <new>

namespace vv::formats::archive {
namespace {

constexpr std::size_t kBuffer = 65'536;

// libarchive converts names to the thread's locale and mangles them where that is "C".
class Utf8Locale {
public:
    Utf8Locale() : before_(uselocale(utf8())) {}
    ~Utf8Locale() { uselocale(before_); }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
    static locale_t utf8() {
        static const locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        VV_ASSERT(made != nullptr);
        return made;
    }
    locale_t before_;
};

// Zips name their files in UTF-8 (most say so, macOS does not) or in the code page of DOS.
// They are told to people as they are, so nothing in them may steer a terminal or pretend to be another line.
std::string decode_name(std::string_view raw) {
    if (is_utf8(raw)) return plain_line(raw);
    auto text = to_utf8(raw, "ibm437");
    return plain_line(text ? *text : scrub_utf8(raw));
}

enum class PathFault { none, leads_out, too_long, too_deep };

// Folds "\" to "/" and drops "." parts.
PathFault clean_path(std::string& path, const Limits& limits) {
    std::replace(path.begin(), path.end(), '\\', '/');
    if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return PathFault::leads_out;
    if (path.find('\0') != std::string::npos) return PathFault::leads_out;
    std::string clean;
    int depth = 0;
    for (const auto part : split(path, '/')) {
        if (part == "..") return PathFault::leads_out;
        if (part.empty() || part == ".") continue;
        ++depth;
        if (!clean.empty()) clean += '/';
        clean += part;
    }
    path = std::move(clean);
    if (path.size() > limits.path_bytes) return PathFault::too_long;
    return depth > limits.path_depth ? PathFault::too_deep : PathFault::none;
}

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20) + " MiB";
}

}  // namespace

bool looks_packed(std::string_view head) {
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return true;
    return head.starts_with("\x1f\x8b\x08") || (head.size() >= 262 && head.substr(257, 5) == "ustar");
}

bool looks_like_document(std::string_view head) {
    if (!head.starts_with("PK\x03\x04") || head.size() < 32) return false;
    const auto name = head.substr(30, 32);
    static constexpr std::array<std::string_view, 7> kFirst = {
        "[Content_Types].xml", "mimetype",           "META-INF/", "_rels/", "word/",
        "docProps/",           "AndroidManifest.xml"};
    return std::any_of(kFirst.begin(), kFirst.end(), [&](auto first) { return name.starts_with(first); });
}

// Where packed bytes come from; counts them, and holds the list of a zip's files to its limit.
struct Unpacker::Source {
    ByteSource* seekable = nullptr;
    ByteStream* stream = nullptr;
    std::vector<char> buffer;
    std::uint64_t position = 0;
    std::uint64_t read_bytes = 0;
    std::uint64_t directory_left = 0;  // what may still be read before the first file; 0 after it
    bool directory_too_long = false;
    std::optional<Error> failure;

    la_ssize_t read(const void** out) {
        const auto piece = seekable ? read_seekable() : stream->next();
        if (!piece) {
            failure = piece.error();
            return ARCHIVE_FATAL;
        }
        if (directory_left != 0) {
            directory_too_long = piece->size() >= directory_left;
            if (directory_too_long) return ARCHIVE_FATAL;
            directory_left -= piece->size();
        }
        read_bytes += piece->size();
        *out = piece->data();
        return static_cast<la_ssize_t>(piece->size());
    }
    Result<std::string_view> read_seekable() {
        TRY(const auto got, seekable->read(buffer.data(), buffer.size()));
        position += got;
        return std::string_view(buffer.data(), got);
    }
    la_int64_t seek(la_int64_t offset, int whence) {
        const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? position : seekable->size();
        const auto target = static_cast<la_int64_t>(base) + offset;
        if (target < 0) return ARCHIVE_FATAL;
        position = static_cast<std::uint64_t>(target);
        return seekable->seek(position).ok() ? target : ARCHIVE_FATAL;
    }
};

Unpacker::Unpacker(std::unique_ptr<Source> source, std::string name, const Limits& limits, Usage& usage)
    : source_(std::move(source)),
      name_(std::move(name)),
      limits_(limits),
      usage_(usage),
      archive_(archive_read_new()) {
    if (!archive_) throw std::bad_alloc();
}

Unpacker::~Unpacker() {
    const Utf8Locale locale;
    archive_read_free(archive_);
}

Result<std::unique_ptr<Unpacker>> Unpacker::open(ByteSource& source, std::string name, const Limits& limits,
                                                 Usage& usage) {
    auto from = std::make_unique<Source>();
    from->seekable = &source;
    from->buffer.resize(kBuffer);
    from->directory_left = limits.directory_bytes;
    std::unique_ptr<Unpacker> made(new Unpacker(std::move(from), std::move(name), limits, usage));
    archive_read_support_format_zip_seekable(made->archive_);
    archive_read_support_format_tar(made->archive_);
    archive_read_support_filter_gzip(made->archive_);
    archive_read_set_seek_callback(made->archive_,
                                   [](struct archive*, void* self, la_int64_t offset, int whence) {
                                       return static_cast<Source*>(self)->seek(offset, whence);
                                   });
    CHECK(made->start());
    return made;
}

Result<std::unique_ptr<Unpacker>> Unpacker::open(ByteStream& stream, std::string name, const Limits& limits,
                                                 Usage& usage) {
    auto from = std::make_unique<Source>();
    from->stream = &stream;
    std::unique_ptr<Unpacker> made(new Unpacker(std::move(from), std::move(name), limits, usage));
    archive_read_support_format_zip_streamable(made->archive_);
    CHECK(made->start());
    return made;
}

Result<Done> Unpacker::start() {
    const Utf8Locale locale;
    archive_read_set_callback_data(archive_, source_.get());
    archive_read_set_read_callback(archive_, [](struct archive*, void* self, const void** out) {
        return static_cast<Source*>(self)->read(out);
    });
    if (archive_read_open1(archive_) != ARCHIVE_OK) return damaged(name_);
    return Done{};
}

Error Unpacker::damaged(const std::string& where) {
    if (source_->failure) return *source_->failure;
    if (source_->directory_too_long)
        return {Fault::too_many, "archive.too_many_files",
                name_ + ": its list of files is longer than " + mebibytes(limits_.directory_bytes) +
                    "; it was not read."};
    const char* why = archive_error_string(archive_);
    return {Fault::invalid, "archive.damaged",
            where + ": the archive is damaged or cut short (" + (why ? why : "no reason given") +
                "); download it again."};
}

Result<std::optional<Unpacker::Header>> Unpacker::next_header() {
    const Utf8Locale locale;
    while (true) {
        CHECK(drain());
        ::archive_entry* entry = nullptr;
        const int status = archive_read_next_header(archive_, &entry);
        source_->directory_left = 0;
        if (status == ARCHIVE_EOF) return std::optional<Header>{};
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(name_);
        if (++usage_.entries > limits_.entries)
            return Error{Fault::too_many, "archive.too_many_files",
                         name_ + ": it holds more than " + std::to_string(limits_.entries) +
                             " files; it was not read."};
        in_entry_ = true;
        grown_ = 0;
        packed_before_ = source_->read_bytes;
        if (archive_entry_filetype(entry) == AE_IFDIR) continue;
        TRY(auto header, read_header(entry));
        path_ = header.path;
        return std::optional<Header>(std::move(header));
    }
}

Result<Unpacker::Header> Unpacker::read_header(::archive_entry* entry) {
    Header header;
    const char* raw = archive_entry_pathname(entry);
    header.path = decode_name(raw ? raw : "");
    if (archive_entry_size_is_set(entry))
        header.size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(entry)));
    const std::string written(truncate_utf8(header.path, 120));
    switch (clean_path(header.path, limits_)) {
        case PathFault::leads_out:
            return Error{Fault::invalid, "archive.path",
                         name_ + ": the name '" + written + "' leads out of the archive; it was not read."};
        case PathFault::too_long:
            header.unreadable = "its name is too long; it was left out.";
            break;
        case PathFault::too_deep:
            header.unreadable = "it lies in too many folders; it was left out.";
            break;
        case PathFault::none:
            break;
    }
    if (header.unreadable) header.path = truncate_utf8(header.path, 120);
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr)
        header.unreadable = "it is a link or a device, not a file; it was left out.";
    else if (archive_entry_is_encrypted(entry))
        header.unreadable = "it is encrypted; pack it again without a password.";
    return header;
}

Result<std::string_view> Unpacker::next_piece() {
    const Utf8Locale locale;
    while (in_entry_) {
        const void* data = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(archive_, &data, &size, &offset);
        if (status == ARCHIVE_EOF) break;
        if (status != ARCHIVE_OK) return damaged(name_ + ": " + path_);
        CHECK(check_growth(size));
        if (size > 0) return std::string_view(static_cast<const char*>(data), size);
    }
    in_entry_ = false;
    return std::string_view{};
}

// A zip read by its list skips for nothing; elsewhere skipping means unpacking, which must stay within the
// limits.
Result<Done> Unpacker::drain() {
    if (source_->seekable && archive_format(archive_) == ARCHIVE_FORMAT_ZIP) return Done{};
    while (in_entry_) {
        TRY(const auto piece, next_piece());
        if (piece.empty()) break;
    }
    return Done{};
}

Result<Done> Unpacker::check_growth(std::size_t more) {
    grown_ += more;
    usage_.expanded += more;
    const auto packed =
        source_->read_bytes - packed_before_ + kBuffer;  // some of it was read with the file before
    const bool shares =
        usage_.expanded > limits_.whole_floor && usage_.expanded / (usage_.packed + kBuffer) > limits_.ratio;
    const bool bomb = shares || (grown_ > limits_.ratio_floor && grown_ / packed > limits_.ratio);
    if (!bomb && grown_ <= limits_.entry_bytes && usage_.expanded <= limits_.total_bytes) return Done{};
    const auto reason =
        shares ? "more than " + std::to_string(limits_.ratio) + " times the archive's size in all"
        : bomb ? "more than " + std::to_string(limits_.ratio) + " times its packed size"
        : grown_ > limits_.entry_bytes ? "beyond " + mebibytes(limits_.entry_bytes)
                                       : "the whole beyond " + mebibytes(limits_.total_bytes);
    return Error{Fault::too_many, "archive.bomb",
                 name_ + ": " + path_ + ": it unpacks to " + reason + "; the archive was not read."};
}

}  // namespace vv::formats::archive
