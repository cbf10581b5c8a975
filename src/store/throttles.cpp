#include "store/throttles.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::throttles {

using soci::into;
using soci::use;

core::Bucket hold(Tx& tx, const std::string& key, const core::Bucket& full) {
    core::Bucket bucket;
    // The update changes nothing; it locks the row that is there and lets RETURNING see it.
    run(tx,
        "INSERT INTO throttles (key, tokens, updated_at) VALUES (:key, :tokens, :updated)"
        " ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING tokens, updated_at",
        into(bucket.tokens), into(bucket.updated_at), use(key, "key"), use(full.tokens, "tokens"),
        use(full.updated_at, "updated"));
    return bucket;
}

void save(Tx& tx, const std::string& key, const core::Bucket& bucket) {
    run(tx, "UPDATE throttles SET tokens = :tokens, updated_at = :updated WHERE key = :key",
        use(bucket.tokens, "tokens"), use(bucket.updated_at, "updated"), use(key, "key"));
}

void remove_idle(Tx& tx, Instant before) {
    run(tx, "DELETE FROM throttles WHERE updated_at < :before", use(before, "before"));
}

}  // namespace vv::store::throttles
