// api/visavis/blocks.h — whom the account keeps away.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_blocks_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
