#include "store/links.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::links {

using soci::into;
using soci::use;

std::optional<Linked> find(Tx& tx, core::AccountId owner, core::AccountId account,
                           const std::string& handle) {
    Linked found;
    if (!run(tx,
             "SELECT p.id, i.id FROM people p LEFT JOIN identities i ON i.owner_id = p.owner_id AND "
             "i.person_id = p.id"
             " AND i.network = 'account' AND i.key = :handle"
             " WHERE p.owner_id = :owner AND (p.account_id = :account OR i.id IS NOT NULL)"
             " ORDER BY CASE WHEN i.id IS NULL THEN 1 ELSE 0 END, p.id LIMIT 1",
             into(found.person), into(found.identity), use(handle, "handle"), use(owner, "owner"),
             use(account, "account")))
        return std::nullopt;
    return found;
}

void set_account(Tx& tx, core::AccountId owner, core::PersonId person, core::AccountId account) {
    run(tx, "UPDATE people SET account_id = :account WHERE owner_id = :owner AND id = :person",
        use(account, "account"), use(owner, "owner"), use(person, "person"));
}

}  // namespace vv::store::links
