// api/visavis/suggestions.h — /suggestions: whom to meet, and putting someone off.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_suggestions_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
