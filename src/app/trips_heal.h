// app/trips_heal.h — a trip closes up when one of its meetings falls out, moves, or another takes its hour.
#pragma once

#include "app/caller.h"
#include "core/meetings.h"
#include "store/database.h"

#include <optional>

namespace vv::app {

/// A meeting of this account has changed: what is not settled of the trips that hold it, or whose days the
/// span touches, is planned again. A meeting that keeps its planned hour changes no plan.
void heal_trips(store::Tx& tx, core::AccountId owner, core::MeetingId meeting,
                const std::optional<core::Agreement>& agreed, Instant now);

}  // namespace vv::app
