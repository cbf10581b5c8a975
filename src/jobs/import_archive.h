// jobs/import_archive.h — reads what an owner gives, or takes it out again: the work of one job.
//
// An archive counts as a whole: when something in it makes it untrustworthy (a bomb, a name that leads out of
// it, a file cut short), nothing of it stays. An import counts as a whole too: cancelled, it is taken out;
// interrupted by the end of the program, it goes on where it was, reading again only the files that were not
// read to their end.
#pragma once

#include "app/imports.h"
#include "base/ids.h"
#include "base/picture_shrinker.h"
#include "jobs/runner.h"

#include <functional>
#include <string>

namespace vv::jobs {

/// Of one account, from all archives together: who is who is told of all of them at once and takes some 1.2
/// KB each (docs/import.md). An import that brings more fails as a whole.
inline constexpr std::int64_t kMostIdentities = 200'000;

struct ImportDeps {
    IdSource& ids;
    std::function<Instant()> machine_now;  // tells whether another process still lives
    std::int64_t most_identities = kMostIdentities;
    std::string upload_folder{};  // where the server keeps them; empty for a command
    std::string pictures = picture_program();
};

/// Handler of store::imports::kJob. What can't be read is no error of the job: the import's report says it.
/// `conflict` import.busy when another import of the owner's runs; a job that stops for it leaves the import
/// waiting.
Result<Done> run_import(store::Database& db, JobContext& context, const ImportDeps& deps);

/// Removes uploads that no import waits for or keeps any more, once they are an hour old by the machine's
/// clock.
Result<Done> remove_stray_uploads(store::Database& db, const std::string& folder);

/// Registers the handler, and the sweep that takes up imports which wait for nobody.
void add_import_jobs(Runner& runner, const ImportDeps& deps);

}  // namespace vv::jobs
