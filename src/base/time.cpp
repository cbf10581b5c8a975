#include "base/time.h"

#include <array>
#include <cctype>
#include <date/tz.h>

namespace vv {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

const date::time_zone& as_zone(const void* zone) {
    return *static_cast<const date::time_zone*>(zone);
}

// Digits at fixed places; -1 when one of them is none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

Error bad_time() {
    return {Fault::invalid, "time.invalid",
            "A time is written as 2026-11-20T18:28:30Z or with an offset like +01:00."};
}

date::year_month_day to_date_library(Date d) {
    return {date::year(static_cast<int>(d.year())), date::month(static_cast<unsigned>(d.month())),
            date::day(static_cast<unsigned>(d.day()))};
}

}  // namespace

Instant system_now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

std::string format_rfc3339(Instant t) {
    const auto day = std::chrono::floor<days>(t);
    const Date d(day);
    const std::chrono::hh_mm_ss clock(t - day);
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(d.year()),
                  static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    std::string text(out.data());
    if (const auto ms = clock.subseconds().count(); ms != 0) {
        std::snprintf(out.data(), out.size(), ".%03d", static_cast<int>(ms));
        text += out.data();
    }
    return text + "Z";
}

Result<Instant> parse_rfc3339(std::string_view text) {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
        return bad_time();
    TRY(const Date day, parse_date(text.substr(0, 10)));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (text[13] != ':' || text[16] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60)
        return bad_time();
    std::size_t at = 19;
    int ms = 0;
    if (text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])); ++at, scale /= 10)
            ms += (text[at] - '0') * scale;
    }
    int offset = 0;
    if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
        ++at;
    } else if (at + 6 <= text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':') {
        const int h = digits(text, at + 1, 2);
        const int m = digits(text, at + 4, 2);
        if (h < 0 || h > 23 || m < 0 || m > 59) return bad_time();
        offset = (text[at] == '-' ? -1 : 1) * (h * 60 + m);
        at += 6;
    } else {
        return bad_time();
    }
    if (at != text.size()) return bad_time();
    return Instant(std::chrono::sys_days(day)) + std::chrono::hours(hour) +
           std::chrono::minutes(minute - offset) + std::chrono::seconds(second) + milliseconds(ms);
}

std::string format_date(Date d) {
    std::array<char, 24> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(d.year()),
                  static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
    return out.data();
}

Result<Date> parse_date(std::string_view text) {
    const int y = digits(text, 0, 4);
    const int m = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    const Date day{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)),
                   std::chrono::day(static_cast<unsigned>(d))};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || y < 0 || m < 0 || d < 0 || !day.ok())
        return Error(Fault::invalid, "date.invalid", "A date is written as 2026-11-20.");
    return day;
}

Zone::Zone() : Zone(*Zone::find("Etc/UTC")) {}

Result<Zone> Zone::find(std::string_view name) {
    try {
        const date::time_zone* zone = date::locate_zone(std::string(name));
        return Zone(zone, &zone->name());
    } catch (const std::exception&) {
        return Error(Fault::invalid, "zone.unknown",
                     "No time zone is called '" + std::string(name) + "'; use a name like Europe/Paris.");
    }
}

WallTime Zone::to_local(Instant t) const {
    return WallTime(as_zone(zone_).to_local(t).time_since_epoch());
}

Instant Zone::to_utc(WallTime t) const {
    const date::local_time<milliseconds> local(t.time_since_epoch());
    const date::local_info info = as_zone(zone_).get_info(local);
    if (info.result == date::local_info::nonexistent)
        return std::chrono::time_point_cast<milliseconds>(info.first.end);
    return Instant(local.time_since_epoch() - info.first.offset);
}

Date Zone::date_of(Instant t) const {
    return Date(std::chrono::floor<days>(to_local(t)));
}

Instant Zone::start_of(Date d) const {
    return to_utc(WallTime(date::local_days(to_date_library(d)).time_since_epoch()));
}

std::vector<ZoneShift> Zone::shifts(Span within) const {
    std::vector<ZoneShift> found;
    constexpr std::size_t kMost = 1'000;
    const auto& zone = as_zone(zone_);
    const auto until = std::chrono::floor<std::chrono::seconds>(within.end);
    auto info = zone.get_info(std::chrono::floor<std::chrono::seconds>(within.start));
    while (found.size() < kMost) {
        const bool first = info.begin <= date::sys_days(date::year(1) / 1 / 1);
        const auto before = first ? info.offset : zone.get_info(info.begin - std::chrono::seconds(1)).offset;
        const Instant at = first ? within.start : Instant(info.begin);
        found.push_back({at, before, info.offset, info.save != std::chrono::minutes(0), info.abbrev});
        if (info.end > until || info.end >= date::sys_days(date::year(9000) / 1 / 1)) break;
        info = zone.get_info(info.end);
    }
    return found;
}

Span Zone::year(int y) const {
    const auto first = std::chrono::January / 1;
    return {start_of(std::chrono::year(y) / first), start_of(std::chrono::year(y + 1) / first)};
}

}  // namespace vv
