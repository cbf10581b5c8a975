// api/visavis/encounters.h — /encounters: times of being face to face, told, claimed, annotated, denied.
#pragma once

#include "app/encounters.h"

#include <boost/json/fwd.hpp>

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

/// Encounter in the API's document; `people` knows the names.
boost::json::value render_encounter(const core::Encounter& encounter,
                                    const std::map<core::PersonId, store::encounters::Who>& people);

void add_encounters_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
