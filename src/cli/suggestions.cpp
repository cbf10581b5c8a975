#include "cli/suggestions.h"

#include "app/suggestions.h"
#include "app/ties.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

struct Options {
    std::string account;
    std::string city, near, from, to;
    std::optional<double> within;
    std::vector<std::string> relations;
    int limit = 10;
};

Result<std::optional<LatLng>> parse_near(const std::string& text) {
    if (text.empty()) return std::optional<LatLng>();
    LatLng at;
    const char* end = text.data() + text.size();
    const auto lat = std::from_chars(text.data(), end, at.lat);
    if (lat.ec == std::errc() && lat.ptr != end && *lat.ptr == ',') {
        const auto lng = std::from_chars(lat.ptr + 1, end, at.lng);
        if (lng.ec == std::errc() && lng.ptr == end && at.is_valid()) return std::optional(at);
    }
    return Error(Fault::invalid, "meet.near", "--near is LAT,LON in degrees, as 43.65,-79.38.");
}

Result<std::optional<Date>> parse_day(const std::string& text) {
    if (text.empty()) return std::optional<Date>();
    TRY(const Date date, parse_date(text));
    return std::optional(date);
}

Result<app::SuggestionsWanted> wanted_of(const Options& options) {
    app::SuggestionsWanted wanted;
    wanted.city = options.city;
    TRY(wanted.near, parse_near(options.near));
    TRY(wanted.from, parse_day(options.from));
    TRY(wanted.to, parse_day(options.to));
    wanted.within_km = options.within;
    wanted.limit = static_cast<std::size_t>(std::max(0, options.limit));
    for (const std::string& name : options.relations) {
        const auto relation = core::parse_relation(name);
        if (!relation)
            return Error(
                Fault::invalid, "meet.relation",
                "--relation is colleague, competitor, customer, friend, relative, acquaintance or stranger.");
        wanted.relations.push_back(*relation);
    }
    return wanted;
}

json::object to_json(const app::SuggestedMeeting& meeting, std::size_t rank) {
    const core::Suggestion& s = meeting.suggestion;
    json::array reasons;
    for (const core::Reason& reason : s.reasons)
        reasons.push_back({{"kind", reason.kind}, {"text", reason.text}, {"weight", reason.weight}});
    return {
        {"rank", rank},
        {"person", {{"id", to_string(s.person)}, {"name", meeting.person.name}}},
        {"score", s.score},
        {"distance_km", s.distance_km ? json::value(*s.distance_km) : json::value(nullptr)},
        {"reasons", std::move(reasons)},
        {"suggested",
         {{"kind", core::to_string(s.idea)},
          {"start", meeting.when ? json::value(format_rfc3339(meeting.when->start)) : json::value(nullptr)},
          {"place", nullptr}}}};
}

// The three largest reasons that speak for it, as the page shows them.
std::string spoken_reasons(const core::Suggestion& s) {
    std::string text;
    int shown = 0;
    for (const core::Reason& reason : s.reasons) {
        if (reason.weight <= 0 || shown == 3) break;
        text += (shown++ > 0 ? "; " : "") + reason.text;
    }
    return text;
}

Result<Exit> print_meetings(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const app::SuggestionsWanted wanted, wanted_of(options));
    TRY(store::Database * db, env.database());
    CHECK(
        db->write_now([&](store::Tx& tx) { return app::refresh_due_ties(tx, caller.account, caller.now); }));
    TRY(const auto meetings,
        db->read_now([&](store::Tx& tx) { return app::suggest_meetings(tx, caller, wanted); }));
    std::size_t rank = 0;
    for (const auto& meeting : meetings) {
        ++rank;
        if (env.json()) {
            env.out() << json::serialize(to_json(meeting, rank)) << "\n";
            continue;
        }
        env.out() << (rank < 10 ? " " : "") << rank << "  " << meeting.person.name << " ("
                  << core::to_string(meeting.suggestion.idea) << ")\n    "
                  << spoken_reasons(meeting.suggestion) << "\n";
    }
    if (meetings.empty() && !env.json())
        env.out() << "Nobody to suggest. Import an archive, or widen the search.\n";
    return Exit::done;
}

}  // namespace

void add_suggestions_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command meet = root.add("meet", "Whom to meet face to face, best first, with reasons");
    meet.required("--account", options->account, "For whom");
    meet.option("--city", options->city, "Near the middle of a city");
    meet.option("--near", options->near, "Near LAT,LON; the account's home without either");
    meet.option("--within", options->within, "Only people known to be within so many kilometres");
    meet.option("--from", options->from, "The first day, YYYY-MM-DD; tomorrow without it");
    meet.option("--to", options->to, "The last day; four weeks later without it");
    meet.option("--relation", options->relations, "Only these relations; may be given again");
    meet.option("--limit", options->limit, "At most so many");
    meet.run([options](Environment& env) { return print_meetings(env, *options); });
}

}  // namespace vv::cli
