#include "formats/icalendar_write.h"

#include "base/text.h"

#include <algorithm>
#include <libical/ical.h>
#include <map>
#include <memory>

namespace vv::formats {
namespace {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// Control characters other than line breaks and tabs have no place in any text; what is not UTF-8 is
// replaced.
std::string clean_text(const std::string& text) {
    std::string out = scrub_utf8(text);
    std::erase_if(out, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
    });
    return out;
}

// A parameter's value can hold neither quotes nor line breaks (RFC 5545 §3.1).
std::string clean_parameter(const std::string& text) {
    std::string out = clean_text(text);
    std::replace(out.begin(), out.end(), '"', '\'');
    std::replace(out.begin(), out.end(), '\n', ' ');
    std::replace(out.begin(), out.end(), '\t', ' ');
    return out;
}

// Addresses and links are written as they are: nothing that could end the line may stand in them.
std::string clean_uri(const std::string& uri) {
    std::string out = scrub_utf8(uri);
    std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
    return out;
}

icaltimetype to_ical(std::chrono::sys_time<std::chrono::seconds> t, bool utc) {
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const Date date(day);
    const std::chrono::hh_mm_ss clock(t - day);
    icaltimetype out = icaltime_null_time();
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(clock.hours().count());
    out.minute = static_cast<int>(clock.minutes().count());
    out.second = static_cast<int>(clock.seconds().count());
    if (utc) out.zone = icaltimezone_get_utc_timezone();
    return out;
}

icaltimetype utc_time(Instant t) {
    return to_ical(std::chrono::floor<std::chrono::seconds>(t), true);
}

icaltimetype wall_time(const Zone& zone, Instant t) {
    const auto local = std::chrono::floor<std::chrono::seconds>(zone.to_local(t));
    return to_ical(std::chrono::sys_time<std::chrono::seconds>(local.time_since_epoch()), false);
}

void add_observance(icalcomponent* timezone, const ZoneShift& shift) {
    icalcomponent* part = shift.daylight ? icalcomponent_new_xdaylight() : icalcomponent_new_xstandard();
    const auto wall = std::chrono::floor<std::chrono::seconds>(shift.at) + shift.before;
    icalcomponent_add_property(part, icalproperty_new_dtstart(to_ical(wall, false)));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(static_cast<int>(shift.before.count())));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetto(static_cast<int>(shift.after.count())));
    icalcomponent_add_property(part, icalproperty_new_tzname(shift.abbreviation.c_str()));
    icalcomponent_add_component(timezone, part);
}

// A zone's shifts as they really are from a year before the first of its events to a year after the last.
void add_timezone(icalcomponent* calendar, const Zone& zone, Span events) {
    constexpr std::chrono::days kYear{366};
    icalcomponent* timezone = icalcomponent_new_vtimezone();
    icalcomponent_add_property(timezone, icalproperty_new_tzid(zone.name().c_str()));
    for (const auto& shift : zone.shifts({events.start - kYear, events.end + kYear}))
        add_observance(timezone, shift);
    icalcomponent_add_component(calendar, timezone);
}

void add_custom(icalcomponent* component, const char* name, const std::string& text) {
    icalproperty* property = icalproperty_new(ICAL_X_PROPERTY);
    icalproperty_set_x_name(property, name);
    icalproperty_set_value(property, icalvalue_new_text(text.c_str()));
    icalcomponent_add_property(component, property);
}

icalparameter_partstat partstat_of(Attendance answer) {
    switch (answer) {
        case Attendance::accepted:
            return ICAL_PARTSTAT_ACCEPTED;
        case Attendance::declined:
            return ICAL_PARTSTAT_DECLINED;
        case Attendance::tentative:
            return ICAL_PARTSTAT_TENTATIVE;
        case Attendance::needs_action:
            break;
    }
    return ICAL_PARTSTAT_NEEDSACTION;
}

void name_party(icalproperty* property, const std::string& name) {
    if (!name.empty())
        icalproperty_add_parameter(property, icalparameter_new_cn(clean_parameter(name).c_str()));
}

