// formats/free_busy.h — when somebody is busy as an iCalendar object (VFREEBUSY, RFC 5545 §3.6.4), and
// nothing else of theirs.
#pragma once

#include "base/time.h"

#include <span>
#include <string>

namespace vv::formats {

/// Pure: the same input gives the same bytes. `busy` is in order and apart from each other, within the span.
std::string write_free_busy(std::span<const Span> busy, Span within, Instant stamp);

}  // namespace vv::formats
