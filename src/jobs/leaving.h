// jobs/leaving.h — takes away the records of accounts whose time has come, with the files that were theirs.
#pragma once

#include "core/people.h"
#include "jobs/handlers.h"
#include "jobs/runner.h"

namespace vv::jobs {

void add_leaving_jobs(Runner& runner, const Services& services);

/// One account's, in steps, whoever runs it. A step that has been done stays done.
Result<Done> erase_account(store::Database& db, core::AccountId account, Instant now);

}  // namespace vv::jobs
