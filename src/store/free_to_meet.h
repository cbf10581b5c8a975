// store/free_to_meet.h — when owners are free to meet, around where, and whom they let see it.
#pragma once

#include "core/accounts.h"
#include "core/check_ins.h"
#include "store/check_ins.h"
#include "store/database.h"

#include <span>
#include <vector>

namespace vv::store::free_to_meet {

void save(Tx& tx, core::AccountId owner, const core::FreeWindow& window,
          std::span<const core::AccountId> shown_to);
/// False when there is none.
bool remove(Tx& tx, core::AccountId owner, core::FreeWindowId id);

struct Mine {
    core::FreeWindow window;
    std::vector<core::AccountName> shown_to;  // by name
};
/// Those not over, by start. Two statements.
std::vector<Mine> mine(Tx& tx, core::AccountId owner, Instant now);

struct Shown {
    check_ins::Other who;
    core::FreeWindow window;
};
/// What others show the viewer, by start: never by where. One statement.
std::vector<Shown> shown_to(Tx& tx, core::AccountId viewer, Instant now);

/// Deletes what is over.
void sweep(Tx& tx, Instant now);

}  // namespace vv::store::free_to_meet
