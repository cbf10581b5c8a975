#include "store/handwritten.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::handwritten {

using core::AccountId;
using core::PersonId;
using soci::into;
using soci::use;

std::map<PersonId, Row> load(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    PersonId id;
    Row row;
    std::optional<int> days;
    std::optional<Instant> from;
    std::map<PersonId, Row> found;
    Prepared select(
        tx,
        "SELECT id, note, next_step, relation, relation_set_by, account_id, blocked_at, created_at,"
        " cadence_days, cadence_from FROM people WHERE owner_id = :owner AND id IN " +
            ids_in(tx.dialect()),
        into(id), into(row.note), into(row.next_step), into(row.relation), into(row.relation_set_by),
        into(row.account), into(row.blocked_at), into(row.created_at), into(days), into(from),
        use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.cadence = days ? std::optional(core::Cadence{*days, from}) : std::nullopt;
        found[id] = row;
    }
    return found;
}

void save(Tx& tx, AccountId owner, const std::map<PersonId, const Row*>& people) {
    Bulk update(tx,
                {{"owner_id"},
                 {"id"},
                 {"note", Bulk::text},
                 {"next_step", Bulk::text},
                 {"relation", Bulk::text},
                 {"set_by", Bulk::text},
                 {"account_id"},
                 {"blocked_at"},
                 {"created_at"},
                 {"cadence_days"},
                 {"cadence_from"}},
                "UPDATE people SET note = r.note, next_step = r.next_step, relation = r.relation,"
                " relation_set_by = r.set_by, account_id = r.account_id, blocked_at = r.blocked_at,"
                " created_at = r.created_at, cadence_days = r.cadence_days, cadence_from = r.cadence_from "
                "FROM r WHERE people.owner_id = r.owner_id AND people.id = r.id");
    for (const auto& [id, row] : people)
        update.add(owner, id, row->note, row->next_step, row->relation, row->relation_set_by, row->account,
                   row->blocked_at, row->created_at,
                   row->cadence ? std::optional(row->cadence->days) : std::nullopt,
                   row->cadence ? row->cadence->from : std::nullopt);
    update.finish();
}

}  // namespace vv::store::handwritten
