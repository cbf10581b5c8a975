#include "store/goals.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::goals {

using soci::into;
using soci::use;

std::optional<int> find(Tx& tx, core::AccountId owner, int year) {
    int target = 0;
    if (!run(tx, "SELECT target FROM goals WHERE owner_id = :owner AND year = :year", into(target),
             use(owner, "owner"), use(year, "year")))
        return std::nullopt;
    return target;
}

void save(Tx& tx, core::AccountId owner, int year, int target) {
    run(tx,
        "INSERT INTO goals (owner_id, year, target) VALUES (:owner, :year, :target)"
        " ON CONFLICT (owner_id, year) DO UPDATE SET target = excluded.target",
        use(owner, "owner"), use(year, "year"), use(target, "target"));
}

void remove(Tx& tx, core::AccountId owner, int year) {
    run(tx, "DELETE FROM goals WHERE owner_id = :owner AND year = :year", use(owner, "owner"),
        use(year, "year"));
}

}  // namespace vv::store::goals
