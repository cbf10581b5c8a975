#include "jobs/import_reader.h"

#include "base/files.h"
#include "base/plain_line.h"
#include "store/owner_questions.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace vv::jobs {
namespace {

namespace archive = formats::archive;
using store::imports::File;
using store::imports::FileId;
using SteadyClock = std::chrono::steady_clock;

/// A calendar's recurrences are read up to two years ahead: after this long the same file says more than it
/// did.
constexpr std::chrono::days kCalendarAge{30};
/// An archive may hold very many small files: their rows are looked up and written so many at a time.
constexpr std::size_t kFilesAtOnce = 1'000;

double seconds_since(SteadyClock::time_point begun) {
    return std::chrono::duration<double>(SteadyClock::now() - begun).count();
}

std::string base_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// Files of one network, found by what is in them and what they are called; refers to the list it is made
/// from. The name counts because a card without an id of its own is known by its file's.
class KnownFiles {
public:
    KnownFiles(const std::vector<File>& files, const std::string& network) {
        for (const File& file : files)
            if (file.network == network) files_[key_of(file)].push_back(&file);
    }
    /// The first like `wanted` that fits; null when there is none.
    template <class Fits>
    [[nodiscard]] const File* find(const File& wanted, Fits fits) const {
        const auto like = files_.find(key_of(wanted));
        if (like == files_.end()) return nullptr;
        const auto found = std::ranges::find_if(like->second, [&](const File* f) { return fits(*f); });
        return found == like->second.end() ? nullptr : *found;
    }

private:
    static std::string key_of(const File& file) { return file.sha256 + base_name(file.name); }

    std::unordered_map<std::string, std::vector<const File*>> files_;
};

/// A file that an earlier import has read need not be parsed again.
void recall(File& file, const KnownFiles& read_before, Instant now) {
    const auto is_fresh = [&](const File& one) {
        return one.network != to_string(archive::Kind::calendar) || one.read_at + kCalendarAge >= now;
    };
    const File* const before = read_before.find(file, is_fresh);
    if (!before) return;
    file.same_as = before->same_as.value_or(before->id);
    file.is_read = true;
    file.counts = before->counts;
}

}  // namespace

/// The files that an interrupted attempt at the same import had begun; refers to the list it is made from.
class ImportReader::BegunFiles {
public:
    explicit BegunFiles(const std::vector<File>& files) {
        for (const File& file : files) files_[key_of(file)].push_back(&file);
    }
    /// The row of this very file, read or not; null when it was not begun, or was another then.
    [[nodiscard]] const File* find(const File& wanted) const {
        const auto same = files_.find(key_of(wanted));
        if (same == files_.end()) return nullptr;
        const auto found = std::ranges::find_if(same->second, [&](const File* f) {
            return f->sha256.empty() ? !f->is_read : f->sha256 == wanted.sha256;
        });
        return found == same->second.end() ? nullptr : *found;
    }

private:
    static std::string key_of(const File& file) {
        return file.network + '\0' + file.archive + '\0' + file.name;
    }

    std::unordered_map<std::string, std::vector<const File*>> files_;
};

Result<Done> remove_facts(store::Database& db, const app::Caller& caller, const std::vector<FileId>& files) {
    std::optional<core::IdentityId> last = core::IdentityId{};
    while (last) {
        TRY(last, db.write_now([&](store::Tx& tx) {
            return app::remove_step(tx, caller.account, files, *last, caller.now);
        }));
    }
    return Done{};
}

ImportReader::ImportReader(store::Database& db, JobContext& context, const ImportDeps& deps,
                           const app::ImportStart& start, PictureShrinker& pictures)
    : db_(db),
      context_(context),
      ids_(deps.ids),
      start_(start),
      caller_{start.account.id, context.now(), start.account.zone},
      contents_([this] { return context_.go_on(); }),
      writer_(db, deps.ids,
              {start.account.id, start.import.id, context.now(), start.account.region,
               [this] { return context_.go_on(); }, [this] { tell(); }, deps.most_identities,
               [&pictures](std::string_view picture) { return pictures.shrink(picture); }}) {}

