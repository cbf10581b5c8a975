#include "jobs/mails.h"

#include "app/outgoing_mail.h"
#include "notify/mail.h"

namespace vv::jobs {

void add_mail_jobs(Runner& runner, const Services& services) {
    if (!services.mailer) return;
    runner.on_effect(
        app::kMailEffect,
        [&mailer = *services.mailer](store::Database& db, const store::outbox::Claimed& effect, Instant now) {
            return notify::deliver_mail(db, mailer, effect, now);
        });
}

}  // namespace vv::jobs
