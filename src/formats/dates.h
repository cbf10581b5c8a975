// formats/dates.h — dates and times as exports write them.
#pragma once

#include "base/time.h"

#include <optional>
#include <string_view>

namespace vv::formats {

/// A day in any of the ways exports write one: "14 Mar 2025", "14. März 2025", "14 de mar. de 2025", "Mar 14,
/// 2025", "2025-03-14", "2025年3月14日", "3/14/25", "14.03.2025". Two numbers that could both be months are
/// month/day with "/" and day/month otherwise. Two-digit years are 1970 to 2069. Nothing when it is no day of
/// the calendar.
std::optional<Date> parse_day(std::string_view text);

/// A day and a time of day, without a zone: "2023-06-11 15:33:58 UTC", "3/14/25, 2:37 PM", "14.03.25, 14:37".
std::optional<WallTime> parse_day_and_time(std::string_view text);

/// "2023-06-11 15:33:58", with or without " UTC": the quick way for the commonest form.
std::optional<Instant> parse_utc_stamp(std::string_view text);

/// The day and month of a day without a year ("Sep 16"); the year is then 0.
struct Anniversary {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
};
std::optional<Anniversary> parse_anniversary(std::string_view text);

/// The start of a day in UTC: for days whose zone nobody wrote down.
Instant start_in_utc(Date day);

}  // namespace vv::formats
