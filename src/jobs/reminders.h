// jobs/reminders.h — of a morning, in each owner's own zone: reminders, and once a week a mail with them.
#pragma once

#include "jobs/handlers.h"

namespace vv::jobs {

void add_reminder_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
