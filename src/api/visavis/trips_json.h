// api/visavis/trips_json.h — trips as the page reads them.
#pragma once

#include "app/trips.h"

#include <boost/json/fwd.hpp>

namespace vv::api::visavis {

boost::json::object render_trip(const app::TripView& view);
boost::json::object render_listed(const store::trips::Listed& listed);
boost::json::object render_wave(const app::TripWaveView& told);

}  // namespace vv::api::visavis
