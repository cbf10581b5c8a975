// notify/push.h — a web push message from the outbox, sealed and on its way to a browser's push service.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "net/client.h"
#include "notify/push_patience.h"
#include "store/database.h"
#include "store/outbox.h"

#include <memory>
#include <string>

namespace vv::notify {

struct PushSender {
    net::ClientOptions client;
    std::string contact;  // whom a push service can turn to: "mailto:…" or "https://…"
    std::shared_ptr<PushPatience> patience = std::make_shared<PushPatience>();
};

/// Sends one effect of kind "push". What is no longer wanted is not sent, which is no error. A service that
/// no longer knows the browser (404, 410) ends its being told. Faults: `unavailable` push.unavailable and
/// push.put_off, to be tried again; `invalid` push.refused and the client's, for good. Blocking, for the
/// jobs' threads.
Result<Done> deliver_push(store::Database& db, const PushSender& sender, const store::outbox::Claimed& effect,
                          Instant now);

}  // namespace vv::notify
