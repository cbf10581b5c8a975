// api/visavis/suggestions.h — /suggestions: whom to meet, and putting someone off.
#pragma once

#include "app/suggestions.h"

#include <boost/json/fwd.hpp>

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

/// Suggestion in the API's document.
boost::json::value render_suggestion(const app::SuggestedMeeting& meeting, std::size_t rank);

void add_suggestions_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
