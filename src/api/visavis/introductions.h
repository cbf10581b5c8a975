// api/visavis/introductions.h — /introductions, and /i/…: the page for a target without an account.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_introductions_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
