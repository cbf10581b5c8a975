// jobs/meetings.h — what falls due of a meeting: its proposal's end, the question "did you meet?"; and a
// poll's end.
#pragma once

#include "jobs/handlers.h"

namespace vv::jobs {

void add_meeting_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
