#include "formats/calendar/times.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <libical/ical.h>

namespace vv::formats::calendar {
namespace {

using std::chrono::seconds;

constexpr std::size_t kInstances = 20'000;
constexpr std::size_t kRuleBytes = 2'000;

int digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<WallTime> wall_of(std::string_view compact) {
    const bool timed = compact.size() == 15 && compact[8] == 'T';
    if (!timed && compact.size() != 8) return std::nullopt;
    const int year = digits(compact.substr(0, 4));
    const int month = digits(compact.substr(4, 2));
    const int day = digits(compact.substr(6, 2));
    if (year < 0 || month < 0 || day < 0) return std::nullopt;
    const Date date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                    std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) return std::nullopt;
    WallTime wall{std::chrono::local_days(date).time_since_epoch()};
    if (!timed) return wall;
    const int hour = digits(compact.substr(9, 2));
    const int minute = digits(compact.substr(11, 2));
    const int second = digits(compact.substr(13, 2));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    return wall + std::chrono::hours(hour) + std::chrono::minutes(minute) + seconds(second);
}

icaltimetype to_ical(WallTime wall) {
    const auto day = std::chrono::floor<std::chrono::days>(wall);
    const Date date(std::chrono::sys_days(day.time_since_epoch()));
    const std::chrono::hh_mm_ss clock(std::chrono::floor<seconds>(wall - day));
    icaltimetype out = icaltime_null_time();
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(clock.hours().count());
    out.minute = static_cast<int>(clock.minutes().count());
    out.second = static_cast<int>(clock.seconds().count());
    return out;
}

WallTime from_ical(const icaltimetype& t) {
    const Date date(std::chrono::year(t.year), std::chrono::month(static_cast<unsigned>(t.month)),
                    std::chrono::day(static_cast<unsigned>(t.day)));
    return WallTime(std::chrono::local_days(date).time_since_epoch()) + std::chrono::hours(t.hour) +
           std::chrono::minutes(t.minute) + seconds(t.second);
}

void make_libical_quiet() {
    static const bool done = [] {
        icalerror_set_errors_are_fatal(false);
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace

std::optional<Time> parse_time(const ContentProperty& property, std::string_view value) {
    std::array<char, 40> plain{};
    if (value.size() > plain.size()) return std::nullopt;
    value = trim(value);
    const auto* const end =
        std::copy_if(value.begin(), value.end(), plain.begin(), [](char c) { return c != '-' && c != ':'; });
    std::string_view compact(plain.data(), static_cast<std::size_t>(end - plain.begin()));
    Time time;
    const bool utc = compact.ends_with('Z') || compact.ends_with('z');
    if (utc) compact.remove_suffix(1);
    if (same_word(property.parameter("VALUE"), "DATE")) compact = compact.substr(0, 8);
    const auto wall = wall_of(compact);
    if (!wall) return std::nullopt;
    time.wall = *wall;
    time.zone = property.parameter("TZID");
    time.form = compact.size() == 8 ? Time::Form::date
                : utc               ? Time::Form::utc
                : time.zone.empty() ? Time::Form::floating
                                    : Time::Form::zoned;
    if (time.form != Time::Form::zoned) time.zone.clear();
    return time;
}

std::optional<seconds> parse_duration(std::string_view value) {
    const std::string text(trim(value).substr(0, 60));
    const auto duration = icaldurationtype_from_string(text.c_str());
    if (icaldurationtype_is_bad_duration(duration)) return std::nullopt;
    const auto whole = std::chrono::days(duration.days) + std::chrono::weeks(duration.weeks) +
                       std::chrono::hours(duration.hours) + std::chrono::minutes(duration.minutes) +
                       seconds(duration.seconds);
    return duration.is_neg ? -whole : whole;
}

// A zone that only the file knows, as libical understands it.
struct Zones::Custom {
    explicit Custom(icalcomponent* definition) : zone(icaltimezone_new()) {
        if (icaltimezone_set_component(zone, definition) == 0) {
            icalcomponent_free(definition);
            icaltimezone_free(zone, 1);
            zone = nullptr;
        }
    }
    ~Custom() {
        if (zone) icaltimezone_free(zone, 1);
    }
    Custom(const Custom&) = delete;
    Custom& operator=(const Custom&) = delete;

    icaltimezone* zone;
};

Zones::Zones(Zone home, std::string region) : home_(home), region_(std::move(region)) {
    make_libical_quiet();
}
Zones::~Zones() = default;
Zones::Zones(Zones&&) noexcept = default;
Zones& Zones::operator=(Zones&&) noexcept = default;

const Zones::Found& Zones::find(const std::string& id) {
    if (const auto known = cache_.find(id); known != cache_.end()) return known->second;
    Found found{zone_by_any_name(id, region_), nullptr};
    if (const auto own = defined_.find(id); !found.named && own != defined_.end()) found.custom = own->second;
    if (!found.named && !found.custom && unknown_.size() < 100) unknown_.push_back(id);
    if (cache_.size() >= 1'000) cache_.clear();
    return cache_.emplace(id, std::move(found)).first->second;
}

void Zones::set_home(std::string_view name) {
    if (const auto zone = zone_by_any_name(name, region_)) home_ = *zone;
}

void Zones::define(const std::string& id, const std::vector<std::string>& lines) {
    if (id.empty() || zone_by_any_name(id, region_) || defined_.size() >= 100) return;
    std::string text = "BEGIN:VTIMEZONE\r\n";
    for (const auto& line : lines) {
        const auto upper = ascii_lower(line);
        // Zones change once or twice a year; a rule that repeats faster would keep libical busy for ever.
        if (upper.starts_with("rrule") && upper.find("freq=yearly") == std::string::npos) return;
        if (upper.starts_with("x-lic-location:"))
            if (const auto named = zone_by_any_name(std::string_view(line).substr(15), region_)) {
                cache_[id] = {named, nullptr};
                return;
            }
        text += line + "\r\n";
    }
    text += "END:VTIMEZONE\r\n";
    icalcomponent* definition = icalparser_parse_string(text.c_str());
    if (!definition) return;
    auto custom = std::make_shared<Custom>(definition);
    if (custom->zone) defined_.emplace(id, std::move(custom));
}

Instant Zones::to_utc(const Time& time) {
    if (time.form == Time::Form::utc) return Instant(time.wall.time_since_epoch());
    if (time.form != Time::Form::zoned) return home_.to_utc(time.wall);
    const auto& found = find(time.zone);
    if (found.named) return found.named->to_utc(time.wall);
    if (!found.custom) return home_.to_utc(time.wall);
    auto written = to_ical(time.wall);
    int daylight = 0;
    const auto offset = icaltimezone_get_utc_offset(found.custom->zone, &written, &daylight);
    return Instant(time.wall.time_since_epoch()) - seconds(offset);
}

WallTime Zones::to_wall(const Time& like, Instant t) {
    if (like.form == Time::Form::utc) return WallTime(t.time_since_epoch());
    if (like.form != Time::Form::zoned) return home_.to_local(t);
    const auto& found = find(like.zone);
    if (found.named) return found.named->to_local(t);
    if (!found.custom) return home_.to_local(t);
    auto utc = to_ical(WallTime(t.time_since_epoch()));
    int daylight = 0;
    return WallTime(t.time_since_epoch()) +
           seconds(icaltimezone_get_utc_offset_of_utc_time(found.custom->zone, &utc, &daylight));
}

namespace {

// The end of a rule, which libical would compare without regard to zones.
struct Until {
    std::optional<Time> time;

    [[nodiscard]] bool passed(const Instance& instance, Zones& zones) const {
        if (!time) return false;
        if (time->form == Time::Form::date)
            return std::chrono::floor<std::chrono::days>(instance.wall) >
                   std::chrono::floor<std::chrono::days>(time->wall);
        if (time->form == Time::Form::utc) return instance.start > zones.to_utc(*time);
        return instance.wall > time->wall;
    }
};

class Expander {
public:
    Expander(const Time& start, Span window, Zones& zones, ExpansionBudget& budget)
        : start_(start), window_(window), zones_(zones), budget_(budget) {}

    void add(WallTime wall) {
        const auto instance = at(wall);
        if (instance.start >= window_.start && instance.start < window_.end)
            out_.instances.push_back(instance);
    }

    void follow(const std::string& text) {
        auto rule = icalrecurrencetype_from_string(text.c_str());
        if (text.size() > kRuleBytes || rule.freq == ICAL_NO_RECURRENCE) {
            out_.problem = "how it repeats can't be read; only its first time went in.";
        } else if (rule.freq < ICAL_DAILY_RECURRENCE) {
            out_.problem = "it repeats within a day; only its first time went in.";
        } else if (budget_.hopeless <= 0) {
            out_.problem = "too many rules before it never come true; only its first time went in.";
        } else {
            const auto until = until_of(text);
            rule.until = icaltime_null_time();
            iterate(rule, until);
        }
    }

    Expansion finish(const std::vector<Time>& exceptions) {
        auto& all = out_.instances;
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        leave_out(exceptions);
        return std::move(out_);
    }

private:
    Instance at(WallTime wall) {
        Time time = start_;
        time.wall = wall;
        return {zones_.to_utc(time), wall};
    }

    static Until until_of(const std::string& rule) {
        const auto upper = ascii_lower(rule);
        const auto at = upper.find("until=");
        if (at == std::string::npos) return {};
        const auto rest = std::string_view(rule).substr(at + 6);
        return {parse_time({}, rest.substr(0, rest.find(';')))};
    }

    void iterate(const icalrecurrencetype& rule, const Until& until) {
        const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> iterator(
            icalrecur_iterator_new(rule, to_ical(start_.wall)), &icalrecur_iterator_free);
        if (!iterator) {
            --budget_.hopeless;
            out_.problem = "how it repeats makes no sense; only its first time went in.";
            return;
        }
        while (true) {
            const auto next = icalrecur_iterator_next(iterator.get());
            if (icaltime_is_null_time(next) || next.year > 9'000) return;
            const auto instance = at(from_ical(next));
            if (instance.start >= window_.end || until.passed(instance, zones_)) return;
            if (budget_.steps == 0 || out_.instances.size() >= kInstances) {
                out_.problem = "it repeats too often; only its first times went in.";
                return;
            }
            --budget_.steps;
            if (instance.start >= window_.start) out_.instances.push_back(instance);
        }
    }

    void leave_out(const std::vector<Time>& exceptions) {
        std::vector<Instant> times;
        std::vector<std::chrono::local_days> days;
        for (const auto& exception : exceptions) {
            if (exception.form == Time::Form::date)
                days.push_back(std::chrono::floor<std::chrono::days>(exception.wall));
            else
                times.push_back(zones_.to_utc(exception));
        }
        std::sort(times.begin(), times.end());
        std::sort(days.begin(), days.end());
        std::erase_if(out_.instances, [&](const Instance& i) {
            return std::binary_search(times.begin(), times.end(), i.start) ||
                   std::binary_search(days.begin(), days.end(),
                                      std::chrono::floor<std::chrono::days>(i.wall));
        });
    }

    const Time& start_;
    Span window_;
    Zones& zones_;
    ExpansionBudget& budget_;
    Expansion out_;
};

}  // namespace

Expansion expand(const Time& start, const Recurrence& recurrence, Span window, Zones& zones,
                 ExpansionBudget& budget) {
    Expander expander(start, window, zones, budget);
    expander.add(start.wall);
    for (const auto& rule : recurrence.rules) expander.follow(rule);
    for (const auto& date : recurrence.dates) {
        // A further date may be written in another zone than the start.
        if (date.form == Time::Form::date && start.form != Time::Form::date)
            expander.add(date.wall + (start.wall - std::chrono::floor<std::chrono::days>(start.wall)));
        else
            expander.add(zones.to_wall(start, zones.to_utc(date)));
    }
    return expander.finish(recurrence.exceptions);
}

}  // namespace vv::formats::calendar
