#include "store/undo.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/own_venues.h"
#include "store/statements.h"
#include "store/topics.h"

namespace vv::store::undo {
namespace {

using core::AccountId;
using core::IdentityId;
using imports::FileId;
using soci::into;
using soci::use;

}  // namespace

std::vector<IdentityId> identities_after(Tx& tx, AccountId owner, const std::vector<FileId>& files,
                                         IdentityId after, int limit) {
    const std::string ids = id_list(files);
    IdentityId id;
    Prepared select(
        tx,
        "SELECT DISTINCT identity_id FROM identity_sources WHERE owner_id = :owner AND identity_id > :after"
        " AND file_id IN " +
            ids_in(tx.dialect()) + " ORDER BY identity_id LIMIT :limit",
        into(id), use(owner, "owner"), use(after, "after"), use(ids, "ids"), use(limit, "limit"));
    std::vector<IdentityId> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.push_back(id);
    return found;
}

void take_out(Tx& tx, AccountId owner, const std::vector<FileId>& files,
              const std::vector<IdentityId>& identities) {
    const std::string ids = id_list(files);
    const std::string who = id_list(identities);
    const std::string of_files = ids_in(tx.dialect());
    const std::string of_these = ids_in(tx.dialect(), "who");
    run(tx,
        "UPDATE contacts SET file_id = heir.file_id, line = heir.line FROM contact_copies heir"
        " WHERE contacts.owner_id = :owner AND contacts.identity_id IN " +
            of_these + " AND contacts.file_id IN " + of_files +
            " AND heir.owner_id = contacts.owner_id AND heir.identity_id = contacts.identity_id AND heir.at "
            "= contacts.at"
            " AND heir.hash = contacts.hash AND heir.file_id = (SELECT min(c.file_id) FROM contact_copies c"
            " WHERE c.owner_id = :owner AND c.identity_id = heir.identity_id AND c.at = heir.at AND c.hash = "
            "heir.hash"
            " AND c.file_id NOT IN " +
            of_files + ")",
        use(owner, "owner"), use(ids, "ids"), use(who, "who"));
    run(tx,
        "DELETE FROM contact_copies WHERE owner_id = :owner AND identity_id IN " + of_these +
            " AND EXISTS (SELECT 1 FROM contacts c WHERE c.owner_id = contact_copies.owner_id"
            " AND c.identity_id = contact_copies.identity_id AND c.at = contact_copies.at AND c.hash = "
            "contact_copies.hash"
            " AND c.file_id = contact_copies.file_id)",
        use(owner, "owner"), use(who, "who"));
    for (const char* const table : {"contacts", "contact_copies", "ties", "identity_sources"})
        run(tx,
            std::string("DELETE FROM ") + table + " WHERE owner_id = :owner AND identity_id IN " + of_these +
                " AND file_id IN " + of_files,
            use(owner, "owner"), use(ids, "ids"), use(who, "who"));
}

void take_out_rest(Tx& tx, AccountId owner, const std::vector<FileId>& files) {
    const std::string ids = id_list(files);
    for (const char* const table : {"gatherings", "busy", "posts", "owner_identities"})
        run(tx,
            std::string("DELETE FROM ") + table + " WHERE owner_id = :owner AND file_id IN " +
                ids_in(tx.dialect()),
            use(owner, "owner"), use(ids, "ids"));
    topics::take_out(tx, owner, files);
    own_venues::take_out(tx, owner, files);
}

}  // namespace vv::store::undo
