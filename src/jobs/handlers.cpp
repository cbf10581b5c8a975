#include "jobs/handlers.h"

namespace vv::jobs {

// One line a feature: add_<stem>_jobs(runner, services), from jobs/<stem>.h.
void add_handlers([[maybe_unused]] Runner& runner, [[maybe_unused]] const Services& services) {}

}  // namespace vv::jobs
