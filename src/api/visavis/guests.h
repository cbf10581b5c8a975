// api/visavis/guests.h — invitations answered through a private link, and mail stopped, without an account.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

/// /m/TOKEN, its calendar file, and /stop/TOKEN: pages, not JSON.
void add_guests_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
