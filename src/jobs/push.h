// jobs/push.h — web push messages from the outbox.
#pragma once

#include "jobs/handlers.h"

namespace vv::jobs {

void add_push_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
