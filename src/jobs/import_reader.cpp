#include "jobs/import_reader.h"

#include "base/crypto.h"
#include "base/files.h"
#include "base/plain_line.h"
#include "store/owner_questions.h"

#include <algorithm>
#include <map>
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

double seconds_since(SteadyClock::time_point begun) {
    return std::chrono::duration<double>(SteadyClock::now() - begun).count();
}

std::string base_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// Content and size of each file, as it streams by.
class Hasher final : public archive::Visitor {
public:
    explicit Hasher(const JobContext& context) : context_(context) {}
    struct Content {
        std::string sha256;
        std::int64_t size = 0;
    };

    Result<archive::Step> visit(archive::Entry& entry) override {
        Sha256 hash;
        Content content;
        while (true) {
            CHECK(context_.go_on());
            TRY(const auto piece, entry.next());
            if (piece.empty()) break;
            hash.add(piece);
            content.size += static_cast<std::int64_t>(piece.size());
        }
        content.sha256 = hex(hash.finish());
        contents[entry.id()] = std::move(content);
        return archive::Step::go_on;
    }
    void unreadable(archive::Unreadable) override {}

    std::map<archive::EntryId, Content> contents;

private:
    const JobContext& context_;
};

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

Result<Done> remove_facts(store::Database& db, const app::Caller& caller, const std::vector<FileId>& files) {
    std::optional<core::IdentityId> last = core::IdentityId{};
    while (last) {
        TRY(last, db.write_now([&](store::Tx& tx) {
            return app::remove_step(tx, caller.account, files, *last, caller.now);
        }));
    }
    return Done{};
}

ImportReader::ImportReader(store::Database& db, JobContext& context, IdSource& ids,
                           const app::ImportStart& start)
    : db_(db),
      context_(context),
      ids_(ids),
      start_(start),
      caller_{start.account.id, context.now(), start.account.zone},
      writer_(db, ids,
              {start.account.id, start.import.id, context.now(), start.account.region,
               [this] { return context_.go_on(); }, [this] { tell(); }}) {}

Result<Done> ImportReader::run() {
    TRY(const auto archives, survey());
    for (const Surveyed& one : archives)
        for (const auto& group : one.survey.groups) total_ += group.bytes;
    for (const Surveyed& one : archives) CHECK(read_archive(one));
    tell();
    return Done{};
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
        unsupported_.push_back({name, left, "", "Links and devices are not followed; give the file itself."});
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
    Part part{archive.name, std::string(to_string(group.kind)), {}, 0};
    TRY(part.files, recognise(archive, group));
    const bool is_known =
        std::all_of(part.files.begin(), part.files.end(), [](const File& f) { return f.is_read; });
    Result<Done> result = Done{};
    if (!is_known) result = parse(archive, group, part);
    part.seconds = seconds_since(begun);
    parts_.push_back(std::move(part));
    return result;
}

Result<std::vector<File>> ImportReader::recognise(const archive::Archive& archive,
                                                  const archive::Group& group) {
    Hasher hasher(context_);
    CHECK(archive::walk(archive, {}, group.ids(), hasher));
    std::vector<std::string> hashes;
    for (const auto& [id, content] : hasher.contents) hashes.push_back(content.sha256);
    TRY(const auto known, db_.read_now([&](store::Tx& tx) -> Result<std::vector<File>> {
        return store::imports::with_content(tx, caller_.account, hashes);
    }));
    const std::string network(to_string(group.kind));
    const KnownFiles begun(start_.files, network);
    const KnownFiles before(known, network);
    std::vector<File> files;
    std::vector<File> added;
    for (const auto& entry : group.files) {
        const auto& content = hasher.contents[entry.id];
        File file{ids_.next(caller_.now),
                  start_.import.id,
                  archive.name,
                  entry.path,
                  network,
                  content.sha256,
                  content.size,
                  {},
                  false,
                  caller_.now,
                  {}};
        const auto is_this = [&](const File& f) { return f.archive == file.archive && f.name == file.name; };
        if (const File* const same = begun.find(file, is_this)) {
            files.push_back(*same);
            continue;
        }
        recall(file, before, caller_.now);
        files.push_back(file);
        added.push_back(std::move(file));
    }
    CHECK(db_.write_now([&](store::Tx& tx) -> Result<Done> {
        store::imports::add_files(tx, caller_.account, added);
        return Done{};
    }));
    return files;
}

Result<Done> ImportReader::parse(const archive::Archive& archive, const archive::Group& group, Part& part) {
    std::vector<File> unread;
    std::copy_if(part.files.begin(), part.files.end(), std::back_inserter(unread),
                 [](const File& f) { return !f.is_read; });
    writer_.expect(archive.name, unread);
    const auto begun = SteadyClock::now();
    const auto summary = archive::parse(archive, group, options(), writer_);
    CHECK(writer_.flush());
    if (!summary) return summary.error();
    CHECK(context_.go_on());
    auto row = unread.begin();  // of the same files, in the same order
    for (File& file : part.files) {
        if (file.is_read) continue;
        file.is_read = true;
        file.counts = writer_.counts(file.id);
        file.counts.seconds = seconds_since(begun);
        (row++)->counts = file.counts;
    }
    return db_.write_now([&](store::Tx& tx) -> Result<Done> {
        store::imports::mark_read(tx, caller_.account, unread);
        if (const auto& unsure = writer_.unsure())
            store::owner_questions::put(tx, caller_.account, start_.import.id,
                                        {archive.name, part.network, *unsure, {}, false});
        else
            store::owner_questions::remove(tx, caller_.account, start_.import.id, archive.name, part.network);
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
    std::erase_if(parts_, [&](const Part& part) { return part.archive == name; });
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
    for (const Part& part : parts_)
        for (const File& file : part.files)
            if (!file.same_as) ids.push_back(file.id);
    return ids;
}

store::imports::Report ImportReader::report(store::Tx& tx) const {
    store::imports::Report report;
    report.unsupported = unsupported_;
    for (const Part& part : parts_) {
        store::imports::Line line;
        line.archive = part.archive;
        line.network = part.network;
        line.seconds = part.seconds;
        std::vector<FileId> files;
        for (const File& file : part.files) {
            files.push_back(file.same_as.value_or(file.id));
            line.ties += file.counts.ties;
            line.contacts += file.counts.contacts;
            line.busy += file.counts.busy;
            line.posts += file.counts.posts;
            line.blocks += file.counts.blocks;
            line.rejected += file.counts.rejected;
            if (file.same_as) ++line.unchanged;
        }
        line.identities = store::imports::count_identities(tx, caller_.account, files);
        line.encounters = store::imports::count_encounters(tx, caller_.account, files, caller_.now);
        report.lines.push_back(std::move(line));
    }
    return report;
}

}  // namespace vv::jobs
