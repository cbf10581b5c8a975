#include "store/sources.h"

#include "store/bind.h"
#include "store/internal/said.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::sources {
namespace {

using core::AccountId;
using core::IdentityId;
using core::PersonId;
using soci::into;
using soci::use;

/// Whether an identity is one of the owner's own keys.
constexpr const char* kIsOwners =
    " EXISTS (SELECT 1 FROM owner_identities o WHERE o.owner_id = i.owner_id AND o.network = i.network AND "
    "o.key = i.key)";

template <class AnyId, class... Bindings>
std::vector<AnyId> select_ids(Tx& tx, const std::string& sql, const Bindings&... bindings) {
    AnyId id;
    Prepared select(tx, sql, into(id), bindings...);
    std::vector<AnyId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(id);
    return found;
}

/// What the owner did with a person outlives the archive that named them.
void keep_by_hand(Tx& tx, AccountId owner, const std::string& gone) {
    const std::string kept =
        " owner_id = :owner AND id IN " + ids_in(tx.dialect()) +
        " AND (EXISTS (SELECT 1 FROM encounter_people p JOIN encounters e ON e.owner_id = p.owner_id AND "
        "e.id = p.encounter_id"
        " WHERE p.owner_id = identities.owner_id AND p.identity_id = identities.id AND e.file_id = 0)"
        " OR EXISTS (SELECT 1 FROM meetings m WHERE m.owner_id = identities.owner_id AND m.identity_id = "
        "identities.id))";
    run(tx,
        "INSERT INTO identity_sources (owner_id, identity_id, file_id, line, attributes)"
        " SELECT owner_id, id, 0, 0, attributes FROM identities WHERE" +
            kept,
        use(owner, "owner"), use(gone, "ids"));
    run(tx, "UPDATE identities SET network = 'manual', key = CAST(id AS TEXT), is_stale = 1 WHERE" + kept,
        use(owner, "owner"), use(gone, "ids"));
}

void remove_unsaid(Tx& tx, AccountId owner, const std::string& gone) {
    const std::string unsaid = " IN (SELECT i.id FROM identities i WHERE i.owner_id = :owner AND i.id IN " +
                               ids_in(tx.dialect()) +
                               " AND NOT EXISTS (SELECT 1 FROM identity_sources s WHERE s.owner_id = "
                               "i.owner_id AND s.identity_id = i.id))";
    run(tx,
        "UPDATE identities SET is_stale = 1 WHERE owner_id = :owner AND person_id <> 0 AND person_id IN"
        " (SELECT person_id FROM identities WHERE owner_id = :owner AND id" +
            unsaid + ")",
        use(owner, "owner"), use(gone, "ids"));
    for (const char* const rows : {"encounter_people WHERE owner_id = :owner AND identity_id",
                                   "identities WHERE owner_id = :owner AND id"})
        run(tx, std::string("DELETE FROM ") + rows + unsaid, use(owner, "owner"), use(gone, "ids"));
}

}  // namespace

void rejoin(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities, Instant now) {
    KnownIdentities known;
    load_known(tx, owner, identities, known);
    std::vector<IdentityId> gone;
    for (auto& [id, one] : known) {
        one.is_changed = !one.sources.empty();
        if (one.sources.empty()) gone.push_back(id);
    }
    save_joined(tx, owner, known, now);
    if (gone.empty()) return;
    const std::string ids = id_list(gone);
    keep_by_hand(tx, owner, ids);
    remove_unsaid(tx, owner, ids);
}

std::vector<IdentityId> of_owner(Tx& tx, AccountId owner) {
    return select_ids<IdentityId>(
        tx, std::string("SELECT i.id FROM identities i WHERE i.owner_id = :owner AND") + kIsOwners,
        use(owner, "owner"));
}

std::vector<std::string> owner_keys(Tx& tx, AccountId owner, const std::string& network) {
    return select_ids<std::string>(tx,
                                   "SELECT DISTINCT key FROM owner_identities WHERE owner_id = :owner AND "
                                   "network = :network ORDER BY key",
                                   use(owner, "owner"), use(network, "network"));
}

void part_from_owner(Tx& tx, AccountId owner) {
    const std::string taken = std::string(" WHERE i.owner_id = :owner AND i.person_id <> 0 AND") + kIsOwners;
    run(tx,
        "UPDATE identities SET is_stale = 1 WHERE owner_id = :owner AND person_id IN (SELECT i.person_id "
        "FROM identities i" +
            taken + ")",
        use(owner, "owner"));
    run(tx,
        "UPDATE identities SET person_id = 0 WHERE owner_id = :owner AND id IN (SELECT i.id FROM identities "
        "i" +
            taken + ")",
        use(owner, "owner"));
}

std::vector<IdentityId> stale(Tx& tx, AccountId owner) {
    return select_ids<IdentityId>(
        tx,
        std::string("SELECT i.id FROM identities i WHERE i.owner_id = :owner AND i.is_stale = 1 AND NOT") +
            kIsOwners + " ORDER BY i.id",
        use(owner, "owner"));
}

void mark_stale(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities) {
    const std::string ids = id_list(identities);
    run(tx, "UPDATE identities SET is_stale = 1 WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
}

void clear_stale(Tx& tx, AccountId owner) {
    run(tx, "UPDATE identities SET is_stale = 0 WHERE owner_id = :owner AND is_stale = 1",
        use(owner, "owner"));
}

std::vector<PersonId> people_of(Tx& tx, AccountId owner, const std::vector<IdentityId>& identities) {
    const std::string ids = id_list(identities);
    return select_ids<PersonId>(
        tx,
        "SELECT DISTINCT person_id FROM identities WHERE owner_id = :owner AND person_id <> 0 AND id IN " +
            ids_in(tx.dialect()) + " ORDER BY person_id",
        use(owner, "owner"), use(ids, "ids"));
}

std::vector<IdentityId> in_files(Tx& tx, AccountId owner, const std::vector<std::int64_t>& files) {
    const std::string ids = id_list(files);
    return select_ids<IdentityId>(
        tx,
        "SELECT DISTINCT identity_id FROM identity_sources WHERE owner_id = :owner AND file_id IN " +
            ids_in(tx.dialect()) + " ORDER BY identity_id",
        use(owner, "owner"), use(ids, "ids"));
}

}  // namespace vv::store::sources
