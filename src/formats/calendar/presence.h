// formats/calendar/presence.h — whether an event is at a physical place, a call, or can't be told.
#pragma once

#include "core/facts.h"

#include <string_view>

namespace vv::formats::calendar {

struct PlaceHints {
    std::string_view location;
    std::string_view title;
    bool coordinates = false;  // GEO or a structured location
    bool conference = false;   // a conference's address, in a field of its own or in the description
};

/// A place with coordinates, or one whose words are not those of a call, is physical; a link, a number,
/// "Skype" or "online" is a call, and so is an event without a place that has a conference's address or a
/// title that says so. Else unknown.
core::Presence presence_of(const PlaceHints& hints);

/// Whether text holds the address of a video conference.
bool holds_conference(std::string_view text);

}  // namespace vv::formats::calendar
