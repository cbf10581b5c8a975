// jobs/handlers.h — every kind of job, effect and sweep, and what does it.
#pragma once

#include "app/meetings.h"
#include "base/ids.h"
#include "jobs/runner.h"
#include "net/mail.h"
#include "net/mailbox.h"
#include "notify/travel_router.h"

#include <chrono>
#include <string>

namespace vv::app {
class Ways;
}

namespace vv::jobs {

/// What jobs may use; outlives the runner.
struct Services {
    IdSource& ids;
    net::Mailer* mailer =
        nullptr;  // null: this server sends no mail; those of accounts wait some hours, then are given up
    std::string base_url;  // "https://example.org", without a final slash
    std::string data_folder;
    std::string mail_from{};              // the address that mails come from; empty without a mailer
    bool outbound_allow_private = false;  // as net::ClientOptions
    std::chrono::seconds outbound_timeout{20};
    app::Ways* ways = nullptr;        // kept up to date here; null: not needed, as in a command
    net::Mailbox* mailbox = nullptr;  // where answers by mail lie; null: this server (or command) reads none
    std::string mailbox_address{};    // at which it is reached; empty without one
    std::chrono::seconds mailbox_every{60};
    notify::TravelRouter router{};  // of ways between places; without an address there is none
};

/// What jobs lend to use cases about meetings.
app::MeetingDesk meeting_desk(const Services& services);

/// Where a server keeps what is uploaded until it is read.
std::string upload_folder(const std::string& data_folder);

/// Call before the runner starts. A command that only runs its own jobs adds them too, and never starts it.
void add_handlers(Runner& runner, const Services& services);

}  // namespace vv::jobs
