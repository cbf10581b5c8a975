#include "jobs/import_archive.h"

#include "app/import_steps.h"
#include "app/photos.h"
#include "base/log.h"
#include "base/memory.h"
#include "jobs/import_reader.h"
#include "store/owner_questions.h"
#include "store/reminders.h"

#include <chrono>
#include <filesystem>
#include <set>

namespace vv::jobs {
namespace {

using store::imports::State;
using SteadyClock = std::chrono::steady_clock;

/// One import from its beginning to its end.
class ImportRun {
public:
    ImportRun(store::Database& db, JobContext& context, const ImportDeps& deps, app::ImportStart start)
        : db_(db),
          context_(context),
          deps_(deps),
          start_(std::move(start)),
          caller_{start_.account.id, context.now(), start_.account.zone} {}

    Result<Done> run() {
        if (start_.import.is_leaving) return leave();
        if (start_.import.report && !std::filesystem::exists(start_.import.path)) return stay_as_read();
        Result<Done> result = read();
        if (!result) result = end_badly(result.error());
        if (!is_kept_ && (result || result.error().fault != Fault::unavailable)) remove_upload();
        return result;
    }

private:
    /// It was read before, and some of its files are to be read otherwise: the owner has said who they are.
    Result<Done> forget_unread() {
        std::vector<store::imports::FileId> unread;
        for (const auto& file : start_.files)
            if (!file.is_read && !file.same_as) unread.push_back(file.id);
        CHECK(remove_facts(db_, caller_, unread));
        return db_.write_now([&](store::Tx& tx) -> Result<Done> {
            CHECK(app::end_removal(tx, caller_, unread, app::FileRows::stay, deps_.ids));
            store::imports::remove_rejections(tx, caller_.account, start_.import.id);
            start_.owner =
                app::known_owner(tx, caller_.account, start_.account.email, start_.account.full_name);
            return Done{};
        });
    }

    /// It was to be read again, and is there no more.
    Result<Done> stay_as_read() {
        CHECK(take_out_all_abandoned());
        return db_.write_now([&](store::Tx& tx) -> Result<Done> {
            store::imports::leave_as_read(tx, caller_.account, start_.import.id);
            app::Import import = start_.import;
            import.state = State::done;
            import.path.clear();
            close(tx, import);
            return Done{};
        });
    }

    Result<Done> read() {
        CHECK(take_out_all_abandoned());
        const auto begun = SteadyClock::now();
        if (start_.import.report) CHECK(forget_unread());
        PictureShrinker pictures(deps_.pictures);
        ImportReader reader(db_, context_, deps_, start_, pictures);
        CHECK(reader.run());
        return finish(reader, begun);
    }

    /// What follows from the facts, in three transactions: encounters, people with their summaries, the
    /// report.
    Result<Done> finish(ImportReader& reader, SteadyClock::time_point begun) {
        const auto files = reader.new_files();
        release_freed_memory();  // batches of facts; from here on the database's thread does the work
        CHECK(db_.write_now([&](store::Tx& tx) {
            return app::settle_files(tx, caller_, files, reader.learned_owner(), deps_.ids);
        }));
        CHECK(context_.go_on());
        TRY(const app::Resolved resolved,
            db_.write_now([&](store::Tx& tx) { return app::resolve_import(tx, caller_, files, deps_.ids); }));
        return db_.write_now([&](store::Tx& tx) -> Result<Done> {
            store::imports::Report report = reader.report(tx);
            report.people = resolved.people;
            report.created = resolved.created;
            report.merged = resolved.merged;
            report.to_review = resolved.to_review;
            report.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
            end(tx, std::move(report));
            return Done{};
        });
    }

    /// An archive that asks who its owner is stays, to be read again by the answer.
    [[nodiscard]] bool asks(store::Tx& tx) const {
        std::vector<app::Import> one{start_.import};
        store::owner_questions::fill(tx, caller_.account, one);
        return !one.front().questions.empty();
    }

    void end(store::Tx& tx, store::imports::Report report) {
        app::Import import = start_.import;
        import.state = State::done;
        if (report.lines.empty() && !report.unsupported.empty()) {
            import.state = State::failed;
            import.error_code = "import.unreadable";
            import.error = report.unsupported.front().error;
        }
        import.report = std::move(report);
        is_kept_ = asks(tx);
        if (!is_kept_) import.path.clear();
        close(tx, import);
        store::reminders::make_first_soon(tx, caller_.account);
    }

    void close(store::Tx& tx, app::Import import) {
        import.finished_at = caller_.now;
        store::imports::finish(tx, caller_.account, import);
        app::start_next_import(tx, caller_.account, caller_.now, deps_.ids, context_.job().id);
    }

    /// After the import's end is certain.
    void remove_upload() {
        if (!start_.import.is_upload || start_.import.path.empty()) return;
        std::error_code failed;
        std::filesystem::remove(start_.import.path, failed);
        if (failed) log::warning("import.upload_stays", {{"import", start_.import.id.value}});
    }

    /// An interrupted import goes on after the restart; any other is taken out, as if it had never begun. One
    /// that fills the disk would fill it again.
    Result<Done> end_badly(const Error& why) {
        const Error error = why.code == "database.full" ? no_room() : why;
        const bool is_cancelled = error.code == "job.cancelled";
        if (!is_cancelled && error.fault == Fault::unavailable) return error;
        // Without room for even that the job fails alone, and the owner's next import begins with it.
        const auto gone = take_out(start_.import.id);
        if (!gone) return gone.error().code == "database.full" ? no_room() : gone.error();
        CHECK(db_.write_now([&](store::Tx& tx) -> Result<Done> {
            app::Import import = start_.import;
            import.state = is_cancelled ? State::cancelled : State::failed;
            import.error_code = is_cancelled ? "" : error.code;
            import.error = is_cancelled ? "" : error.detail;
            import.path.clear();
            import.report.reset();
            close(tx, import);
            return Done{};
        }));
        return error;
    }

