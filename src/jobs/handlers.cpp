#include "jobs/handlers.h"

#include "base/time.h"
#include "jobs/import_archive.h"
#include "jobs/introductions.h"
#include "jobs/leaving.h"
#include "jobs/mailbox.h"
#include "jobs/mails.h"
#include "jobs/meetings.h"
#include "jobs/push.h"
#include "jobs/reminders.h"
#include "jobs/subscriptions.h"
#include "jobs/sweeps.h"
#include "jobs/trip_ways.h"

#include <filesystem>

namespace vv::jobs {

std::string upload_folder(const std::string& data_folder) {
    return (std::filesystem::path(data_folder) / "uploads").string();
}

app::MeetingDesk meeting_desk(const Services& services) {
    return {&services.ids, services.base_url, services.mail_from, services.mailbox_address};
}

// One line a feature: add_<stem>_jobs(runner, services), from jobs/<stem>.h.
void add_handlers(Runner& runner, const Services& services) {
    add_import_jobs(runner,
                    {services.ids, &system_now, kMostIdentities, upload_folder(services.data_folder)});
    add_sweeps(runner, services);
    add_mail_jobs(runner, services);
    add_subscription_jobs(runner, {services.ids, services.data_folder, services.outbound_allow_private,
                                   services.outbound_timeout});
    add_meeting_jobs(runner, services);
    add_introduction_jobs(runner, services);
    add_leaving_jobs(runner, services);
    add_mailbox_jobs(runner, services);
    add_reminder_jobs(runner, services);
    add_push_jobs(runner, services);
    add_trip_way_jobs(runner, services);
}

}  // namespace vv::jobs
