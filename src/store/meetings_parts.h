// store/meetings_parts.h — a meeting's times, places and history, in tables of their own.
#pragma once

#include "store/meetings.h"

#include <vector>

namespace vv::store::meetings::parts {

/// Fills in the parts of these records, whatever their number, with three statements.
void load(Tx& tx, core::AccountId owner, std::vector<Record>& records);
/// Puts the meeting's parts in place of those stored.
void save(Tx& tx, core::AccountId owner, const core::Meeting& meeting);

}  // namespace vv::store::meetings::parts
