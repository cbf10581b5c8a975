// api/visavis/people.h — /people: the list, a person, adding, editing, blocking; and how a person is
// rendered.
#pragma once

#include "core/person.h"

#include <boost/json/fwd.hpp>

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::app {
struct PersonPage;
}

namespace vv::api::visavis {

/// A person as every list shows one (PersonRow in the API's document).
boost::json::object render_row(const core::Person& person);

/// What PATCH answers: everything on the person's page.
boost::json::object render_person(const app::PersonPage& page);

/// {"act":"…"}: what undoes what was done.
boost::json::object render_act(core::ActId act);

void add_people_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
