// api/calendar/dav.h — the owner's meetings as a CalDAV calendar that can only be read, under a private
// address.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::calendar {

/// /calendar/SECRET/, where programs look for calendars, and the one below it: PROPFIND, REPORT, GET,
/// OPTIONS.
void add_dav_routes(net::Router& router, Context& context);

}  // namespace vv::api::calendar
