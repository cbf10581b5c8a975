#include "jobs/handlers.h"

#include "jobs/sweeps.h"

namespace vv::jobs {

// One line a feature: add_<stem>_jobs(runner, services), from jobs/<stem>.h.
void add_handlers(Runner& runner, const Services& services) {
    add_sweeps(runner, services);
}

}  // namespace vv::jobs