Result<Done> ImportReader::run() {
    TRY(auto archives, survey());
    for (Surveyed& one : archives) {
        one.archive.witness = &contents_;
        for (const auto& group : one.survey.groups) total_ += group.bytes;
    }
    for (const Surveyed& one : archives) CHECK(read_archive(one));
    contents_.clear();
    writer_.forget_keys();
    tell();
    return Done{};
}

/// What the report needs of a group's files; there may be very many of them.
ImportReader::Part ImportReader::part_of(std::string archive, std::string network,
                                         const std::vector<File>& files) {
    Part part;
    part.line.archive = std::move(archive);
    part.line.network = std::move(network);
    for (const File& file : files) {
        part.files.push_back(file.same_as.value_or(file.id));
        if (!file.same_as) part.added.push_back(file.id);
        part.line.ties += file.counts.ties;
        part.line.contacts += file.counts.contacts;
        part.line.busy += file.counts.busy;
        part.line.posts += file.counts.posts;
        part.line.blocks += file.counts.blocks;
        part.line.rejected += file.counts.rejected;
        if (file.same_as) ++part.line.unchanged;
    }
    return part;
}

Result<std::vector<ImportReader::Surveyed>> ImportReader::survey() {
    std::vector<Surveyed> found;
    const std::string& name = start_.import.name;
    auto listing = list_files(start_.import.path);
    if (!listing) {
        unsupported_.push_back({name, "", "", listing.error().detail});
        return found;
    }
    std::vector<archive::InputFile> files;
    for (const ListedFile& file : listing->files) {
        const bool is_itself = start_.import.is_upload;  // stored under another name than its owner's
        files.push_back({plain_line(is_itself ? name : file.path), file.size,
                         [path = file.real_path] { return open_file(path); }});
    }
    for (const std::string& left : listing->left)
        unsupported_.push_back(
            {name, left, "",
             "Links, devices and folders that lie too deep are not followed; give the file itself."});
    auto archives = archive::gather(name, std::move(files));
    if (!archives) {
        unsupported_.push_back({name, "", "", archives.error().detail});
        return found;
    }
    if (archives->empty()) unsupported_.push_back({name, "", "", name + " holds no files."});
    for (archive::Archive& one : *archives) {
        CHECK(context_.go_on());
        auto surveyed = archive::survey(one);
        if (!surveyed) {
            unsupported_.push_back({one.name, "", "", surveyed.error().detail});
            continue;
        }
        for (const auto& file : surveyed->unsupported)
            unsupported_.push_back({one.name, file.file,
                                    file.kind ? std::string(to_string(*file.kind)) : std::string(),
                                    file.error});
        found.push_back({std::move(one), *std::move(surveyed)});
    }
    return found;
}

Result<Done> ImportReader::read_archive(const Surveyed& surveyed) {
    for (const auto& group : surveyed.survey.groups) {
        const auto read = read_group(surveyed.archive, group);
        done_ += group.bytes;
        group_done_ = 0;
        if (read) continue;
        // The job's own trouble ends the job; anything else is the archive's, of which nothing stays then.
        if (!writer_.state()) return writer_.state().error();
        CHECK(context_.go_on());
        if (read.error().fault == Fault::unavailable) return read.error();
        return drop_archive(surveyed.archive.name, read.error());
    }
    return Done{};
}

Result<Done> ImportReader::read_group(const archive::Archive& archive, const archive::Group& group) {
    const auto begun = SteadyClock::now();
    contents_.clear();
    TRY(auto files, recognise(archive, group));
    const bool is_known = std::all_of(files.begin(), files.end(), [](const File& f) { return f.is_read; });
    Result<Done> result = Done{};
    if (!is_known) result = parse(archive, group, files);
    parts_.push_back(part_of(archive.name, std::string(to_string(group.kind)), files));
    parts_.back().line.seconds = seconds_since(begun);
    return result;
}

