// api/visavis/reminders.h — /reminders: nudges with their reasons, what becomes of them, how many are wanted.
#pragma once

#include "app/reminders.h"

#include <boost/json/fwd.hpp>

namespace vv::net {
class Router;
}
namespace vv::api {
struct Context;
}

namespace vv::api::visavis {

/// Reminder in the API's document.
boost::json::value render_reminder(const app::OpenReminder& open);
/// Cadence in the API's document.
boost::json::value render_cadence(const store::reminders::Cadences& cadences);

void add_reminders_routes(net::Router& router, Context& context);

}  // namespace vv::api::visavis
