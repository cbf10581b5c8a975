#include "jobs/venues.h"

#include "base/files.h"
#include "base/plain_line.h"
#include "base/program_output.h"
#include "formats/venues.h"
#include "store/venues.h"

#include <array>
#include <filesystem>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace vv::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatch = 2'000;
constexpr int kRemovedAtOnce = 5'000;
constexpr std::size_t kLongestSet = 100;

/// A file's bytes, with how far they are.
class FileBytes final : public formats::ByteStream {
public:
    FileBytes(std::unique_ptr<ByteSource> file, const VenueListener& listener)
        : file_(std::move(file)), listener_(listener) {}

    Result<std::string_view> next() override {
        TRY(const std::size_t got, file_->read(buffer_.data(), buffer_.size()));
        done_ += got;
        if (listener_.progress) listener_.progress(done_, file_->size());
        return std::string_view(buffer_.data(), got);
    }

private:
    std::unique_ptr<ByteSource> file_;
    const VenueListener& listener_;
    std::uint64_t done_ = 0;
    std::array<char, 65'536> buffer_{};
};

/// The same of what a program writes; its end is its success.
class ProgramBytes final : public formats::ByteStream {
public:
    ProgramBytes(std::unique_ptr<ProgramOutput> program, const VenueListener& listener)
        : program_(std::move(program)), listener_(listener) {}

    Result<std::string_view> next() override {
        if (is_over_) return std::string_view{};
        TRY(const std::size_t got, program_->read(buffer_.data(), buffer_.size()));
        done_ += got;
        if (listener_.progress) listener_.progress(done_, 0);
        if (got == 0) {
            is_over_ = true;
            CHECK(program_->finish());
        }
        return std::string_view(buffer_.data(), got);
    }

private:
    std::unique_ptr<ProgramOutput> program_;
    const VenueListener& listener_;
    std::uint64_t done_ = 0;
    bool is_over_ = false;
    std::array<char, 65'536> buffer_{};
};

/// A file that is gone with its owner.
class Scratch {
public:
    explicit Scratch(const std::string& folder)
        : path_(fs::path(folder) / ("venues-" + std::to_string(getpid()) + ".osm.pbf")) {}
    ~Scratch() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    fs::path path_;
};

bool is_extract(const std::string& path) {
    for (const char* const ending : {".pbf", ".osm", ".osm.bz2", ".osm.gz", ".o5m"})
        if (path.ends_with(ending)) return true;
    return false;
}

Result<Done> filter_extract(const std::string& path, const std::string& into) {
    std::vector<std::string> command{"osmium", "tags-filter", "--no-progress", "--overwrite", "-o",
                                     into,     path};
    const auto& filters = formats::venue_tag_filters();
    command.insert(command.end(), filters.begin(), filters.end());
    TRY(const auto program, ProgramOutput::start(std::move(command)));
    std::array<char, 4'096> nothing{};
    while (true) {
        TRY(const std::size_t got, program->read(nothing.data(), nothing.size()));
        if (got == 0) return program->finish();
    }
}

/// Removes what this reading did not name, a transaction at a time.
Result<std::int64_t> remove_rest(store::Database& db, const store::venues::Reading& reading, Instant now) {
    std::int64_t removed = 0;
    while (true) {
        TRY(const std::int64_t gone, db.write_now([&](store::Tx& tx) -> Result<std::int64_t> {
            return store::venues::remove_unseen(tx, reading, kRemovedAtOnce);
        }));
        removed += gone;
        if (gone < kRemovedAtOnce) break;
    }
    return db.write_now([&](store::Tx& tx) -> Result<std::int64_t> {
        store::venues::save_set(tx, reading.data_set, now);
        return removed;
    });
}

/// Takes venues as they are read and writes them a batch at a time.
class Writer final : public formats::VenueSink {
public:
    Writer(store::Database& db, IdSource& ids, const store::venues::Reading& reading,
           const VenueListener& listener, Instant now)
        : db_(db), ids_(ids), reading_(reading), listener_(listener), now_(now) {}

