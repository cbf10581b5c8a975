// api/visavis/push.h — the browsers that are told by web push.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_push_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
