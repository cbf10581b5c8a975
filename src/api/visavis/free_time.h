// api/visavis/free_time.h — /free-time: when one could meet, one's habits, and who may see them.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_free_time_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
