// base/time.h — instants, civil dates and zones.
//
// An Instant is UTC in milliseconds. What recurs or was agreed locally also keeps its zone's name and wall
// time. Nothing here reads the clock but system_now(), which only the composition root and the command line
// call: `now` is an argument everywhere else.
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vv {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

/// Wall time without a zone.
using WallTime = std::chrono::local_time<std::chrono::milliseconds>;

/// [start, end) in UTC.
struct Span {
    Instant start;
    Instant end;
    auto operator<=>(const Span&) const = default;
};

inline std::int64_t millis(Instant t) {
    return t.time_since_epoch().count();
}
inline Instant from_millis(std::int64_t ms) {
    return Instant(std::chrono::milliseconds(ms));
}

Instant system_now();

/// RFC 3339 in UTC to the second ("2026-11-20T18:28:30Z"), with milliseconds only when they are not zero.
std::string format_rfc3339(Instant t);
/// Any RFC 3339 date-time with an offset or Z. `invalid` names the form wanted.
Result<Instant> parse_rfc3339(std::string_view text);
/// YYYY-MM-DD.
std::string format_date(Date d);
Result<Date> parse_date(std::string_view text);

/// When a zone's clocks moved: from `before` to `after`, both east of UTC.
struct ZoneShift {
    Instant at;
    std::chrono::seconds before{};
    std::chrono::seconds after{};
    bool daylight = false;  // after it, summer time holds
    std::string abbreviation;
    bool operator==(const ZoneShift&) const = default;
};

/// A zone of the system's IANA database, by name ("Europe/Paris"). Cheap to copy; never dangling.
class Zone {
public:
    /// UTC.
    Zone();
    /// `invalid` when the database has no such zone.
    static Result<Zone> find(std::string_view name);

    [[nodiscard]] const std::string& name() const { return *name_; }
    [[nodiscard]] WallTime to_local(Instant t) const;
    /// A wall time that a jump skipped becomes the instant of the jump; of two instants, the earlier.
    [[nodiscard]] Instant to_utc(WallTime t) const;
    [[nodiscard]] Date date_of(Instant t) const;
    /// The instant at which a civil day begins.
    [[nodiscard]] Instant start_of(Date d) const;
    [[nodiscard]] int year_of(Instant t) const { return static_cast<int>(date_of(t).year()); }
    /// The shifts within a span, preceded by the one in force when it begins. At most 1,000.
    [[nodiscard]] std::vector<ZoneShift> shifts(Span within) const;
    /// [1 January, next 1 January) in this zone.
    [[nodiscard]] Span year(int y) const;

private:
    Zone(const void* zone, const std::string* name) : zone_(zone), name_(name) {}

    const void* zone_;  // date::time_zone: the library's header stays in time.cpp
    const std::string* name_;
};

}  // namespace vv
