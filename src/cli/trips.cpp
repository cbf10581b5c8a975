#include "cli/trips.h"

#include "app/ties.h"
#include "app/trips.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;
using store::trips::Part;

struct Options {
    std::string account;
    std::string near, from, to;
    std::optional<double> within;
    std::optional<int> most_a_day;
};

Result<LatLng> parse_near(const std::string& text) {
    LatLng at;
    const char* end = text.data() + text.size();
    const auto lat = std::from_chars(text.data(), end, at.lat);
    if (lat.ec == std::errc() && lat.ptr != end && *lat.ptr == ',') {
        const auto lng = std::from_chars(lat.ptr + 1, end, at.lng);
        if (lng.ec == std::errc() && lng.ptr == end) return at;
    }
    return Error(Fault::invalid, "trip.near", "--near is LAT,LON in degrees, as 43.65,-79.38.");
}

/// A moment, or a whole day of the trip's own time: its beginning, or its end.
enum class Edge { begins, ends };
Result<Instant> parse_edge(const std::string& text, const Zone& zone, Edge edge) {
    if (text.size() > 10) return parse_rfc3339(text);
    TRY(const Date day, parse_date(text));
    if (edge == Edge::begins) return zone.start_of(day);
    return zone.start_of(Date(std::chrono::local_days(day) + std::chrono::days(1)));
}

Result<app::TripWanted> wanted_of(const app::Caller& caller, const Options& options) {
    app::TripWanted wanted;
    TRY(wanted.at, parse_near(options.near));
    wanted.within_km = options.within;
    wanted.most_a_day = options.most_a_day;
    // Days are meant where the trip goes, so first the place.
    app::TripWanted place = wanted;
    place.start = caller.now;
    place.end = caller.now + std::chrono::hours(1);
    TRY(const core::TripFrame frame, app::frame_of(caller, place));
    TRY(wanted.start, parse_edge(options.from, frame.zone, Edge::begins));
    TRY(wanted.end, parse_edge(options.to, frame.zone, Edge::ends));
    return wanted;
}

/// `value` in the units of `meet`'s scores.
double value_of(double worth) {
    return worth / 100;
}

json::object to_json(const Part& part, const std::string& name) {
    json::object person{{"id", to_string(part.person)}, {"name", name}};
    json::object place{{"name", part.place.empty() ? json::value(nullptr) : json::value(part.place)},
                       {"at", {part.at.lat, part.at.lng}}};
    return {{"start", format_rfc3339(part.when->start)},
            {"end", format_rfc3339(part.when->end)},
            {"person", std::move(person)},
            {"place", std::move(place)},
            {"travel_minutes", part.travel.count()},
            {"value", value_of(part.worth)}};
}

std::string clock_of(Instant at, const Zone& zone) {
    const WallTime wall = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::hh_mm_ss clock(wall - day);
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()));
    return text.data();
}

void say(std::ostream& out, const Part& part, const std::string& name, const Zone& zone) {
    out << format_date(zone.date_of(part.when->start)) << "  " << clock_of(part.when->start, zone) << "–"
        << clock_of(part.when->end, zone) << "  " << name << " (" << core::to_string(part.kind) << "), "
        << part.travel.count() << " min on the way\n";
}

void say_summary(std::ostream& out, const app::TripDraft& draft, int meetings, std::size_t left_out) {
    out << meetings << (meetings == 1 ? " meeting" : " meetings") << ", " << left_out << " left out";
    if (meetings > 0 && draft.worth >= draft.bound)
        out << "; no plan is better";
    else if (draft.bound > 0 && meetings > 0)
        out << "; at least " << static_cast<int>(100 * draft.worth / draft.bound)
            << " % of what the best could be";
    out << ".\n";
}

Result<Exit> print_trip(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const app::TripWanted wanted, wanted_of(caller, options));
    TRY(store::Database * db, env.database());
    CHECK(
        db->write_now([&](store::Tx& tx) { return app::refresh_due_ties(tx, caller.account, caller.now); }));
    const auto began = std::chrono::steady_clock::now();
    TRY(const auto draft, db->read_now([&](store::Tx& tx) { return app::draft_trip(tx, caller, wanted); }));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    int meetings = 0;
    for (const auto& [part, name] : draft.parts) {
        if (!part.when) continue;
        ++meetings;
        if (env.json())
            env.out() << json::serialize(to_json(part, name)) << "\n";
        else
            say(env.out(), part, name, draft.frame.zone);
    }
    const std::size_t left_out = draft.parts.size() - static_cast<std::size_t>(meetings);
    if (env.json())
        env.out() << json::serialize(json::object{{"meetings", meetings},
                                                  {"value", value_of(draft.worth)},
                                                  {"bound", value_of(draft.bound)},
                                                  {"left_out", left_out},
                                                  {"seconds", took.count()}})
                  << "\n";
    else
        say_summary(env.out(), draft, meetings, left_out);
    return Exit::done;
}

}  // namespace

void add_trips_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command trip = root.add("trip", "The best set of meetings that a trip can hold");
    trip.required("--account", options->account, "Whose trip");
    trip.required("--near", options->near, "Where: LAT,LON");
    trip.required("--from", options->from, "From when: YYYY-MM-DD or RFC 3339");
    trip.required("--to", options->to, "Until when; a day is included");
    trip.option("--within", options->within, "People within so many kilometres; 30 without it");
    trip.option("--most-a-day", options->most_a_day, "Meetings a day at most; 4 without it");
    trip.run([options](Environment& env) { return print_trip(env, *options); });
}

}  // namespace vv::cli
