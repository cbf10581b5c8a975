#include "store/today.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::today {

Counts count(Tx& tx, core::AccountId owner) {
    Counts counts;
    int handshakes = 0;
    run(tx, R"(SELECT (SELECT count(*) FROM people WHERE owner_id = :owner AND blocked_at IS NULL),
                      (SELECT count(*) FROM imports WHERE owner_id = :owner AND state = 'done'),
                      (SELECT count(*) FROM review_pairs WHERE owner_id = :owner),
                      (SELECT count(*) FROM handshakes WHERE owner_id = :owner))",
        soci::into(counts.people), soci::into(counts.imports), soci::into(counts.review),
        soci::into(handshakes), soci::use(owner, "owner"));
    counts.has_shaken_hands = handshakes > 0;
    return counts;
}

}  // namespace vv::store::today
