#include "cli/people.h"

#include "app/people.h"
#include "app/ties.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <algorithm>
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
    std::string stage, relation, query;
    std::optional<int> limit;
};

json::value time_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_rfc3339(*time)) : json::value(nullptr);
}

json::object to_json(const app::PersonWithIdentities& one) {
    json::array identities;
    for (const auto& i : one.identities)
        identities.push_back(
            {{"id", to_string(i.id)}, {"network", i.network}, {"key", i.key}, {"name", i.name}});
    const core::Person& p = one.person;
    return {{"id", to_string(p.id)},
            {"name", p.name},
            {"relation", core::to_string(p.relation)},
            {"stage", core::to_string(p.stage)},
            {"trust", p.trust},
            {"city", p.city.empty() ? json::value(nullptr) : json::value(p.city)},
            {"first_contact", time_or_null(p.first_contact)},
            {"last_contact", time_or_null(p.last_contact)},
            {"last_met", time_or_null(p.last_met)},
            {"encounters", p.encounters},
            {"identities", std::move(identities)}};
}

void print_row(std::ostream& out, const app::PersonWithIdentities& one, const Zone& zone) {
    const core::Person& p = one.person;
    out << std::left << std::setw(20) << to_string(p.id) << std::setw(13) << core::to_string(p.relation)
        << std::setw(9) << core::to_string(p.stage) << std::setw(11)
        << (p.last_met ? format_date(zone.date_of(*p.last_met)) : "-") << p.name << "\n";
}

Result<app::PeopleWanted> wanted_of(const Options& options) {
    app::PeopleWanted wanted;
    wanted.query = options.query;
    wanted.limit = options.limit ? static_cast<std::size_t>(std::max(0, *options.limit)) : 1'000'000'000;
    if (!options.stage.empty() && !(wanted.stage = core::parse_stage(options.stage)))
        return Error(Fault::invalid, "people.stage", "--stage is known, in_touch, planned or met.");
    if (!options.relation.empty() && !(wanted.relation = core::parse_relation(options.relation)))
        return Error(
            Fault::invalid, "people.relation",
            "--relation is colleague, competitor, customer, friend, relative, acquaintance or stranger.");
    return wanted;
}

Result<Exit> print_people(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const app::PeopleWanted wanted, wanted_of(options));
    TRY(store::Database * db, env.database());
    CHECK(
        db->write_now([&](store::Tx& tx) { return app::refresh_due_ties(tx, caller.account, caller.now); }));
    TRY(const auto people, db->read_now([&](store::Tx& tx) { return app::all_people(tx, caller, wanted); }));
    for (const auto& one : people) {
        if (env.json())
            env.out() << json::serialize(to_json(one)) << "\n";
        else
            print_row(env.out(), one, caller.zone);
    }
    return Exit::done;
}

}  // namespace

Command add_people_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command people = root.add("people", "The people, resolved from every archive");
    people.required("--account", options->account, "Whose people");
    people.option("--stage", options->stage, "Only known, in_touch, planned or met");
    people.option("--relation", options->relation,
                  "Only colleague, competitor, customer, friend, relative, …");
    people.option("--query", options->query,
                  "Words or beginnings of words of whatever is known; a name may be misspelt");
    people.option("--limit", options->limit, "At most so many; all without it");
    people.run([options](Environment& env) { return print_people(env, *options); });
    return people;
}

}  // namespace vv::cli
