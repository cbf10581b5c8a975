#include "store/stopped_addresses.h"

#include "store/bind.h"
#include "store/statements.h"

namespace vv::store::stopped_addresses {

using soci::into;
using soci::use;

void add(Tx& tx, const std::string& address_hash, Instant now) {
    run(tx,
        "INSERT INTO stopped_addresses (address_hash, created_at) VALUES (:hash, :now)"
        " ON CONFLICT (address_hash) DO NOTHING",
        use(address_hash, "hash"), use(now, "now"));
}

void remove(Tx& tx, const std::string& address_hash) {
    run(tx, "DELETE FROM stopped_addresses WHERE address_hash = :hash", use(address_hash, "hash"));
}

bool contains(Tx& tx, const std::string& address_hash) {
    int one = 0;
    return run(tx, "SELECT 1 FROM stopped_addresses WHERE address_hash = :hash", into(one),
               use(address_hash, "hash"));
}

}  // namespace vv::store::stopped_addresses
