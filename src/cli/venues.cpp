#include "cli/venues.h"

#include "cli/command.h"
#include "cli/import_output.h"
#include "jobs/venues.h"
#include "store/database.h"
#include "store/venues.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kShownEvery = 1U << 20;

struct Options {
    std::string path, data_set;
};

void print_rejection(Environment& env, const std::string& file, std::int64_t feature,
                     const std::string& error) {
    if (env.json())
        env.out() << json::serialize(json::object{
                         {"rejected", json::object{{"file", file}, {"feature", feature}, {"error", error}}}})
                  << "\n";
    else
        env.complain(file + ", feature " + std::to_string(feature) + ": " + error);
}

void print_report(Environment& env, const jobs::VenueReport& report, double seconds) {
    if (env.json()) {
        env.out() << json::serialize(json::object{{"set", report.data_set},
                                                  {"features", report.features},
                                                  {"passed_over", report.passed_over},
                                                  {"venues", report.venues},
                                                  {"created", report.created},
                                                  {"changed", report.changed},
                                                  {"removed", report.removed},
                                                  {"rejected", report.rejected},
                                                  {"seconds", seconds}})
                  << "\n";
        return;
    }
    env.out() << report.data_set << ": " << report.venues << " places to meet; " << report.created << " new, "
              << report.changed << " changed, " << report.removed << " gone, " << report.rejected
              << " rejected, " << report.passed_over << " features passed over.\n";
}

Result<Exit> import_file(Environment& env, const Options& options) {
    TRY(store::Database * db, env.database());
    TRY(const DataPlace place, env.place());
    const std::string path = std::filesystem::absolute(options.path).lexically_normal().string();
    const std::string name = std::filesystem::path(path).filename().string();
    const auto began = std::chrono::steady_clock::now();
    Result<jobs::VenueReport> report = Error(Fault::invalid, "venues.path", "Give a file.");
    {
        ProgressBar bar(env, name);
        std::uint64_t shown = 0;
        jobs::VenueListener listener;
        listener.progress = [&](std::uint64_t done, std::uint64_t total) {
            if (done < shown + kShownEvery) return;
            shown = done;
            bar.show({static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), {}});
        };
        listener.rejected = [&](std::int64_t feature, const std::string& error) {
            print_rejection(env, name, feature, error);
        };
        report =
            jobs::import_venues(*db, env.ids(), {path, options.data_set, place.folder}, listener, env.now());
    }
    const auto is_of_file = [](const Error& error) {
        return (error.fault == Fault::invalid || error.fault == Fault::not_found) &&
               error.code != "venues.set";
    };
    if (!report && is_of_file(report.error())) {
        env.complain(name + ": " + report.error().detail);
        return Exit::unreadable;
    }
    TRY(const jobs::VenueReport done, std::move(report));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    print_report(env, done, static_cast<double>(static_cast<int>(took.count() * 1'000)) / 1'000);
    return done.rejected > 0 ? Exit::some_rejected : Exit::done;
}

Result<Exit> list_sets(Environment& env) {
    TRY(store::Database * db, env.database());
    TRY(const auto sets, db->read_now([](store::Tx& tx) -> Result<std::vector<store::venues::Set>> {
        return store::venues::sets(tx);
    }));
    for (const auto& set : sets) {
        if (env.json())
            env.out() << json::serialize(json::object{{"set", set.name},
                                                      {"venues", set.venues},
                                                      {"read_at", format_rfc3339(set.read_at)}})
                      << "\n";
        else
            env.out() << set.name << "  " << set.venues << " places, read " << format_rfc3339(set.read_at)
                      << "\n";
    }
    return Exit::done;
}

Result<Exit> remove_set(Environment& env, const Options& options) {
    TRY(store::Database * db, env.database());
    TRY(const std::int64_t removed, jobs::remove_venues(*db, env.ids(), options.data_set, env.now()));
    if (removed == 0)
        return Error(Fault::not_found, "venues.unknown",
                     "There is no set '" + options.data_set + "'; `visavis venues list` names them.");
    if (!env.json()) env.out() << removed << " places are gone.\n";
    return Exit::done;
}

}  // namespace

void add_venue_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command venues = root.add("venues", "Places to meet from a map, for everybody on this server");

    Command read = venues.add("import", "Read GeoJSON, or an extract of OpenStreetMap with osmium's help");
    read.required("FILE", options->path, "A .geojson file with OpenStreetMap's tags, or an .osm.pbf extract");
    read.option("--set", options->data_set,
                "What the next edition of it replaces; the file's name up to its first dot without it");
    read.run([options](Environment& env) { return import_file(env, *options); });

    Command list = venues.add("list", "The sets so far");
    list.run([](Environment& env) { return list_sets(env); });

    Command remove = venues.add("remove", "Take a set out again");
    remove.required("SET", options->data_set, "Which, as `venues list` names it");
    remove.run([options](Environment& env) { return remove_set(env, *options); });
}

}  // namespace vv::cli
