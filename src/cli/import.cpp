#include "cli/import.h"

#include "app/imports.h"
#include "app/owner_questions.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "cli/import_output.h"
#include "jobs/import_archive.h"
#include "store/database.h"

#include <array>
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
    std::optional<std::string> key, archive, network;
    bool none = false, take_back = false;
};

/// Set by Ctrl-C and its like; a handler may do no more.
std::atomic<bool> is_interrupted{false};

/// Lets Ctrl-C, a closed terminal and a polite kill take the import back instead of ending the process in the
/// middle of it.
class InterruptGuard {
public:
    InterruptGuard() {
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            before_[i] = std::signal(kSignals[i], [](int) { is_interrupted = true; });
    }
    ~InterruptGuard() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) std::signal(kSignals[i], before_[i]);
    }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
    std::array<void (*)(int), kSignals.size()> before_{};
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

/// The question that the options mean: the only one, or the one they name.
Result<app::OwnerQuestion> question_of(const app::Import& import, const Options& options) {
    std::vector<app::OwnerQuestion> fitting;
    for (const auto& one : import.questions)
        if ((!options.archive || one.archive == *options.archive) &&
            (!options.network || one.network == *options.network))
            fitting.push_back(one);
    if (fitting.size() == 1) return std::move(fitting.front());
    if (fitting.empty())
        return Error(Fault::not_found, "import.nothing_to_ask",
                     "Nothing of this import asks who you are in it.");
    return Error(Fault::invalid, "import.which_archive",
                 "Several archives of this import ask who you are: name one with --archive and --network.");
}

Result<Exit> say_owner(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    TRY(const std::int64_t id, parse_id(options.id));
    if ((options.key ? 1 : 0) + (options.none ? 1 : 0) + (options.take_back ? 1 : 0) != 1)
        return Error(Fault::invalid, "import.owner", "Give KEY, --none or --take-back.");
    TRY(store::Database * db, env.database());
    TRY(const app::Import import,
        db->read_now([&](store::Tx& tx) { return app::find_import(tx, caller, app::ImportId{id}); }));
    TRY(const app::OwnerQuestion question, question_of(import, options));
    const app::OwnerAnswer answer{import.id, question.archive, question.network, options.key, options.none};
    TRY(const auto again,
        db->write_now([&](store::Tx& tx) { return app::answer_owner(tx, caller, answer, nullptr); }));
    if (!again.empty()) {
        std::vector<app::ImportId> ids;
        for (const app::Import& one : again) ids.push_back(one.id);
        return run_imports(env, caller, ids);
    }
    env.out() << "Noted. The archive is kept no longer: take the import out and give it again.\n";
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

    Command owner =
        read.add("owner", "Say who you are in an archive that does not tell, which is read again by it");
    owner.required("--account", options->account, "Whose import");
    owner.required("ID", options->id, "Which, as `import list` names it");
    owner.option("KEY", options->key, "You are this one, as `import` names it");
    owner.flag("--none", options->none, "You are none of them");
    owner.flag("--take-back", options->take_back, "What you said before does not hold");
    owner.option("--archive", options->archive, "Which archive, where several ask");
    owner.option("--network", options->network, "Which network, where several ask");
    owner.run([options](Environment& env) { return say_owner(env, *options); });

    Command undo = read.add("undo", "Take an import out again");
    undo.required("--account", options->account, "Whose import");
    undo.required("ID", options->id, "Which, as `import list` names it");
    undo.run([options](Environment& env) { return undo_import(env, *options); });
}

}  // namespace vv::cli
