#include "store/today.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::today {

Counts count(Tx& tx, core::AccountId owner) {
    Counts counts;
    run(tx, R"(SELECT (SELECT count(*) FROM people WHERE owner_id = :owner AND blocked_at IS NULL),
                      (SELECT count(*) FROM imports WHERE owner_id = :owner AND state = 'done'),
                      (SELECT count(*) FROM review_pairs WHERE owner_id = :owner))",
        soci::into(counts.people), soci::into(counts.imports), soci::into(counts.review),
        soci::use(owner, "owner"));
    return counts;
}

}  // namespace vv::store::today
