// api/visavis/imports.h — /imports: archives given by upload, watched, cancelled, taken out again.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_imports_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
