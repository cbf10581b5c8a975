// formats/icalendar_write.h — meetings as iCalendar objects (RFC 5545): invitations by mail (RFC 5546, 6047)
// and feeds.
//
// Pure: the same input gives the same bytes. Lines end in CRLF and are folded at 75 bytes, text is escaped,
// and no field can break out of its line.
#pragma once

#include "base/geo.h"
#include "base/time.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::formats {

/// What the object is for: `publish` a feed or a file, `request` an invitation or a change of one, `cancel`
/// its end, `reply` one attendee's answer to the organiser.
enum class CalendarMethod { publish, request, cancel, reply };
enum class EventStatus { tentative, confirmed, cancelled };
enum class Attendance { needs_action, accepted, declined, tentative };

struct CalendarAddress {
    std::string email;
    std::string name;  // may be empty
};

struct CalendarAttendee {
    CalendarAddress who;
    Attendance answer = Attendance::needs_action;
    bool asked_to_answer = true;
};

struct CalendarEvent {
    std::string uid;   // the same for the life of the meeting
    int sequence = 0;  // raised with every change
    Instant stamp;     // when this object was made
    Instant start;
    Instant end;
    std::string
        zone;  // IANA name whose wall time was agreed, written with a VTIMEZONE; UTC when empty or unknown
    std::string summary;
    std::string description;
    std::string location;
    std::optional<LatLng> at;
    std::string url;
    std::optional<CalendarAddress> organizer;  // needed by every method but publish
    std::vector<CalendarAttendee> attendees;   // exactly one in a reply
    EventStatus status = EventStatus::confirmed;
    bool busy = true;  // false: the time stays free in the calendar
};

struct CalendarFeed {
    std::string name;         // as calendars show it; may be empty
    int refresh_minutes = 0;  // how often a subscriber should look again; 0 leaves it to them
};

/// One VCALENDAR. The media type is text/calendar; method=…; charset=utf-8, with method_name() as the method.
std::string write_calendar(CalendarMethod method, std::span<const CalendarEvent> events,
                           const CalendarFeed& feed = {});

/// One event as it lies in a CalDAV collection: without a method.
std::string write_stored_event(const CalendarEvent& event);

/// "REQUEST", for the media type's parameter.
std::string_view method_name(CalendarMethod method);

}  // namespace vv::formats
