// api/visavis/today.h — /today: everything on the first page in one answer.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_today_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
