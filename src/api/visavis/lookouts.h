// api/visavis/lookouts.h — tell a friend: in our own API for its owner, and as a page for the friend.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_lookouts_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
