#include "cli/import.h"

#include "app/imports.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "cli/import_output.h"
#include "jobs/import_archive.h"
#include "store/database.h"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <memory>
#include <ostream>
#include <vector>

namespace vv::cli {
namespace {

using store::imports::Report;
using store::imports::State;

struct Options {
    std::string account;
    std::vector<std::string> paths;
    std::string id;
};

/// Set by Ctrl-C; a handler may do no more.
std::atomic<bool> is_interrupted{false};

/// Lets Ctrl-C take the import back instead of ending the process in the middle of it.
class InterruptGuard {
public:
    InterruptGuard() : before_(std::signal(SIGINT, [](int) { is_interrupted = true; })) {}
    ~InterruptGuard() { std::signal(SIGINT, before_); }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

private:
    void (*before_)(int);
};

/// The one import job, in this process, with its progress on stderr.
class ImportCommand {
public:
    ImportCommand(Environment& env, store::Database& db, const app::Caller& caller)
        : env_(env), db_(db), caller_(caller), runner_(db, options()) {
        const jobs::ImportDeps deps{env.ids(), &system_now};
        runner_.on(store::imports::kJob, [deps](store::Database& base, jobs::JobContext& context) {
            return jobs::run_import(base, context, deps);
        });
    }

    Result<Done> run(app::ImportId id, const std::string& name, const std::string& path, bool is_leaving) {
        auto job = app::import_job(caller_.account, id, caller_.now, env_.ids());
        job.payload["name"] = name;
        job.payload["path"] = path;
        if (is_leaving) job.payload.emplace("leaving", "1");
        const InterruptGuard guard;
        ProgressBar bar(env_, name);
        return runner_.run_here(job, [&](const store::jobs::Progress& progress) {
            bar.show(progress);
            if (is_interrupted) runner_.cancel_here();
        });
    }

private:
    jobs::RunnerOptions options() const {
        jobs::RunnerOptions options;
        options.now = [now = caller_.now] { return now; };
        options.machine_now = &system_now;
        return options;
    }

    Environment& env_;
    store::Database& db_;
    app::Caller caller_;
    jobs::Runner runner_;
};

std::string name_of(const std::string& path) {
    const std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();
    const std::string name = normal.filename().string();
    return name.empty() ? normal.parent_path().filename().string() : name;
}

Result<Exit> import_paths(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    if (options.paths.empty())
        return Error(Fault::invalid, "import.path", "Give at least one PATH: a file, a zip or a folder.");
    ImportCommand command(env, *db, caller);
    ImportPrinter printer(env, caller.zone);
    for (const std::string& path : options.paths) {
        const app::ImportId id{env.ids().next(caller.now)};
        CHECK(command.run(id, name_of(path), std::filesystem::absolute(path).lexically_normal().string(),
                          false));
        CHECK(printer.print(*db, caller, id));
    }
    return printer.finish();
}

Result<Exit> list_imports(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(store::Database * db, env.database());
    std::optional<app::ImportId> after;
    while (true) {
        TRY(const auto page,
            db->read_now([&](store::Tx& tx) { return app::list_imports(tx, caller, after, 500); }));
        for (const app::Import& import : page) print_import(env, import, caller.zone);
        if (page.size() < 500) return Exit::done;
        after = page.back().id;
    }
}

Result<Exit> undo_import(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const std::int64_t id, parse_id(options.id));
    TRY(store::Database * db, env.database());
    CHECK(ImportCommand(env, *db, caller).run(app::ImportId{id}, "", "", true));
    TRY(const app::Import import,
        db->read_now([&](store::Tx& tx) { return app::find_import(tx, caller, app::ImportId{id}); }));
    print_import(env, import, caller.zone);
    return Exit::done;
}

}  // namespace

Result<Exit> run_imports(Environment& env, const app::Caller& caller, const std::vector<app::ImportId>& ids) {
    TRY(store::Database * db, env.database());
    ImportCommand command(env, *db, caller);
    ImportPrinter printer(env, caller.zone);
    for (const app::ImportId id : ids) {
        TRY(const app::Import import,
            db->read_now([&](store::Tx& tx) { return app::find_import(tx, caller, id); }));
        CHECK(command.run(id, import.name, "", false));
        CHECK(printer.print(*db, caller, id));
    }
    return printer.finish();
}

void add_import_commands(Command& root) {
    auto options = std::make_shared<Options>();
    // Not called `import`, a keyword of modules, which clang-format trips over.
    Command read = root.add("import", "Read archives of networks, address books, calendars, mail and more");
    read.required("--account", options->account, "Whose archives");
    read.option("PATH", options->paths, "A file, a zip or a folder, of any kind that can be read");
    read.run([options](Environment& env) { return import_paths(env, *options); });

    Command list = read.add("list", "The imports so far");
    list.required("--account", options->account, "Whose imports");
    list.run([options](Environment& env) { return list_imports(env, *options); });

    Command undo = read.add("undo", "Take an import out again");
    undo.required("--account", options->account, "Whose import");
    undo.required("ID", options->id, "Which, as `import list` names it");
    undo.run([options](Environment& env) { return undo_import(env, *options); });
}

}  // namespace vv::cli
