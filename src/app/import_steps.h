// app/import_steps.h — the transactions of an import that runs, besides the writing of facts: its beginning,
// what follows from the facts, and the way back.
#pragma once

#include "app/caller.h"
#include "app/imports.h"
#include "app/owner_questions.h"
#include "core/accounts.h"
#include "store/database.h"
#include "store/gatherings.h"
#include "store/imports.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct ImportStart {
    Import import;
    core::Account account;
    KnownOwner owner;
    std::vector<store::imports::File> files;  // that an interrupted attempt had begun
    std::vector<ImportId> abandoned;          // imports of dead processes, to be taken out first
};
struct BeginImport {
    core::AccountId owner;
    ImportId id;
    store::jobs::JobId job;
    std::string name;  // for an import that a command begins: it is not queued before
    std::string path;
    bool is_leaving = false;  // a command takes it out
};
/// Marks it as running, unless it is to be taken out. `not_found` import.unknown; `conflict` import.busy, and
/// nothing done, while another import of the owner's runs, by the machine's clock; import.running when it is
/// to be taken out and is not over.
Result<ImportStart> begin_import(store::Tx& tx, BeginImport wanted, Instant now, Instant machine_now);

/// The files' gatherings become encounters. `learned_owner`: these files told of the owner's own addresses,
/// so every gathering is looked at again.
Result<Done> settle_files(store::Tx& tx, Caller caller, const std::vector<store::imports::FileId>& files,
                          bool learned_owner, IdSource& ids);
/// The same for series that were touched otherwise, a bounded number at a time.
void settle_series(store::Tx& tx, Caller caller, const std::vector<store::gatherings::Series>& series,
                   IdSource& ids);

struct Resolved {
    std::int64_t people = 0, created = 0, merged = 0, to_review = 0;
};
/// Resolves what changed into people and brings the summaries of everyone whom the files or the changes touch
/// up to date.
Result<Resolved> resolve_import(store::Tx& tx, Caller caller,
                                const std::vector<store::imports::FileId>& files, IdSource& ids);

/// Files whose facts another import has too become that one's; the others are to be taken out.
Result<std::vector<store::imports::FileId>> begin_removal(store::Tx& tx, core::AccountId owner,
                                                          const std::vector<store::imports::File>& files);
/// Takes the facts of the next identities after `after` out; returns the last of them, nothing at the end.
Result<std::optional<core::IdentityId>> remove_step(store::Tx& tx, core::AccountId owner,
                                                    const std::vector<store::imports::FileId>& files,
                                                    core::IdentityId after, Instant now);
/// Whether the files' rows go too, or their facts alone, as they are to be read again.
enum class FileRows { go, stay };
/// What hangs on no identity, and the files themselves; people are resolved again.
Result<Done> end_removal(store::Tx& tx, Caller caller, const std::vector<store::imports::FileId>& files,
                         FileRows rows, IdSource& ids);

}  // namespace vv::app
