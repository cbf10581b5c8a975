// app/sweeps.h — forgets what has run its time. Nothing depends on it but the size of the database.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"

namespace vv::app {

/// Sessions that expired, one-time links that expired a month ago (until then their maker sees that they were
/// used), counted tries that no longer hold anybody back, and who did not come to a meeting half a year ago.
Result<Done> sweep_accounts(store::Tx& tx, Instant now);

/// What was sent of asks that are gone, once it counts for nobody's day or week any more. What was sent of an
/// ask that is kept stays with it: the asker reads it there, and it comes before nobody twice.
Result<Done> sweep_sends(store::Tx& tx, Instant now);

}  // namespace vv::app
