// formats/calendar_reply.h — an answer to an invitation, as calendar programs send it by mail (iTIP REPLY and
// COUNTER, RFC 5546, in a mail by RFC 6047). GMime takes the mail apart.
//
// Pure, and bounded whatever the mail is: at most kMostParts of its parts are looked at, and kLongestCalendar
// bytes of one calendar. Nothing that a mail says is believed here: who sent it and to what is for app to
// hold against a secret.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/facts.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

struct CalendarReply {
    enum class Method { reply, counter };
    Method method = Method::reply;
    std::string uid;
    int sequence = 0;
    std::string attendee;  // who answers, lower case
    core::Response answer = core::Response::none;
    std::optional<Span> when;     // what a counter asks for instead
    std::string comment;          // UTF-8, at most 500 bytes
    std::string from;             // the mail's sender, lower case
    std::vector<std::string> to;  // where the mail and its calendar say it goes, lower case
};

inline constexpr std::size_t kLongestMail = 262'144;
inline constexpr std::size_t kLongestCalendar = 65'536;
inline constexpr int kMostParts = 50;

/// The answer in a mail. Times without a zone are taken as `home`'s. Faults, all `invalid`:
/// reply.too_large, reply.unreadable (no mail, or without a sender), reply.no_calendar (the mail of a person,
/// most often), reply.calendar_unreadable (nested, cut, several events, no UID, no time), reply.method
/// (something else than an answer), reply.attendee (none, or several who answer at once), reply.recurring.
Result<CalendarReply> read_calendar_reply(std::string_view mail, const Zone& home);

}  // namespace vv::formats
