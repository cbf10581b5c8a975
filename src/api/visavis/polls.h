// api/visavis/polls.h — polls in our own API: asking several people, answering, picking a time.
#pragma once

#include "api/http/context.h"
#include "app/polls.h"
#include "net/router.h"

#include <boost/json/fwd.hpp>

namespace vv::api::visavis {

/// Poll in the API's document.
boost::json::object render_poll(const app::PollView& view);

void add_polls_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
