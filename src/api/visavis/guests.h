// api/visavis/guests.h — invitations and polls answered through a private link, and mail stopped, without an
// account.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

/// /m/TOKEN, its calendar file, a poll's /p/TOKEN, and /stop/TOKEN: pages, not JSON.
void add_guests_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
