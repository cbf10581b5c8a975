// api/visavis/mutual_ties.h — whether an account lets its ties be told.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_mutual_ties_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
