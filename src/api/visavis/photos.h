// api/visavis/photos.h — /people/ID/photo: looked at, set by hand, taken away.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_photos_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
