// jobs/meetings.h — what falls due of a meeting: its proposal's end, the question "did you meet?"; a poll's
// end; "home safe?" after a meeting.
#pragma once

#include "jobs/handlers.h"

namespace vv::jobs {

void add_meeting_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
