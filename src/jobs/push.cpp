#include "jobs/push.h"

#include "app/push.h"
#include "notify/push.h"

#include <algorithm>

namespace vv::jobs {
namespace {

// A service that hangs must not keep other messages waiting for long (notify/push_patience.h).
constexpr std::chrono::seconds kPatience{5};
constexpr std::size_t kMostAnswer = 64 << 10;

notify::PushSender sender_of(const Services& services) {
    notify::PushSender sender;
    sender.client.allow_private = services.outbound_allow_private;
    sender.client.timeout = std::min(kPatience, services.outbound_timeout);
    sender.client.body_limit = kMostAnswer;
    sender.contact = services.mail_from.empty() ? services.base_url : "mailto:" + services.mail_from;
    return sender;
}

}  // namespace

void add_push_jobs(Runner& runner, const Services& services) {
    runner.on_effect(app::kPushEffect,
                     [sender = sender_of(services)](store::Database& db, const store::outbox::Claimed& effect,
                                                    Instant now) {
                         return notify::deliver_push(db, sender, effect, now);
                     });
}

}  // namespace vv::jobs
