// api/visavis/invites.h — invitations to the server, for who runs it.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_invites_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
