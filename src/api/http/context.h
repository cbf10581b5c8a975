// api/http/context.h — what every handler may use; outlives the server's threads.
#pragma once

#include "api/http/kept_answers.h"
#include "api/http/password_hasher.h"
#include "api/http/picture_desk.h"
#include "base/ids.h"
#include "base/time.h"
#include "core/accounts.h"
#include "core/push.h"
#include "store/database.h"

#include <functional>
#include <memory>
#include <string>

namespace vv::app {
class Ways;
}

namespace vv::api {

class TravelDesk;

struct Context {
    store::Database& db;
    IdSource& ids;
    std::function<Instant()> now;  // the server's clock, which --clock may have set
    std::string base_url;          // "https://example.org", without a final slash: links and the origin check
    std::string upload_folder;
    std::function<void()> wake_jobs;  // after a write that put something into the outbox or the job table
    core::SignUp sign_up = core::SignUp::invited;
    std::string operator_text{};  // who runs this server, for everybody; may be empty
    std::string server_name = "Visavis";
    std::string mail_from{};  // the address that mails come from; empty: this server sends none
    std::string mailbox{};    // where answers by mail come to; empty: this server reads none
    core::PushEndpoints push_endpoints = core::PushEndpoints::public_only;
    std::unique_ptr<PasswordHasher> passwords = std::make_unique<PasswordHasher>();
    std::unique_ptr<KeptAnswers> kept = std::make_unique<KeptAnswers>(db.commits(), 16U << 20);
    std::unique_ptr<PictureDesk> pictures = std::make_unique<PictureDesk>();
    const app::Ways* ways = nullptr;  // over whom ways lead; null: not known here
    TravelDesk* travel = nullptr;     // how long ways take by a router; null: they are estimated

    /// "example.org:8443": what stands behind the @ of an address here.
    [[nodiscard]] std::string host() const { return base_url.substr(base_url.find("//") + 2); }
};

}  // namespace vv::api
