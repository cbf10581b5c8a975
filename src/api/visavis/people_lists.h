// api/visavis/people_lists.h — sorting people: /lists, /people/bulk, and undoing what was done to them:
// /acts.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_people_lists_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