/// Only a file that may have been read before is read for its hash alone.
Result<Done> ImportReader::look_into_known(const archive::Archive& archive, const archive::Group& group,
                                           const std::string& network) {
    std::vector<std::int64_t> sizes;
    for (const auto& entry : group.files) sizes.push_back(static_cast<std::int64_t>(entry.size));
    TRY(const auto known, db_.read_now([&](store::Tx& tx) -> Result<std::vector<store::imports::Sized>> {
        return store::imports::read_of_sizes(tx, caller_.account, network, sizes);
    }));
    std::set<std::pair<std::string, std::int64_t>> read;
    for (const auto& [name, size] : known) read.emplace(base_name(name), size);
    for (const File& file : start_.files)
        if (!file.sha256.empty()) read.emplace(base_name(file.name), file.size);
    std::vector<archive::EntryId> wanted;
    for (const auto& entry : group.files)
        if (entry.size == 0 || read.contains({base_name(entry.path), static_cast<std::int64_t>(entry.size)}))
            wanted.push_back(entry.id);
    if (wanted.empty()) return Done{};
    return archive::walk(archive, {}, wanted, contents_);
}

Result<std::vector<File>> ImportReader::recognise(const archive::Archive& archive,
                                                  const archive::Group& group) {
    CHECK(look_into_known(archive, group, std::string(to_string(group.kind))));
    const BegunFiles begun(start_.files);
    std::vector<File> files;
    files.reserve(group.files.size());
    for (std::size_t from = 0; from < group.files.size(); from += kFilesAtOnce) {
        CHECK(context_.go_on());
        const std::size_t to = std::min(group.files.size(), from + kFilesAtOnce);
        for (std::size_t i = from; i < to; ++i) files.push_back(row_of(archive.name, group, i));
        CHECK(settle_rows(std::span(files).subspan(from), begun));
    }
    return files;
}

File ImportReader::row_of(const std::string& archive, const archive::Group& group, std::size_t index) {
    const auto& entry = group.files[index];
    File file{ids_.next(caller_.now),
              start_.import.id,
              archive,
              entry.path,
              std::string(to_string(group.kind)),
              {},
              static_cast<std::int64_t>(entry.size),
              {},
              false,
              caller_.now,
              {}};
    if (const auto content = contents_.of(entry.id)) file.sha256 = content->sha256, file.size = content->size;
    return file;
}

/// Each as the row it was begun as, else a new one, with what an earlier import knows of it.
Result<Done> ImportReader::settle_rows(std::span<File> files, const BegunFiles& begun) {
    std::vector<std::string> hashes;
    for (const File& file : files)
        if (!file.sha256.empty()) hashes.push_back(file.sha256);
    TRY(const auto known, db_.read_now([&](store::Tx& tx) -> Result<std::vector<File>> {
        if (hashes.empty()) return std::vector<File>();
        return store::imports::with_content(tx, caller_.account, hashes);
    }));
    const KnownFiles before(known, files.front().network);
    std::vector<const File*> added;
    for (File& file : files) {
        if (const File* const same = begun.find(file)) {
            file = *same;
            continue;
        }
        recall(file, before, caller_.now);
        added.push_back(&file);
    }
    return db_.write_now([&](store::Tx& tx) -> Result<Done> {
        store::imports::add_files(tx, caller_.account, added);
        return Done{};
    });
}

/// What is in the files that were parsed: those that no parser read to the end are read for it.
Result<Done> ImportReader::learn_contents(const archive::Archive& archive, const archive::Group& group,
                                          std::vector<File>& files) {
    std::vector<archive::EntryId> unseen;
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!files[i].is_read && !contents_.of(group.files[i].id)) unseen.push_back(group.files[i].id);
    if (!unseen.empty()) CHECK(archive::walk(archive, {}, unseen, contents_));
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto content = contents_.of(group.files[i].id);
        if (!files[i].is_read && content) files[i].sha256 = content->sha256, files[i].size = content->size;
    }
    return Done{};
}

