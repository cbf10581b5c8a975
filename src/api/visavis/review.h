// api/visavis/review.h — who is who by the owner's word: /review, /decisions, merge and split.
#pragma once

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

void add_review_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
