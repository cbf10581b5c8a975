// jobs/mailbox.h — answers by mail: the mailbox is looked into every so often, and what it holds is done.
#pragma once

#include "app/meetings.h"
#include "jobs/handlers.h"
#include "net/mailbox.h"

#include <chrono>

namespace vv::jobs {

/// One look. Each mail is read on its own: an answer is done and the mail removed; what is none, or can't be
/// done, stays there as read, and the log says why in one word. It never says who wrote or what. A look ends
/// after `patience`, and goes on with the next. Faults: `unavailable` of the mailbox or the database, in
/// which case the mail that was under way counts as unread again.
Result<Done> read_mailbox(store::Database& db, net::Mailbox& mailbox, const app::MeetingDesk& desk,
                          Instant now, std::chrono::milliseconds patience);

void add_mailbox_jobs(Runner& runner, const Services& services);

}  // namespace vv::jobs
