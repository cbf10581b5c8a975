// api/visavis/communities.h — communities, who belongs to them, and whether their asks come.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_communities_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
