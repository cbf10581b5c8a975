#include "cli/subscriptions.h"

#include "app/subscriptions.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "cli/import.h"
#include "jobs/runner.h"
#include "jobs/subscriptions.h"
#include "store/database.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <iomanip>
#include <istream>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

namespace json = boost::json;

struct Options {
    std::string account;
    std::string url;
    std::string name;
    std::string user;
    std::string id;
    std::optional<double> every;
};

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value time_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_rfc3339(*time)) : json::value(nullptr);
}

void print(Environment& env, const app::Subscription& s, const Zone& zone) {
    if (env.json()) {
        env.out() << json::serialize(json::object{
                         {"id", to_string(s.id)},
                         {"name", s.name},
                         {"kind", text_or_null(s.kind)},
                         {"url", s.url},
                         {"every_minutes", s.every_minutes},
                         {"checked_at", time_or_null(s.checked_at)},
                         {"changed_at", time_or_null(s.changed_at)},
                         {"next_at", s.is_stopped ? json::value(nullptr) : time_or_null(s.next_at)},
                         {"error", text_or_null(s.error)}})
                  << "\n";
        return;
    }
    env.out() << std::left << std::setw(20) << to_string(s.id) << std::setw(10)
              << (s.kind.empty() ? "-" : s.kind) << std::setw(12)
              << (s.checked_at ? format_date(zone.date_of(*s.checked_at)) : "-") << s.name << "  " << s.url
              << (s.error.empty() ? "" : "  " + s.error) << "\n";
}

/// Looks at one subscription in this process.
Result<app::Subscription> look_now(Environment& env, const app::Caller& caller, app::SubscriptionId id) {
    TRY(store::Database * db, env.database());
    TRY(const DataPlace place, env.place());
    jobs::RunnerOptions running;
    running.now = [now = caller.now] { return now; };
    running.machine_now = &system_now;
    jobs::Runner runner(*db, running);
    jobs::add_subscription_jobs(
        runner, {env.ids(), place.folder, place.outbound_allow_private, place.outbound_timeout, false});
    CHECK(runner.run_here(app::subscription_job(caller.account, id, caller.now, env.ids()),
                          [](const store::jobs::Progress&) {}));
    return db->read_now([&](store::Tx& tx) { return app::find_subscription(tx, caller.account, id); });
}

Result<app::NewSubscription> wanted_of(Environment& env, const Options& options) {
    app::NewSubscription wanted;
    wanted.url = options.url;
    wanted.name = options.name;
    wanted.user = options.user;
    wanted.is_read_by_caller = true;
    if (options.every) {
        if (!(*options.every >= 0) || *options.every > 10'000)
            return Error(Fault::invalid, "subscription.every", "--every is a number of hours.");
        wanted.every_minutes = static_cast<int>(std::lround(*options.every * 60));
    }
    if (!options.user.empty()) {
        if (env.in_is_terminal()) env.err() << "Password: " << std::flush;
        std::getline(env.in(), wanted.password);
    }
    return wanted;
}

Result<Exit> subscribe(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const app::NewSubscription wanted, wanted_of(env, options));
    TRY(store::Database * db, env.database());
    TRY(const app::Subscription added,
        db->write_now([&](store::Tx& tx) { return app::add_subscription(tx, caller, wanted, &env.ids()); }));
    TRY(const app::Subscription read, look_now(env, caller, added.id));
    if (!read.error.empty()) {
        // What can't be read the first time is mistyped, most often: nothing of it is kept.
        CHECK(db->write_now([&](store::Tx& tx) { return app::remove_subscription(tx, caller, added.id); }));
        return Error(Fault::conflict, read.error_code, read.error);
    }
    print(env, read, caller.zone);
    if (!read.import) return Exit::done;
    return run_imports(env, caller, {*read.import});
}

Result<Exit> list(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    TRY(const auto all, db->read_now([&](store::Tx& tx) { return app::list_subscriptions(tx, caller); }));
    for (const app::Subscription& one : all) print(env, one, caller.zone);
    return Exit::done;
}

Result<Exit> remove(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const std::int64_t id, parse_id(options.id));
    TRY(store::Database * db, env.database());
    CHECK(db->write_now(
        [&](store::Tx& tx) { return app::remove_subscription(tx, caller, app::SubscriptionId{id}); }));
    return Exit::done;
}

/// For who runs no server, which does it by itself.
Result<Exit> check(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    TRY(const auto due,
        db->write_now([&](store::Tx& tx) { return app::take_due_subscriptions(tx, caller); }));
    std::vector<app::ImportId> imports;
    bool has_failed = false;
    for (const app::Subscription& one : due) {
        TRY(const app::Subscription read, look_now(env, caller, one.id));
        print(env, read, caller.zone);
        has_failed = has_failed || !read.error.empty();
        if (read.import && read.import != one.import) imports.push_back(*read.import);
    }
    if (!imports.empty()) {
        TRY(const Exit exit, run_imports(env, caller, imports));
        if (exit != Exit::done) return exit;
    }
    return has_failed ? Exit::refused : Exit::done;
}

}  // namespace

void add_subscription_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command adding = root.add("subscribe", "Read a calendar, an address book or a feed again and again");
    adding.required("--account", options->account, "Whose");
    adding.required("URL", options->url, "Where it lies: https://, http:// or webcal://");
    adding.option("--name", options->name, "What to call it; without it, after the address");
    adding.option("--every", options->every, "Hours between two looks, 0.25 to 720; 6 without it");
    adding.option("--user", options->user, "The name to sign in with; the password is read from stdin");
    adding.run([options](Environment& env) { return subscribe(env, *options); });

    Command all = root.add("subscriptions", "What is read again and again");
    Command listing = all.add("list", "All of them");
    listing.required("--account", options->account, "Whose");
    listing.run([options](Environment& env) { return list(env, *options); });
    Command removing = all.add("remove", "Read one no more; what it brought stays");
    removing.required("--account", options->account, "Whose");
    removing.required("ID", options->id, "Which, as `subscriptions list` names it");
    removing.run([options](Environment& env) { return remove(env, *options); });
    Command checking = all.add("check", "Read those whose turn it is, as a server does by itself");
    checking.required("--account", options->account, "Whose");
    checking.run([options](Environment& env) { return check(env, *options); });
}

}  // namespace vv::cli
