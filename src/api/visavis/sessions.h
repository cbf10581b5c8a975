// api/visavis/sessions.h — signing in and out, and where one is signed in.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_sessions_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
