#include "app/texts.h"

#include "base/result.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

extern "C" const char vv_texts_en[];
extern "C" const char vv_texts_en_end[];

namespace vv::app {
namespace {

using std::chrono::days;

struct Catalogue {
    std::string_view language;
    Texts texts;
};

// English first: it stands in for the others.
const std::vector<Catalogue>& catalogues() {
    static const std::vector<Catalogue> all{
        {"en", Texts({vv_texts_en, static_cast<std::size_t>(vv_texts_en_end - vv_texts_en)})}};
    return all;
}

std::string clock_time(WallTime at) {
    const std::chrono::hh_mm_ss clock(at - std::chrono::floor<days>(at));
    std::array<char, 16> out{};
    std::snprintf(out.data(), out.size(), "%02d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()));
    return out.data();
}

}  // namespace

Texts::Texts(std::string_view file) {
    for (const std::string_view line : split(file, '\n')) {
        const std::size_t equals = line.find(" = ");
        if (line.starts_with('#') || equals == std::string_view::npos) continue;
        texts_.emplace(trim(line.substr(0, equals)), trim(line.substr(equals + 3)));
    }
}

const Texts& Texts::of(std::string_view locale) {
    const std::string_view language = locale.substr(0, locale.find('-'));
    const auto found = std::find_if(catalogues().begin(), catalogues().end(),
                                    [&](const Catalogue& one) { return one.language == language; });
    return found == catalogues().end() ? catalogues().front().texts : found->texts;
}

std::string Texts::say(std::string_view key) const {
    return say(key, {});
}

std::string Texts::say(std::string_view key, const formats::Fields& fields) const {
    const auto found = texts_.find(key);
    if (found != texts_.end()) return formats::fill_text(found->second, fields);
    const Texts& english = catalogues().front().texts;
    VV_ASSERT(this != &english);
    return english.say(key, fields);
}

std::string say_day(const Texts& texts, Instant at, const Zone& zone, Instant now) {
    const Date day = zone.date_of(at);
    const std::chrono::weekday weekday{std::chrono::sys_days(day)};
    formats::Fields fields;
    fields.set("weekday", texts.say("weekday." + std::to_string(weekday.c_encoding())))
        .set("day", std::to_string(static_cast<unsigned>(day.day())))
        .set("month", texts.say("month." + std::to_string(static_cast<unsigned>(day.month()))))
        .set("year", std::to_string(static_cast<int>(day.year())));
    const bool is_this_year = day.year() == zone.date_of(now).year();
    return texts.say(is_this_year ? "day" : "day.year", fields);
}

std::string say_when(const Texts& texts, Span when, const Zone& zone, Instant now) {
    formats::Fields fields;
    fields.set("day", say_day(texts, when.start, zone, now))
        .set("start", clock_time(zone.to_local(when.start)))
        .set("end_day", say_day(texts, when.end, zone, now))
        .set("end", clock_time(zone.to_local(when.end)));
    const bool is_one_day = zone.date_of(when.start) == zone.date_of(when.end);
    return texts.say(is_one_day ? "when" : "when.days", fields);
}

std::string say_hours(const Texts& texts, Span when, const Zone& zone, Instant now) {
    const std::string end_time = clock_time(zone.to_local(when.end));
    const bool is_one_day = zone.date_of(when.start) == zone.date_of(when.end);
    formats::Fields fields;
    fields.set("start", clock_time(zone.to_local(when.start)))
        .set("end", is_one_day ? end_time : say_moment(texts, when.end, zone, now));
    return texts.say("hours", fields);
}

std::string say_moment(const Texts& texts, Instant at, const Zone& zone, Instant now) {
    formats::Fields fields;
    fields.set("day", say_day(texts, at, zone, now)).set("time", clock_time(zone.to_local(at)));
    return texts.say("moment", fields);
}

std::string city_of(const Zone& zone) {
    std::string city = zone.name().substr(zone.name().rfind('/') + 1);
    std::replace(city.begin(), city.end(), '_', ' ');
    return city;
}

}  // namespace vv::app
