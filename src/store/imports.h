// store/imports.h — imports, the files they read, and what of them could not be read.
#pragma once

#include "core/facts.h"
#include "store/database.h"
#include "store/jobs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::store::imports {

using ImportId = Id<struct ImportTag>;
using FileId = std::int64_t;

enum class State { queued, running, done, failed, cancelled, undone };
std::string_view to_string(State state);

/// One archive and network: a line of the contract's answer.
struct Line {
    std::string archive;
    std::string network;
    std::int64_t identities = 0, ties = 0, contacts = 0, encounters = 0, busy = 0, posts = 0, blocks = 0,
                 rejected = 0;
    std::int64_t unchanged = 0;  // files that an earlier import had read already
    double seconds = 0;
};
struct Unsupported {
    std::string archive;
    std::string file;     // may be empty: the archive as a whole
    std::string network;  // may be empty: not known
    std::string error;
};
struct Report {
    std::vector<Line> lines;
    std::vector<Unsupported> unsupported;
    std::int64_t people = 0, created = 0, merged = 0, to_review = 0;
    double seconds = 0;
};

/// Who of several the owner is in an archive that doesn't tell (core::OwnerUnsure), and what the owner said.
struct OwnerQuestion {
    std::string archive;
    std::string network;  // a line of the report
    core::OwnerUnsure unsure;
    std::optional<core::IdentityKey> said;  // this one
    bool none = false;                      // none of them
    [[nodiscard]] bool is_open() const { return !said && !none; }
};

struct Import {
    ImportId id;
    std::string name;
    State state = State::queued;
    std::string path;
    bool is_upload = false;   // the file is ours
    bool is_leaving = false;  // asked to be taken out again
    std::optional<jobs::JobId> job;
    Instant started_at;
    std::optional<Instant> finished_at;
    std::optional<Report> report;          // once it is done
    std::vector<OwnerQuestion> questions;  // in the order of the report; filled by store/owner_questions
    std::string error_code;
    std::string error;
    jobs::Progress progress;     // of its job, while that is kept
    std::string job_state;       // empty when there is none (any more)
    std::string job_error_code;  // when the runner gave up
    std::string job_error;
};

void add(Tx& tx, core::AccountId owner, const Import& import);
std::optional<Import> find(Tx& tx, core::AccountId owner, ImportId id);
/// Newest first, after (older than) `after` when that is set.
std::vector<Import> list(Tx& tx, core::AccountId owner, std::optional<ImportId> after, int limit);
void start(Tx& tx, core::AccountId owner, ImportId id, Instant now);
/// Which job works on it from now on.
void set_job(Tx& tx, core::AccountId owner, ImportId id, jobs::JobId job);
void set_leaving(Tx& tx, core::AccountId owner, ImportId id);
/// An end: state, time, report (when done), error, and the path where the archive is kept to be read again.
void finish(Tx& tx, core::AccountId owner, const Import& import);

/// A read import's archive is to be read again, if it is kept: those files, and what else is unread. Returns
/// whether it is.
bool reread(Tx& tx, core::AccountId owner, ImportId id, const std::string& archive,
            const std::string& network);
/// It is not to be read again after all; it stays as it was read.
void leave_as_read(Tx& tx, core::AccountId owner, ImportId id);
/// An archive kept to be read again that is ours to remove, or another's to be left.
struct Kept {
    core::AccountId owner;
    ImportId id;
    std::string path;
    bool is_upload = false;
};
/// Archives of imports that ended before then; they are kept no longer.
std::vector<Kept> give_up_kept(Tx& tx, Instant before);
/// Of all that was uploaded and is to be read, now or again. One statement.
std::vector<std::string> upload_paths(Tx& tx);

/// The kind of job that reads an import or takes it out; an owner has one at a time.
inline constexpr const char* kJob = "import";
/// Until the end of the transaction nobody else decides what of the owner's runs next.
void lock(Tx& tx, core::AccountId owner);
/// Whether a job of the owner's waits or runs, besides that one; a running one counts while its process
/// lives, by the machine's clock.
bool has_job(Tx& tx, core::AccountId owner, jobs::JobId besides, Instant machine_now);
/// The owner's oldest import that waits to be read or to be taken out.
std::optional<Import> next_waiting(Tx& tx, core::AccountId owner);
/// Owners whose imports wait without a job that will take them up: a process died in between.
std::vector<core::AccountId> stuck_owners(Tx& tx);
/// Imports said to run that have no job which will end them: what they wrote is to be taken out.
std::vector<ImportId> abandoned(Tx& tx, core::AccountId owner, ImportId besides, Instant machine_now);

struct File {
    FileId id = 0;
    ImportId import;
    std::string archive;
    std::string name;  // path inside the archive
    std::string network;
    std::string sha256;     // empty: not known yet
    std::int64_t size = 0;  // as the archive claims, until it was read
    std::optional<FileId> same_as;
    bool is_read = false;
    Instant read_at;  // when its import began
    Line counts;      // of this file alone
};
void add_files(Tx& tx, core::AccountId owner, const std::vector<const File*>& files);
std::vector<File> files_of(Tx& tx, core::AccountId owner, ImportId import);
/// Files read to their end whose content is one of these, whatever import they came with.
std::vector<File> with_content(Tx& tx, core::AccountId owner, const std::vector<std::string>& sha256);
/// Names of files of this network, read to their end, that have one of these sizes. One statement.
struct Sized {
    std::string name;
    std::int64_t size = 0;
};
std::vector<Sized> read_of_sizes(Tx& tx, core::AccountId owner, const std::string& network,
                                 const std::vector<std::int64_t>& sizes);
/// The files were read to their end: what is in them is known now.
void mark_read(Tx& tx, core::AccountId owner, const std::vector<const File*>& files);
void remove_files(Tx& tx, core::AccountId owner, const std::vector<FileId>& files);
/// A file of another import with the same content takes over this file's facts. Returns whether there was
/// one.
bool hand_over(Tx& tx, core::AccountId owner, FileId file);

struct Rejection {
    std::int64_t number = 0;
    std::string archive;
    std::string file;
    std::int64_t line = 0;
    std::string error;
    std::string excerpt;
};
void add_rejections(Tx& tx, core::AccountId owner, ImportId import, const std::vector<Rejection>& rejections);
std::vector<Rejection> rejections(Tx& tx, core::AccountId owner, ImportId import, std::int64_t after,
                                  int limit);
void remove_rejections(Tx& tx, core::AccountId owner, ImportId import);

/// How many people these files name, but the owner.
std::int64_t count_identities(Tx& tx, core::AccountId owner, const std::vector<FileId>& files);
/// How many encounters that are over by `now` these files speak of.
std::int64_t count_encounters(Tx& tx, core::AccountId owner, const std::vector<FileId>& files, Instant now);

}  // namespace vv::store::imports
