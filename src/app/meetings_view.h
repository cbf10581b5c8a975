// app/meetings_view.h — a side's records as that side may see them.
#pragma once

#include "app/meetings.h"

#include <vector>

namespace vv::app {

/// At most two statements, whatever their number.
std::vector<MeetingView> view_meetings(store::Tx& tx, const Caller& caller,
                                       std::vector<store::meetings::Record> records);
/// The caller's own record of a meeting, as it is stored now.
Result<MeetingView> view_meeting(store::Tx& tx, const Caller& caller, core::MeetingId meeting);

}  // namespace vv::app
