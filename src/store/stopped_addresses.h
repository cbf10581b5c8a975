// store/stopped_addresses.h — addresses that are never written to again, as keyed hashes.
#pragma once

#include "base/time.h"
#include "store/database.h"

#include <string>

namespace vv::store::stopped_addresses {

/// Adding twice changes nothing.
void add(Tx& tx, const std::string& address_hash, Instant now);
void remove(Tx& tx, const std::string& address_hash);
bool contains(Tx& tx, const std::string& address_hash);

}  // namespace vv::store::stopped_addresses
