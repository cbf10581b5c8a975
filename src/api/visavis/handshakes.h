// api/visavis/handshakes.h — /handshakes: showing a code, reading it, signing, receipts.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_handshakes_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
