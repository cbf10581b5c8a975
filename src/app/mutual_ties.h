// app/mutual_ties.h — whether those whom the caller knows may be told whom else of theirs the caller knows.
#pragma once

#include "app/caller.h"
#include "store/database.h"

namespace vv::app {

Result<bool> shows_ties(store::Tx& tx, Caller caller);
/// Off until the caller has said yes; taken back at once.
Result<bool> set_shows_ties(store::Tx& tx, Caller caller, bool shows);

}  // namespace vv::app
