// formats/calendar/event.h — one VEVENT, put together line by line and not yet interpreted.
#pragma once

#include "core/facts.h"
#include "formats/calendar/times.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vv::formats::calendar {

struct Guest {
    std::string email;  // lower case
    std::string name;   // empty when it only repeats the address
    core::Response response = core::Response::none;
};

struct Event {
    std::int64_t line = 0;
    std::string uid;
    std::int64_t revision = 0;  // LAST-MODIFIED in milliseconds; 0 without one
    std::string title;
    std::string location;
    std::optional<LatLng> at;
    bool conference = false;
    bool cancelled = false;
    bool free = false;  // the owner's time stays free
    std::optional<Time> start;
    std::optional<Time> end;
    std::optional<std::chrono::seconds> duration;
    std::optional<Time> recurrence_id;
    Recurrence recurrence;
    std::optional<Guest> organizer;
    std::vector<Guest> guests;  // people only: no rooms, lists or calendars; at most 2,000
    std::string problem;        // the first line that can't be read, in words
    std::string problem_line;

    [[nodiscard]] bool all_day() const { return start && start->form == Time::Form::date; }
};

enum class Reading {
    whole,
    who_and_when,  // what tells events apart, when they begin and who takes part; title included
};

/// Takes one line of an event.
using Take = void (*)(Event& event, const ContentLine& line, const ContentProperty& property);

/// Who takes lines of this name; nobody where they pass by.
Take taker(std::string_view name, Reading reading);

/// A text value: escapes resolved, decoded, trimmed, cut at `most` bytes.
std::string text_value(std::string_view value, std::size_t most = 500);

/// The address in lower case of "mailto:…" or of an EMAIL parameter; empty when there is none.
std::string address_of(const ContentProperty& property);

}  // namespace vv::formats::calendar
