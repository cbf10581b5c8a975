#include "cli/tally.h"

#include "app/encounters.h"
#include "app/tally.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iomanip>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

struct Options {
    std::string account;
    std::optional<int> year;
};

template <class Map>
json::object counts_of(const Map& counts) {
    json::object object;
    for (const auto& [name, count] : counts) object[core::to_string(name)] = count;
    return object;
}

template <class T>
json::value or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

void print_json(std::ostream& out, const core::Tally& tally) {
    out << json::serialize(
               json::object{{"year", tally.year},
                            {"met", tally.met},
                            {"first_meetings", tally.first_meetings},
                            {"encounters", tally.encounters},
                            {"goal", or_null(tally.goal)},
                            {"expected_by_now", or_null(tally.expected_by_now)},
                            {"by_relation", counts_of(tally.by_relation)},
                            {"by_evidence", counts_of(tally.by_evidence)},
                            {"by_month", json::array(tally.by_month.begin(), tally.by_month.end())}})
        << "\n";
}

template <class Map>
void print_counts(std::ostream& out, const char* title, const Map& counts) {
    if (counts.empty()) return;
    out << title;
    for (const auto& [name, count] : counts) out << "  " << core::to_string(name) << " " << count;
    out << "\n";
}

void print_text(std::ostream& out, const core::Tally& tally) {
    out << tally.met << (tally.met == 1 ? " person" : " people") << " met face to face in " << tally.year;
    if (tally.goal) out << ", of " << *tally.goal << " meant";
    if (tally.expected_by_now) out << " (" << *tally.expected_by_now << " expected by now)";
    out << "\n" << tally.first_meetings << " for the first time; " << tally.encounters << " encounters\n";
    print_counts(out, "relation", tally.by_relation);
    print_counts(out, "evidence", tally.by_evidence);
    out << "month   ";
    for (const int count : tally.by_month) out << std::setw(4) << count;
    out << "\n";
}

Result<Exit> print_tally(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    TRY(const app::YearTally year,
        db->read_now([&](store::Tx& tx) { return app::tally_year(tx, caller, options.year); }));
    if (env.json())
        print_json(env.out(), year.tally);
    else
        print_text(env.out(), year.tally);
    return Exit::done;
}

json::object to_json(const core::Encounter& e, const app::EncounterList& list) {
    json::array people;
    for (const core::PersonId person : e.people)
        people.push_back({{"id", to_string(person)}, {"name", list.people.at(person).name}});
    const json::value name = e.place.empty() ? json::value(nullptr) : json::value(e.place);
    const json::value at = e.at ? json::value{e.at->lat, e.at->lng} : json::value(nullptr);
    return {{"id", to_string(e.id)},
            {"kind", core::to_string(e.kind)},
            {"start", format_rfc3339(e.start)},
            {"end", e.end ? json::value(format_rfc3339(*e.end)) : json::value(nullptr)},
            {"place", {{"name", name}, {"at", at}}},
            {"people", std::move(people)},
            {"evidence", core::to_string(e.evidence)},
            {"sources", json::array(e.sources.begin(), e.sources.end())}};
}

void print_row(std::ostream& out, const core::Encounter& e, const app::EncounterList& list,
               const Zone& zone) {
    out << std::left << std::setw(12) << format_date(zone.date_of(e.start)) << std::setw(12)
        << core::to_string(e.kind) << std::setw(11) << core::to_string(e.evidence);
    const char* comma = "";
    for (const core::PersonId person : e.people) {
        out << comma << list.people.at(person).name;
        comma = ", ";
    }
    out << (e.place.empty() ? "" : "; " + e.place) << "\n";
}

Result<Exit> print_encounters(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    TRY(const app::EncounterList list, db->read_now([&](store::Tx& tx) {
        return app::list_encounters(tx, caller, options.year, app::Include::past);
    }));
    for (const core::Encounter& encounter : list.encounters) {
        if (env.json())
            env.out() << json::serialize(to_json(encounter, list)) << "\n";
        else
            print_row(env.out(), encounter, list, caller.zone);
    }
    return Exit::done;
}

}  // namespace

void add_tally_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command tally = root.add("tally", "People met face to face in a year, against the goal");
    tally.required("--account", options->account, "Whose tally");
    tally.option("--year", options->year, "The year; the current one without it");
    tally.run([options](Environment& env) { return print_tally(env, *options); });

    Command encounters = root.add("encounters", "The times people were face to face, with the evidence");
    encounters.required("--account", options->account, "Whose encounters");
    encounters.option("--year", options->year, "Only of this year");
    encounters.run([options](Environment& env) { return print_encounters(env, *options); });
}

}  // namespace vv::cli
