// api/visavis/devices.h — the account's devices.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_devices_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
