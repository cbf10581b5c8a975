// api/visavis/wall.h — the five sentences, and what is taken along on paper.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_wall_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
