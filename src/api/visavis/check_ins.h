// api/visavis/check_ins.h — /check-ins: "I'm here for an hour"; /nearby: with whom being near is told.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_check_in_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
