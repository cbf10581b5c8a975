// api/visavis/free_to_meet.h — /free-to-meet: when one is free, around where, for whom to see.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_free_to_meet_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
