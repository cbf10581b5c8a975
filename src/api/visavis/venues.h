// api/visavis/venues.h — /venues: the owner's own places to meet; /fair-places: one that is fair to both.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_venue_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
