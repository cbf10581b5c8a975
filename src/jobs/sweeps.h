// jobs/sweeps.h — what the mere passing of time changes: what has run its time is forgotten (sessions,
// one-time links, counted tries, where somebody was for an hour), and planned encounters that are over have
// happened.
#pragma once

#include "jobs/handlers.h"
#include "jobs/runner.h"

namespace vv::jobs {

void add_sweeps(Runner& runner, const Services& services);

}  // namespace vv::jobs
