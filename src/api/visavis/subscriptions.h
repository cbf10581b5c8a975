// api/visavis/subscriptions.h — /subscriptions: calendars, address books and feeds that are read again and
// again.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_subscriptions_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
