// api/visavis/links.h — which of one's people are accounts here.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_links_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
