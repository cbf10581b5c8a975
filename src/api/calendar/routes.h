// api/calendar/routes.h — what calendars read: the owner's meetings, or free and busy time, under a private
// address.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::calendar {

/// GET /calendar/SECRET.ics, and SECRET.ifb; and SECRET/ by CalDAV. `context` outlives the router.
void add_routes(net::Router& router, Context& context);

}  // namespace vv::api::calendar
