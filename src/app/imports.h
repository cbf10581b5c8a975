// app/imports.h — archives that an owner gives: queued, watched, cancelled, taken out again.
//
// An owner's imports are read one after the other, each by a job (jobs/import_archive). docs/import.md tells
// what an import promises.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "store/database.h"
#include "store/imports.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

using store::imports::Import;
using store::imports::ImportId;

struct NewImport {
    ImportId id;
    std::string name;  // what the owner calls it: a file's base name
    std::string path;  // where it lies
    bool is_upload = false;
};
/// Queues an archive; a job takes it up when the owner's earlier ones are through.
Result<Import> add_import(store::Tx& tx, Caller caller, NewImport wanted, IdSource* ids);

/// The same without giving it a job: whoever queues it sees to that.
void queue_import(store::Tx& tx, Caller caller, NewImport wanted);

/// `not_found` import.unknown.
Result<Import> find_import(store::Tx& tx, Caller caller, ImportId id);
/// Newest first.
Result<std::vector<Import>> list_imports(store::Tx& tx, Caller caller, std::optional<ImportId> after,
                                         int limit);
/// What could not be read, in the order it was met, after the `after`-th. `not_found` import.unknown.
Result<std::vector<store::imports::Rejection>> import_rejections(store::Tx& tx, Caller caller, ImportId id,
                                                                 std::int64_t after, int limit);

/// Stops an import that waits or runs; what it brought is taken out. One that is over stays as it is.
/// `not_found` import.unknown.
Result<Import> cancel_import(store::Tx& tx, Caller caller, ImportId id, IdSource* ids);
/// An import is to be taken out again. `not_found` import.unknown, `conflict` import.running while it waits
/// or runs (cancel it), import.empty when nothing of it is here.
Result<Done> mark_leaving(store::Tx& tx, core::AccountId owner, ImportId id);
/// Takes an import out again: a job does it, after which its state is undone. `not_found` import.unknown,
/// `conflict` import.running while it waits or runs (cancel it), import.empty when nothing of it is here.
Result<Import> remove_import(store::Tx& tx, Caller caller, ImportId id, IdSource* ids);

/// Gives the owner's next import a job, when none of theirs waits or runs but the one that asks.
void start_next_import(store::Tx& tx, core::AccountId owner, Instant now, IdSource& ids,
                       store::jobs::JobId besides = {});
/// The job that reads an import, or takes it out when it is leaving.
store::jobs::NewJob import_job(core::AccountId owner, ImportId id, Instant now, IdSource& ids);
/// The same for every owner whose imports wait for nobody: a process died in between. Returns how many were
/// started.
Result<std::size_t> start_stuck_imports(store::Tx& tx, Instant now, IdSource* ids);

}  // namespace vv::app