Result<Done> ImportReader::parse(const archive::Archive& archive, const archive::Group& group,
                                 std::vector<File>& files) {
    writer_.expect(archive.name, files);
    const auto begun = SteadyClock::now();
    const auto summary = archive::parse(archive, group, options(), writer_);
    CHECK(writer_.flush());
    if (!summary) return summary.error();
    CHECK(context_.go_on());
    CHECK(learn_contents(archive, group, files));
    std::vector<const File*> read;
    for (File& file : files) {
        if (file.is_read) continue;
        file.is_read = true;
        file.counts.seconds = seconds_since(begun);
        read.push_back(&file);
    }
    const std::string network(to_string(group.kind));
    return db_.write_now([&](store::Tx& tx) -> Result<Done> {
        store::imports::mark_read(tx, caller_.account, read);
        if (const auto& unsure = writer_.unsure())
            store::owner_questions::put(tx, caller_.account, start_.import.id,
                                        {archive.name, network, *unsure, {}, false});
        else
            store::owner_questions::remove(tx, caller_.account, start_.import.id, archive.name, network);
        return Done{};
    });
}

/// Nothing of this archive can be trusted.
Result<Done> ImportReader::drop_archive(const std::string& name, const Error& error) {
    TRY(const auto rows, db_.read_now([&](store::Tx& tx) -> Result<std::vector<File>> {
        return store::imports::files_of(tx, caller_.account, start_.import.id);
    }));
    std::vector<File> files;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(files),
                 [&](const File& f) { return f.archive == name; });
    TRY(const auto gone,
        db_.write_now([&](store::Tx& tx) { return app::begin_removal(tx, caller_.account, files); }));
    CHECK(remove_facts(db_, caller_, gone));
    CHECK(db_.write_now(
        [&](store::Tx& tx) { return app::end_removal(tx, caller_, gone, app::FileRows::go, ids_); }));
    std::erase_if(parts_, [&](const Part& part) { return part.line.archive == name; });
    unsupported_.push_back({name, "", "", error.detail});
    return Done{};
}

formats::ParseOptions ImportReader::options() {
    formats::ParseOptions options;
    options.now = caller_.now;
    options.region = start_.account.region;
    options.zone = caller_.zone;
    options.owner_emails = start_.owner.emails;
    options.owner_names = start_.owner.names;
    options.confirmed_keys = start_.owner.confirmed;
    options.denied_keys = start_.owner.denied;
    for (const auto& told : writer_.owner_keys()) {
        if (told.network == "email") options.owner_emails.push_back(told.key);
        if (told.network == "name") options.owner_names.push_back(told.key);
    }
    options.topics = &writer_;
    options.progress = [this](std::uint64_t bytes) { group_done_ = bytes; };
    return options;
}

void ImportReader::tell() {
    const auto& found = writer_.found();
    store::jobs::Progress progress;
    progress.done = static_cast<std::int64_t>(done_ + group_done_);
    progress.total = static_cast<std::int64_t>(std::max(total_, done_ + group_done_));
    progress.found = {{"people", found.people},
                      {"contacts", found.contacts},
                      {"encounters", found.encounters},
                      {"rejected", found.rejected}};
    context_.report(progress);
}

std::vector<FileId> ImportReader::new_files() const {
    std::vector<FileId> ids;
    for (const Part& part : parts_) ids.insert(ids.end(), part.added.begin(), part.added.end());
    return ids;
}

store::imports::Report ImportReader::report(store::Tx& tx) const {
    store::imports::Report report;
    report.unsupported = unsupported_;
    for (const Part& part : parts_) {
        store::imports::Line line = part.line;
        line.identities = store::imports::count_identities(tx, caller_.account, part.files);
        line.encounters = store::imports::count_encounters(tx, caller_.account, part.files, caller_.now);
        report.lines.push_back(std::move(line));
    }
    return report;
}

}  // namespace vv::jobs
