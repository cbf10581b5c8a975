// api/visavis/trips.h — trips in our own API: planning, changing by hand, proposing in waves, sharing.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_trips_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
