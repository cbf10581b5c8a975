// base/zones.h — zones by the names that calendars give them. ICU's CLDR tables stop here.
#pragma once

#include "base/time.h"

#include <optional>
#include <string_view>

namespace vv {

/// The zone meant by an IANA name ("Europe/Paris"), also behind a vendor's prefix
/// ("/softwarestudio.org/Tzfile/Europe/ Paris"), or by a Windows name ("W. Europe Standard Time"), which CLDR
/// maps for `region` (ISO 3166; may be empty). Nothing for names that are neither.
std::optional<Zone> zone_by_any_name(std::string_view name, std::string_view region);

}  // namespace vv