    static Error no_room() {
        return {
            Fault::conflict, "import.no_room",
            "There is no room for this import on the database's disk, so nothing of it was kept; make room "
            "and import it again."};
    }

    Result<Done> take_out_all_abandoned() {
        for (const app::ImportId abandoned : start_.abandoned) CHECK(take_out_abandoned(abandoned));
        return Done{};
    }

    Result<Done> take_out_abandoned(app::ImportId id) {
        CHECK(take_out(id));
        return db_.write_now([&](store::Tx& tx) -> Result<Done> {
            auto import = store::imports::find(tx, caller_.account, id);
            if (!import) return Done{};
            import->state = State::failed;
            import->finished_at = caller_.now;
            import->path.clear();
            import->report.reset();
            import->error_code = "import.interrupted";
            import->error =
                "The program that read it ended before it was through; what it had read was taken out again.";
            if (import->job) store::jobs::give_up(tx, caller_.account, *import->job, caller_.now);
            store::imports::finish(tx, caller_.account, *import);
            return Done{};
        });
    }

    Result<Done> leave() {
        CHECK(take_out_all_abandoned());
        CHECK(take_out(start_.import.id));
        CHECK(db_.write_now([&](store::Tx& tx) -> Result<Done> {
            app::Import import = start_.import;
            import.state = State::undone;
            import.path.clear();
            close(tx, import);
            return Done{};
        }));
        remove_upload();
        return Done{};
    }

    Result<Done> take_out(app::ImportId id) {
        TRY(const auto files, db_.write_now([&](store::Tx& tx) {
            return app::begin_removal(tx, caller_.account, store::imports::files_of(tx, caller_.account, id));
        }));
        CHECK(remove_facts(db_, caller_, files));
        return db_.write_now([&](store::Tx& tx) -> Result<Done> {
            CHECK(app::end_removal(tx, caller_, files, app::FileRows::go, deps_.ids));
            store::imports::remove_rejections(tx, caller_.account, id);
            store::owner_questions::remove(tx, caller_.account, id);
            return Done{};
        });
    }

    store::Database& db_;
    JobContext& context_;
    const ImportDeps& deps_;
    app::ImportStart start_;
    app::Caller caller_;
    bool is_kept_ = false;
};

/// Archives whose owner is in question are kept for a while, not for ever.
Result<Done> give_up_archives(store::Database& db, Instant now) {
    TRY(const auto kept, db.write_now([&](store::Tx& tx) { return app::give_up_archives(tx, now); }));
    for (const auto& archive : kept) {
        std::error_code failed;
        if (archive.is_upload) std::filesystem::remove(archive.path, failed);
        if (failed) log::warning("import.upload_stays", {{"import", archive.id.value}});
    }
    return Done{};
}

}  // namespace

Result<Done> remove_stray_uploads(store::Database& db, const std::string& folder) {
    TRY(const auto paths, db.read_now([](store::Tx& tx) -> Result<std::vector<std::string>> {
        return store::imports::upload_paths(tx);
    }));
    std::set<std::string> kept;  // by name: the folder may be called otherwise now
    for (const std::string& path : paths) kept.insert(std::filesystem::path(path).filename().string());
    const auto an_hour_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const bool is_young = entry.last_write_time(failed) > an_hour_ago;  // perhaps not written down yet
        if (failed || is_young || kept.contains(entry.path().filename().string())) continue;
        std::filesystem::remove(entry.path(), failed);
    }
    return Done{};
}

Result<Done> run_import(store::Database& db, JobContext& context, const ImportDeps& deps) {
    const auto& job = context.job();
    TRY(const std::int64_t id, parse_id(store::field(job.payload, "import")));
    const app::BeginImport wanted{job.owner,
                                  app::ImportId{id},
                                  job.id,
                                  store::field(job.payload, "name"),
                                  store::field(job.payload, "path"),
                                  store::field(job.payload, "leaving") == "1"};
    TRY(app::ImportStart start, db.write_now([&](store::Tx& tx) {
        return app::begin_import(tx, wanted, context.now(), deps.machine_now());
    }));
    return ImportRun(db, context, deps, std::move(start)).run();
}

void add_import_jobs(Runner& runner, const ImportDeps& deps) {
    const auto read = [deps](store::Database& db, JobContext& context) {
        auto result = run_import(db, context, deps);
        // The import waits on; the sweep takes it up when the other one is through.
        if (!result && result.error().code == "import.busy") return Result<Done>(Done{});
        return result;
    };
    runner.on(store::imports::kJob, read, Lane::imports);
    runner.every(
        "imports", std::chrono::seconds(5), [deps](store::Database& db, Instant now) -> Result<Done> {
            CHECK(db.write_now([&](store::Tx& tx) { return app::start_stuck_imports(tx, now, &deps.ids); }));
            return Done{};
        });
    runner.every("kept archives", std::chrono::hours(1), &give_up_archives);
    runner.every("photos", std::chrono::hours(24), [](store::Database& db, Instant now) {
        return db.write_now([&](store::Tx& tx) { return app::forget_photos(tx, now); });
    });
    if (!deps.upload_folder.empty())
        runner.every("stray uploads", std::chrono::hours(1), [deps](store::Database& db, Instant) {
            return remove_stray_uploads(db, deps.upload_folder);
        });
}

}  // namespace vv::jobs
