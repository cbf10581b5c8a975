// api/visavis/routes.h — every route of our own API.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

/// Registers everything below /api/visavis/v1 and the pages for guests. `context` outlives the router.
void add_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