    bool take(std::int64_t, std::string key, core::VenueEntry venue) override {
        if (++report.venues > kMostVenues) {
            state_ = Error(Fault::too_many, "venues.many",
                           "This holds more than five million places; give an extract of a smaller part.");
            return false;
        }
        batch_.push_back({std::move(key), std::move(venue)});
        if (batch_.size() >= kBatch) state_ = write();
        return state_.ok();
    }
    bool reject(std::int64_t feature, std::string error) override {
        ++report.rejected;
        if (listener_.rejected) listener_.rejected(feature, error);
        return true;
    }

    /// An error that ended the reading, with what there is to do about the places before it.
    [[nodiscard]] Error broken_off(Error error) const {
        const std::int64_t kept = report.venues - static_cast<std::int64_t>(batch_.size());
        if (kept > 0)
            error.detail += " The " + std::to_string(kept) + " places before that are written: import the " +
                            "mended file again, or `visavis venues remove " + reading_.data_set + "`.";
        return error;
    }

    /// What is left, and what the set no longer holds.
    Result<Done> finish() {
        CHECK(state_);
        CHECK(write());
        if (report.venues == 0)
            return Error(Fault::invalid, "venues.empty",
                         "There is no place to meet in this file; nothing was changed.");
        TRY(report.removed, remove_rest(db_, reading_, now_));
        return Done{};
    }

    VenueReport report;

private:
    Result<Done> write() {
        TRY(const auto written, db_.write_now([&](store::Tx& tx) -> Result<store::venues::Written> {
            return store::venues::write(tx, reading_, batch_, ids_, now_);
        }));
        report.created += written.created;
        report.changed += written.changed;
        batch_.clear();
        return Done{};
    }

    store::Database& db_;
    IdSource& ids_;
    const store::venues::Reading& reading_;
    const VenueListener& listener_;
    Instant now_;
    std::vector<store::venues::NewVenue> batch_;
    Result<Done> state_ = Done{};
};

Result<std::string> set_name(const VenueFile& file) {
    std::string name = file.data_set;
    if (name.empty()) name = fs::path(file.path).filename().string();
    if (file.data_set.empty()) name = name.substr(0, name.find('.'));
    if (name.empty() || name.size() > kLongestSet || !is_plain_line(name))
        return Error(Fault::invalid, "venues.set",
                     "A set's name is one line of at most 100 bytes; give --set.");
    return name;
}

}  // namespace

Result<VenueReport> import_venues(store::Database& db, IdSource& ids, const VenueFile& file,
                                  const VenueListener& listener, Instant now) {
    TRY(const std::string name, set_name(file));
    const store::venues::Reading reading{name, ids.next(now)};
    TRY(auto opened, open_file(file.path));
    Writer writer(db, ids, reading, listener, now);
    const Scratch scratch(file.scratch_folder);
    std::unique_ptr<formats::ByteStream> bytes;
    if (is_extract(file.path)) {
        CHECK(filter_extract(file.path, scratch.path()));
        TRY(auto program, ProgramOutput::start({"osmium", "export", "--no-progress", "-f", "geojson",
                                                "--geometry-types=point,polygon", "--add-unique-id=type_id",
                                                "-o", "-", scratch.path()}));
        bytes = std::make_unique<ProgramBytes>(std::move(program), listener);
    } else {
        bytes = std::make_unique<FileBytes>(std::move(opened), listener);
    }
    const Result<formats::VenueCounts> counts = formats::read_venues(*bytes, writer);
    if (!counts) return writer.broken_off(counts.error());
    CHECK(writer.finish());
    writer.report.data_set = name;
    writer.report.features = counts->features;
    writer.report.passed_over = counts->passed_over;
    return writer.report;
}

Result<std::int64_t> remove_venues(store::Database& db, IdSource& ids, const std::string& data_set,
                                   Instant now) {
    return remove_rest(db, {data_set, ids.next(now)}, now);
}

}  // namespace vv::jobs
