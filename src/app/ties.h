// app/ties.h — brings people's summaries (stage, trust, first and last times) in step with the facts.
//
// Whoever changes facts or clusters calls refresh_ties() in the same transaction: imports, merges and splits,
// encounters, meetings, handshakes. Trust and strength are stored as of then; readers fade them with
// core::faded().
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <vector>

namespace vv::app {

/// These people's summaries as of `now`. A few statements for every 10,000 people.
void refresh_ties(store::Tx& tx, core::AccountId owner, const std::vector<core::PersonId>& people,
                  Instant now);
/// Everybody's.
void refresh_all_ties(store::Tx& tx, core::AccountId owner, Instant now);
/// Those whose planned encounter is over since. Returns how many; one statement when there are none. Commands
/// that show people call it first; the server sweeps with it.
Result<std::size_t> refresh_due_ties(store::Tx& tx, core::AccountId owner, Instant now);

}  // namespace vv::app
