// api/visavis/circles.h — circles and other people in bodies: for what is shown to chosen people.
#pragma once

#include "app/check_ins.h"
#include "base/result.h"
#include "core/accounts.h"
#include "core/circles.h"

#include <boost/json/fwd.hpp>
#include <string_view>
#include <vector>

namespace vv::api::visavis {

/// The member of this name; none of it is an empty one, which the use case refuses.
Result<core::Circles> circles_field(const boost::json::object& body, std::string_view name);
boost::json::object render_circles(const core::Circles& circles);

/// {"handle", "name", "person"}: the account's name, or the one that the viewer's record has.
boost::json::object render_other(const store::check_ins::Other& other);
boost::json::array render_accounts(const std::vector<core::AccountName>& accounts);

}  // namespace vv::api::visavis