void add_people(icalcomponent* event, const CalendarEvent& from, CalendarMethod method) {
    if (from.organizer) {
        auto* organizer = icalproperty_new_organizer(("mailto:" + clean_uri(from.organizer->email)).c_str());
        name_party(organizer, from.organizer->name);
        icalcomponent_add_property(event, organizer);
    }
    for (const auto& attendee : from.attendees) {
        auto* property = icalproperty_new_attendee(("mailto:" + clean_uri(attendee.who.email)).c_str());
        icalproperty_add_parameter(property, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
        icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
        icalproperty_add_parameter(property, icalparameter_new_partstat(partstat_of(attendee.answer)));
        if (method == CalendarMethod::request && attendee.asked_to_answer)
            icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
        name_party(property, attendee.who.name);
        icalcomponent_add_property(event, property);
    }
}

void add_times(icalcomponent* event, const CalendarEvent& from, const Zone* zone) {
    const auto add = [&](icalproperty* property) {
        if (zone) icalproperty_add_parameter(property, icalparameter_new_tzid(zone->name().c_str()));
        icalcomponent_add_property(event, property);
    };
    add(icalproperty_new_dtstart(zone ? wall_time(*zone, from.start) : utc_time(from.start)));
    add(icalproperty_new_dtend(zone ? wall_time(*zone, from.end) : utc_time(from.end)));
}

icalproperty_status status_of(EventStatus status) {
    switch (status) {
        case EventStatus::tentative:
            return ICAL_STATUS_TENTATIVE;
        case EventStatus::cancelled:
            return ICAL_STATUS_CANCELLED;
        case EventStatus::confirmed:
            break;
    }
    return ICAL_STATUS_CONFIRMED;
}

void add_texts(icalcomponent* event, const CalendarEvent& from) {
    icalcomponent_add_property(event, icalproperty_new_summary(clean_text(from.summary).c_str()));
    if (!from.description.empty())
        icalcomponent_add_property(event, icalproperty_new_description(clean_text(from.description).c_str()));
    if (!from.location.empty())
        icalcomponent_add_property(event, icalproperty_new_location(clean_text(from.location).c_str()));
    if (from.at) {
        icalgeotype place{};
        place.lat = from.at->lat;
        place.lon = from.at->lng;
        icalcomponent_add_property(event, icalproperty_new_geo(place));
    }
    if (!from.url.empty())
        icalcomponent_add_property(event, icalproperty_new_url(clean_uri(from.url).c_str()));
}

icalcomponent* make_event(const CalendarEvent& from, CalendarMethod method, const Zone* zone) {
    icalcomponent* event = icalcomponent_new_vevent();
    icalcomponent_add_property(event, icalproperty_new_uid(clean_text(from.uid).c_str()));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(utc_time(from.stamp)));
    add_times(event, from, zone);
    icalcomponent_add_property(event, icalproperty_new_sequence(from.sequence));
    add_texts(event, from);
    const auto status = method == CalendarMethod::cancel ? EventStatus::cancelled : from.status;
    if (method != CalendarMethod::reply)
        icalcomponent_add_property(event, icalproperty_new_status(status_of(status)));
    icalcomponent_add_property(
        event, icalproperty_new_transp(from.busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
    add_people(event, from, method);
    return event;
}

icalproperty_method method_of(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::request:
            return ICAL_METHOD_REQUEST;
        case CalendarMethod::cancel:
            return ICAL_METHOD_CANCEL;
        case CalendarMethod::reply:
            return ICAL_METHOD_REPLY;
        case CalendarMethod::publish:
            break;
    }
    return ICAL_METHOD_PUBLISH;
}

struct UsedZone {
    Zone zone;
    Span events;
};

std::map<std::string, UsedZone> zones_of(std::span<const CalendarEvent> events) {
    std::map<std::string, UsedZone> used;
    for (const auto& event : events) {
        if (event.zone.empty()) continue;
        const auto zone = Zone::find(event.zone);
        if (!zone) continue;
        auto& [_, span] =
            used.try_emplace(event.zone, UsedZone{*zone, {event.start, event.end}}).first->second;
        span = {std::min(span.start, event.start), std::max(span.end, event.end)};
    }
    return used;
}

void describe_feed(icalcomponent* calendar, const CalendarFeed& feed) {
    if (!feed.name.empty()) add_custom(calendar, "X-WR-CALNAME", clean_text(feed.name));
    if (feed.refresh_minutes <= 0) return;
    const std::string period = "PT" + std::to_string(feed.refresh_minutes) + "M";
    auto* refresh = icalproperty_new_x(period.c_str());
    icalproperty_set_x_name(refresh, "REFRESH-INTERVAL");
    icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    icalcomponent_add_property(calendar, refresh);
    add_custom(calendar, "X-PUBLISHED-TTL", period);
}

std::string write(std::optional<CalendarMethod> method, std::span<const CalendarEvent> events,
                  const CalendarFeed& feed) {
    const Component calendar(icalcomponent_new_vcalendar());
    icalcomponent_add_property(calendar.get(),
                               icalproperty_new_prodid("-//Visavis//Visavis " VV_VERSION "//EN"));
    icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
    if (method) icalcomponent_add_property(calendar.get(), icalproperty_new_method(method_of(*method)));
    describe_feed(calendar.get(), feed);
    const auto zones = zones_of(events);
    for (const auto& [name, used] : zones) add_timezone(calendar.get(), used.zone, used.events);
    for (const auto& event : events) {
        const auto used = zones.find(event.zone);
        icalcomponent_add_component(calendar.get(),
                                    make_event(event, method.value_or(CalendarMethod::publish),
                                               used == zones.end() ? nullptr : &used->second.zone));
    }
    const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(calendar.get()),
                                                      &icalmemory_free_buffer);
    return text.get();
}

}  // namespace

std::string write_calendar(CalendarMethod method, std::span<const CalendarEvent> events,
                           const CalendarFeed& feed) {
    return write(method, events, feed);
}

std::string write_stored_event(const CalendarEvent& event) {
    return write(std::nullopt, std::span(&event, 1), {});
}

std::string_view method_name(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::request:
            return "REQUEST";
        case CalendarMethod::cancel:
            return "CANCEL";
        case CalendarMethod::reply:
            return "REPLY";
        case CalendarMethod::publish:
            break;
    }
    return "PUBLISH";
}

}  // namespace vv::formats
