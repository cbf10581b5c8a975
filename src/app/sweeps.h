// app/sweeps.h — forgets what has run its time. Nothing depends on it but the size of the database.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"

namespace vv::app {

/// Sessions that expired, one-time links that expired a month ago (until then their maker sees that they were
/// used), counted tries that no longer hold anybody back, and who did not come to a meeting half a year ago.
Result<Done> sweep_accounts(store::Tx& tx, Instant now);

}  // namespace vv::app
