// store/throttles.h — buckets of tries, kept where a restart forgives nothing.
#pragma once

#include "core/throttles.h"
#include "store/database.h"

#include <string>

namespace vv::store::throttles {

/// The bucket of this key, made as `full` when there is none, and held until the transaction ends, so that
/// two nodes never hand out the same token.
core::Bucket hold(Tx& tx, const std::string& key, const core::Bucket& full);
void save(Tx& tx, const std::string& key, const core::Bucket& bucket);
/// Buckets not touched since `before`: full again by then, when the longest refill is shorter.
void remove_idle(Tx& tx, Instant before);

}  // namespace vv::store::throttles
