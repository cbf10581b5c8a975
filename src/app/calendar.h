// app/calendar.h — an owner's meetings for the owner's own calendar.
#pragma once

#include "app/caller.h"
#include "core/meetings.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::app {

/// One meeting as a file (iCalendar, PUBLISH). `not_found` meeting.unknown.
Result<std::string> meeting_calendar(store::Tx& tx, Caller caller, core::MeetingId meeting,
                                     std::string base_url);

/// What a subscribed calendar reads: what is agreed, from a year ago on, at most 1,000 meetings. Whoever has
/// the feed's address reads it; `not_found` feed.unknown for any other.
Result<std::string> calendar_feed(store::Tx& tx, std::string secret, std::string base_url, Instant now);

/// The same, entry by entry, for programs that speak CalDAV: each a calendar of its own.
struct CalendarItem {
    std::string uid;
    std::string etag;  // changes with it
    std::string text;
    Span when;
};
Result<std::vector<CalendarItem>> calendar_items(store::Tx& tx, std::string secret, std::string base_url,
                                                 Instant now);

}  // namespace vv::app
