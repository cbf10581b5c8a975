// api/visavis/polls.h — polls in our own API: asking several people, answering, picking a time.
#pragma once

#include "api/http/context.h"
#include "net/router.h"

namespace vv::api::visavis {

void add_polls_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
