#include "app/import_steps.h"

#include "app/encounters.h"
#include "app/resolution.h"
#include "app/ties.h"
#include "store/accounts.h"
#include "store/encounters.h"
#include "store/photos.h"
#include "store/sources.h"
#include "store/undo.h"

#include <algorithm>
#include <set>

namespace vv::app {
namespace {

using store::imports::FileId;

constexpr std::size_t kSeriesAtOnce = 2000;
constexpr int kIdentitiesAtOnce = 1000;

Error unknown() {
    return {Fault::not_found, "import.unknown", "There is no such import."};
}

}  // namespace

Result<ImportStart> begin_import(store::Tx& tx, BeginImport wanted, Instant now, Instant machine_now) {
    const core::AccountId owner = wanted.owner;
    store::imports::lock(tx, owner);
    auto account = store::accounts::find(tx, owner);
    if (!account) return unknown();
    if (store::imports::has_job(tx, owner, wanted.job, machine_now))
        return Error(Fault::conflict, "import.busy",
                     "Another import of this account is running; wait for it to end, or cancel it. One whose "
                     "program was killed counts as running for half a minute.");
    if (!wanted.path.empty() && !store::imports::find(tx, owner, wanted.id)) {
        Import import;
        import.id = wanted.id;
        import.name = wanted.name;
        import.path = wanted.path;
        import.started_at = now;
        store::imports::add(tx, owner, import);
    }
    if (wanted.is_leaving) CHECK(mark_leaving(tx, owner, wanted.id));
    auto import = store::imports::find(tx, owner, wanted.id);
    if (!import) return unknown();
    store::imports::set_job(tx, owner, wanted.id, wanted.job);
    if (!import->is_leaving) store::imports::start(tx, owner, wanted.id, now);
    ImportStart start{*std::move(import),
                      *std::move(account),
                      {},
                      store::imports::files_of(tx, owner, wanted.id),
                      store::imports::abandoned(tx, owner, wanted.id, machine_now)};
    start.owner = known_owner(tx, owner, start.account.email, start.account.full_name);
    return start;
}

void settle_series(store::Tx& tx, Caller caller, const std::vector<store::gatherings::Series>& series,
                   IdSource& ids) {
    const auto own = store::sources::of_owner(tx, caller.account);
    for (std::size_t from = 0; from < series.size(); from += kSeriesAtOnce) {
        const std::size_t to = std::min(series.size(), from + kSeriesAtOnce);
        settle_gatherings(tx, caller,
                          {series.begin() + static_cast<std::ptrdiff_t>(from),
                           series.begin() + static_cast<std::ptrdiff_t>(to)},
                          own, ids);
    }
}

Result<Done> settle_files(store::Tx& tx, Caller caller, const std::vector<FileId>& files, bool learned_owner,
                          IdSource& ids) {
    settle_series(tx, caller,
                  learned_owner ? store::gatherings::all(tx, caller.account)
                                : store::gatherings::in_files(tx, caller.account, files),
                  ids);
    return Done{};
}

Result<Resolved> resolve_import(store::Tx& tx, Caller caller, const std::vector<FileId>& files,
                                IdSource& ids) {
    store::sources::part_from_owner(tx, caller.account);
    const auto changed = store::sources::stale(tx, caller.account);
    auto touched = store::sources::in_files(tx, caller.account, files);
    touched.insert(touched.end(), changed.begin(), changed.end());
    TRY(const ResolutionReport report, resolve_people(tx, caller.account, changed, caller.now, ids));
    store::sources::clear_stale(tx, caller.account);
    auto others = store::sources::people_of(tx, caller.account, touched);
    const std::set<core::PersonId> refreshed(report.refreshed.begin(), report.refreshed.end());
    std::erase_if(others, [&](core::PersonId person) { return refreshed.contains(person); });
    refresh_ties(tx, caller.account, others, caller.now);
    return Resolved{report.people, report.created, report.merged, report.to_review};
}

Result<std::vector<FileId>> begin_removal(store::Tx& tx, core::AccountId owner,
                                          const std::vector<store::imports::File>& files) {
    std::vector<FileId> gone;
    std::vector<FileId> empty;
    for (const auto& file : files)
        if (file.same_as) empty.push_back(file.id);
    store::imports::remove_files(tx, owner, empty);
    for (const auto& file : files)
        if (!file.same_as && !store::imports::hand_over(tx, owner, file.id)) gone.push_back(file.id);
    return gone;
}

Result<std::optional<core::IdentityId>> remove_step(store::Tx& tx, core::AccountId owner,
                                                    const std::vector<FileId>& files, core::IdentityId after,
                                                    Instant now) {
    const auto identities = store::undo::identities_after(tx, owner, files, after, kIdentitiesAtOnce);
    if (identities.empty()) return std::optional<core::IdentityId>();
    store::undo::take_out(tx, owner, files, identities);
    store::sources::rejoin(tx, owner, identities, now);
    return std::optional(identities.back());
}

Result<Done> end_removal(store::Tx& tx, Caller caller, const std::vector<FileId>& files, FileRows rows,
                         IdSource& ids) {
    const auto own_before = store::sources::of_owner(tx, caller.account);
    const auto series = store::gatherings::in_files(tx, caller.account, files);
    store::undo::take_out_rest(tx, caller.account, files);
    const bool forgot_owner = store::sources::of_owner(tx, caller.account) != own_before;
    if (forgot_owner) store::sources::mark_stale(tx, caller.account, own_before);
    if (rows == FileRows::go) store::imports::remove_files(tx, caller.account, files);
    settle_series(tx, caller, forgot_owner ? store::gatherings::all(tx, caller.account) : series, ids);
    store::encounters::remove_of_files(tx, caller.account, files);
    store::photos::forget_unused(tx, caller.account, caller.now);
    CHECK(resolve_import(tx, caller, {}, ids));
    refresh_all_ties(tx, caller.account, caller.now);
    return Done{};
}

}  // namespace vv::app
