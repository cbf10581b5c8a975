// notify/mail.h — a mail from the outbox, on its way.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "net/mail.h"
#include "store/database.h"
#include "store/outbox.h"

namespace vv::notify {

/// Sends one effect of kind "mail". An address that has asked meanwhile to be left alone gets nothing, which
/// is no error. When the address takes no mail, ever, whoever invited it is told (app::note_refused_mail).
/// Faults: the mailer's; `invalid` mail.payload. Blocking, for the jobs' threads.
Result<Done> deliver_mail(store::Database& db, net::Mailer& mailer, const store::outbox::Claimed& effect,
                          Instant now);

}  // namespace vv::notify
