// api/visavis/network_asks.h — /asks/received, /asks/brokering and what is under an ask: sends, result.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_network_asks_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
