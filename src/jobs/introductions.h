// jobs/introductions.h — tells ties of asks when these come before them, and brokers what came of
// introductions.
#pragma once

#include "jobs/handlers.h"
#include "jobs/runner.h"

namespace vv::jobs {

void add_introduction_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
