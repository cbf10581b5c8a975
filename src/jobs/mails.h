// jobs/mails.h — mails from the outbox, when this server has somewhere to send them.
#pragma once

#include "jobs/handlers.h"

namespace vv::jobs {

void add_mail_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
