#include "jobs/mails.h"

#include "app/outgoing_mail.h"
#include "notify/mail.h"

namespace vv::jobs {

void add_mail_jobs(Runner& runner, const Services& services) {
    if (!services.mailer) {
        // They hold addresses, text and links: some hours are left to name a mail server, then they are given
        // up.
        runner.on_effect(app::kMailEffect,
                         [](store::Database&, const store::outbox::Claimed&, Instant) -> Result<Done> {
                             return Error(Fault::unavailable, "mail.off", "No mail server is named.");
                         });
        return;
    }
    runner.on_effect(
        app::kMailEffect,
        [&mailer = *services.mailer](store::Database& db, const store::outbox::Claimed& effect, Instant now) {
            return notify::deliver_mail(db, mailer, effect, now);
        });
}

}  // namespace vv::jobs
