#include "app/imports.h"

#include "store/owner_questions.h"

namespace vv::app {
namespace {

using store::imports::State;

Error unknown() {
    return {Fault::not_found, "import.unknown", "There is no such import."};
}

/// As its owner sees it: an import whose job the runner gave up has failed.
Import shown(Import import) {
    const bool is_open = import.state == State::queued || import.state == State::running;
    if (is_open && import.job_state == "failed") {
        import.state = State::failed;
        import.error_code = import.job_error_code;
        import.error = import.job_error;
    }
    return import;
}

Result<Import> load(store::Tx& tx, const Caller& caller, ImportId id) {
    auto import = store::imports::find(tx, caller.account, id);
    if (!import) return unknown();
    std::vector<Import> one{shown(*std::move(import))};
    store::owner_questions::fill(tx, caller.account, one);
    return std::move(one.front());
}

Error still_running() {
    return {Fault::conflict, "import.running",
            "This import is not over yet; cancel it, which takes out what it brought."};
}

}  // namespace

void start_next_import(store::Tx& tx, core::AccountId owner, Instant now, IdSource& ids,
                       store::jobs::JobId besides) {
    store::imports::lock(tx, owner);
    if (store::imports::has_job(tx, owner, besides, from_millis(0))) return;
    const auto next = store::imports::next_waiting(tx, owner);
    if (!next) return;
    const auto job = import_job(owner, next->id, now, ids);
    store::jobs::add(tx, job, now);
    store::imports::set_job(tx, owner, next->id, job.id);
}

store::jobs::NewJob import_job(core::AccountId owner, ImportId id, Instant now, IdSource& ids) {
    store::jobs::NewJob job;
    job.id = {ids.next(now)};
    job.owner = owner;
    job.kind = store::imports::kJob;
    job.payload = {{"import", to_string(id)}};
    job.run_at = now;
    return job;
}

void queue_import(store::Tx& tx, Caller caller, NewImport wanted) {
    Import import;
    import.id = wanted.id;
    import.name = std::move(wanted.name);
    import.path = std::move(wanted.path);
    import.is_upload = wanted.is_upload;
    import.started_at = caller.now;
    store::imports::add(tx, caller.account, import);
}

Result<Import> add_import(store::Tx& tx, Caller caller, NewImport wanted, IdSource* ids) {
    const ImportId id = wanted.id;
    queue_import(tx, caller, std::move(wanted));
    start_next_import(tx, caller.account, caller.now, *ids);
    return load(tx, caller, id);
}

Result<Import> find_import(store::Tx& tx, Caller caller, ImportId id) {
    return load(tx, caller, id);
}

Result<std::vector<Import>> list_imports(store::Tx& tx, Caller caller, std::optional<ImportId> after,
                                         int limit) {
    auto imports = store::imports::list(tx, caller.account, after, limit);
    for (Import& import : imports) import = shown(std::move(import));
    store::owner_questions::fill(tx, caller.account, imports);
    return imports;
}

Result<std::vector<store::imports::Rejection>> import_rejections(store::Tx& tx, Caller caller, ImportId id,
                                                                 std::int64_t after, int limit) {
    CHECK(load(tx, caller, id));
    return store::imports::rejections(tx, caller.account, id, after, limit);
}

Result<Import> cancel_import(store::Tx& tx, Caller caller, ImportId id, IdSource* ids) {
    TRY(Import import, load(tx, caller, id));
    if (import.state != State::queued && import.state != State::running) return import;
    if (import.job) CHECK(store::jobs::request_cancel(tx, caller.account, *import.job, caller.now));
    if (import.state == State::queued && import.report) {
        store::imports::leave_as_read(tx, caller.account, id);  // it was to be read again
        start_next_import(tx, caller.account, caller.now, *ids);
    } else if (import.state == State::queued) {
        // Nothing of it is here, and its job, if it had one, was cancelled before it began.
        import.state = State::cancelled;
        import.finished_at = caller.now;
        import.path.clear();
        store::imports::finish(tx, caller.account, import);
        start_next_import(tx, caller.account, caller.now, *ids);
    }
    return load(tx, caller, id);
}

Result<Done> mark_leaving(store::Tx& tx, core::AccountId owner, ImportId id) {
    auto found = store::imports::find(tx, owner, id);
    if (!found) return unknown();
    const State state = shown(*std::move(found)).state;
    if (state == State::queued || state == State::running) return still_running();
    if (state == State::cancelled || state == State::undone)
        return Error(Fault::conflict, "import.empty", "Nothing of this import is here any more.");
    store::imports::set_leaving(tx, owner, id);
    return Done{};
}

Result<Import> remove_import(store::Tx& tx, Caller caller, ImportId id, IdSource* ids) {
    CHECK(mark_leaving(tx, caller.account, id));
    start_next_import(tx, caller.account, caller.now, *ids);
    return load(tx, caller, id);
}

Result<std::size_t> start_stuck_imports(store::Tx& tx, Instant now, IdSource* ids) {
    const auto owners = store::imports::stuck_owners(tx);
    for (const core::AccountId owner : owners) start_next_import(tx, owner, now, *ids);
    return owners.size();
}

}  // namespace vv::app
