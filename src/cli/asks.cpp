#include "cli/asks.h"

#include "app/asks_match.h"
#include "app/ties.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "core/cities.h"
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

constexpr double kInTownKm = 50;

struct Options {
    std::string account, text;
    std::optional<int> count;
    std::string by, city, near;
    int limit = 20;
};

Result<LatLng> parse_near(std::string_view text) {
    LatLng at;
    const char* end = text.data() + text.size();
    const auto lat = std::from_chars(text.data(), end, at.lat);
    if (lat.ec == std::errc() && lat.ptr != end && *lat.ptr == ',') {
        const auto lng = std::from_chars(lat.ptr + 1, end, at.lng);
        if (lng.ec == std::errc() && lng.ptr == end && at.is_valid()) return at;
    }
    return Error(Fault::invalid, "ask.near", "--near is LAT,LON in degrees, as 43.65,-79.38.");
}

// What the options say stands before what the text says.
Result<core::Ask> ask_of(const Options& options, const app::Caller& caller) {
    TRY(core::Ask ask, core::read_ask(options.text, caller.zone.date_of(caller.now)));
    if (options.count) ask.count = options.count;
    if (!options.by.empty()) {
        TRY(const Date by, parse_date(options.by));
        ask.by = by;
    }
    if (!options.city.empty()) {
        TRY(ask.place, core::ask_place(options.city));
    }
    if (!options.near.empty()) {
        TRY(const LatLng at, parse_near(options.near));
        const auto city = core::nearest_city(at, kInTownKm);
        ask.place = core::AskPlace{city ? city->name : "there", at, city ? city->country : std::string()};
    }
    return core::check_ask(std::move(ask));
}

json::object to_json(const app::MatchedPerson& one, std::size_t rank) {
    json::array reasons;
    for (const core::Reason& reason : one.match.reasons)
        reasons.push_back({{"kind", reason.kind}, {"text", reason.text}, {"weight", reason.weight}});
    return {{"rank", rank},
            {"person", {{"id", to_string(one.person.id)}, {"name", one.person.name}}},
            {"fit", one.match.fit},
            {"warmth", one.match.warmth},
            {"score", one.match.score},
            {"path", json::array{{{"name", one.person.name}, {"trust", one.person.trust}}}},
            {"reasons", std::move(reasons)}};
}

// What fits and what makes it likely, the first three of what speaks for it.
std::string spoken_reasons(const core::asks::Match& match) {
    std::string text;
    for (const core::Reason& reason : match.reasons)
        if (reason.kind == "title" || reason.kind == "noted") text = reason.text;
    int shown = 0;
    for (const core::Reason& reason : match.reasons) {
        if (reason.weight <= 0 || shown == 3) break;
        text += (text.empty() ? "" : "; ") + reason.text;
        ++shown;
    }
    return text;
}

Result<Exit> print_fitting(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const core::Ask ask, ask_of(options, caller));
    TRY(store::Database * db, env.database());
    CHECK(
        db->write_now([&](store::Tx& tx) { return app::refresh_due_ties(tx, caller.account, caller.now); }));
    const auto limit = static_cast<std::size_t>(std::max(0, options.limit));
    TRY(const auto people,
        db->read_now([&](store::Tx& tx) { return app::match_people(tx, caller, ask, limit); }));
    std::size_t rank = 0;
    for (const auto& one : people) {
        ++rank;
        if (env.json())
            env.out() << json::serialize(to_json(one, rank)) << "\n";
        else
            env.out() << (rank < 10 ? " " : "") << rank << "  " << one.person.name << "\n    "
                      << spoken_reasons(one.match) << "\n";
    }
    if (people.empty() && !env.json())
        env.out()
            << "Nobody of whom anything of the kind is known. Say it in other words, or import an archive.\n";
    return Exit::done;
}

}  // namespace

void add_asks_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command ask = root.add("ask", "Who of your people fits an ask, with reasons");
    ask.required("--account", options->account, "Whose people");
    ask.required("TEXT", options->text, "The ask in plain words: \"four chief executives for an article\"");
    ask.option("--count", options->count, "How many are wanted; it limits no lines");
    ask.option("--by", options->by, "By when, YYYY-MM-DD");
    ask.option("--city", options->city, "Where, by a city's name; wins over the text");
    ask.option("--near", options->near, "Where, LAT,LON");
    ask.option("--limit", options->limit, "At most so many lines");
    ask.run([options](Environment& env) { return print_fitting(env, *options); });
}

}  // namespace vv::cli
