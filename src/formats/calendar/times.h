// formats/calendar/times.h — a calendar's dates and times, the zones they are in, and what recurs.
//
// libical knows the rules of recurrence and of a file's own zones; both are only given input that can't keep
// it busy for long.
#pragma once

#include "base/time.h"
#include "base/zones.h"
#include "formats/content_lines.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace vv::formats::calendar {

/// A value as written: a day, a time in UTC, in a named zone, or in none.
struct Time {
    enum class Form { date, utc, zoned, floating };
    Form form = Form::floating;
    WallTime wall;     // the digits as they stand there
    std::string zone;  // TZID, for zoned
    bool operator==(const Time&) const = default;
};

/// "20250103T144500Z", "20250103T144500" with or without TZID, "20250103" or VALUE=DATE; dashes and colons
/// are let pass. Nothing when it is no time of the calendar.
std::optional<Time> parse_time(const ContentProperty& property, std::string_view value);
/// "PT1H30M", "-P1D", "P1W".
std::optional<std::chrono::seconds> parse_duration(std::string_view value);

/// Zones of one file: by name, else as the file itself defines them, else the owner's.
class Zones {
public:
    /// `home` is for times without a zone, `region` helps with Windows names.
    Zones(Zone home, std::string region);
    ~Zones();
    Zones(Zones&&) noexcept;
    Zones& operator=(Zones&&) noexcept;

    /// The file's own zone (X-WR-TIMEZONE); unknown names change nothing.
    void set_home(std::string_view name);
    /// A VTIMEZONE's lines. Only definitions that names can't tell and that repeat once a year are kept, 100
    /// at most.
    void define(const std::string& id, const std::vector<std::string>& lines);

    /// Days begin at midnight at home.
    [[nodiscard]] Instant to_utc(const Time& time);
    [[nodiscard]] WallTime to_wall(const Time& like, Instant t);
    /// Names that could not be told, each once; times in them were taken as the home zone's.
    [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }
    [[nodiscard]] const Zone& home() const { return home_; }

private:
    struct Custom;
    struct Found {
        std::optional<Zone> named;
        std::shared_ptr<Custom> custom;
    };
    const Found& find(const std::string& id);

    Zone home_;
    std::string region_;
    std::map<std::string, Found, std::less<>> cache_;
    std::map<std::string, std::shared_ptr<Custom>, std::less<>> defined_;
    std::vector<std::string> unknown_;
};

/// How an event repeats, as written.
struct Recurrence {
    std::vector<std::string> rules;
    std::vector<Time> dates;       // RDATE
    std::vector<Time> exceptions;  // EXDATE
    [[nodiscard]] bool repeats() const { return !rules.empty() || !dates.empty(); }
};

/// One time an event takes place.
struct Instance {
    Instant start;
    WallTime wall;  // in the zone of the event
    auto operator<=>(const Instance&) const = default;
};

struct Expansion {
    std::vector<Instance> instances;  // within the window, ascending, each once
    std::string problem;              // why some are missing; empty when none are
};

/// What may be spent on the recurrences of one file.
struct ExpansionBudget {
    std::size_t steps = 2'000'000;
    int hopeless =
        20;  // rules that never come true, each of which takes libical a quarter of a second to see
};

/// The instances that begin in `window`. A wall time recurs at that wall time, whatever the clocks do. Rules
/// that repeat within a day are not followed. At most 20,000 instances an event.
Expansion expand(const Time& start, const Recurrence& recurrence, Span window, Zones& zones,
                 ExpansionBudget& budget);

}  // namespace vv::formats::calendar
