// api/visavis/asks.h — /asks: whom the owner looks for, who of her people fits, and what came of asking them.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_asks_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
