// api/visavis/leaving.h — deleting one's account, and keeping it after all.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_leaving_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
