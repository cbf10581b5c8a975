// api/visavis/cities.h — /cities: a place by its name, offline.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_cities_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
