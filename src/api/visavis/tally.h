// api/visavis/tally.h — /tally and /goals: people met face to face in a year, against the goal.
#pragma once

#include "app/tally.h"

#include <boost/json/fwd.hpp>

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

/// Tally in the API's document.
boost::json::value render_tally(const app::YearTally& year);

void add_tally_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
