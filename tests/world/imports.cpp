#include "world/imports.h"

#include "store/accounts.h"
#include "store/statements.h"

#include <algorithm>
#include <climits>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace vv::world {
namespace {

/// A job's context without a runner: never interrupted, or after a number of questions.
class PatientContext final : public jobs::JobContext {
public:
    PatientContext(store::jobs::Job job, Instant now, int patience, Error why)
        : job_(std::move(job)), now_(now), patience_(patience), why_(std::move(why)) {}
    [[nodiscard]] const store::jobs::Job& job() const override { return job_; }
    [[nodiscard]] Instant now() const override { return now_; }
    [[nodiscard]] Result<Done> go_on() const override {
        if (patience_-- > 0) return Done{};
        return why_;
    }
    void report(const store::jobs::Progress& progress) override { job_.progress = progress; }

private:
    store::jobs::Job job_;
    Instant now_;
    mutable int patience_;
    Error why_;
};

const Error kNever(Fault::conflict, "job.cancelled", "");

/// What the record says, without ids: one SELECT of one text column each.
constexpr const char* kLines[] = {
    "SELECT 'identity ' || network || ' ' || key || ' ' || name || ' ' || attributes || CASE WHEN blocked_at "
    "IS NULL THEN ''"
    " ELSE ' blocked' END FROM identities",
    "SELECT 'source ' || i.network || ' ' || i.key || ' ' || f.name || ' ' || s.line || ' ' || s.attributes"
    " FROM identity_sources s JOIN identities i ON i.owner_id = s.owner_id AND i.id = s.identity_id"
    " JOIN import_files f ON f.owner_id = s.owner_id AND f.id = s.file_id",
    "SELECT 'tie ' || i.network || ' ' || i.key || ' ' || t.kind || ' ' || coalesce(t.since, 0) || ' ' || "
    "f.name || ' ' ||"
    " t.line FROM ties t JOIN identities i ON i.owner_id = t.owner_id AND i.id = t.identity_id"
    " JOIN import_files f ON f.owner_id = t.owner_id AND f.id = t.file_id",
    "SELECT 'contact ' || i.network || ' ' || i.key || ' ' || c.at || ' ' || c.hash || ' ' || c.channel || ' "
    "' || c.direction"
    " || ' ' || c.people FROM contacts c JOIN identities i ON i.owner_id = c.owner_id AND i.id = "
    "c.identity_id"
    " JOIN import_files f ON f.owner_id = c.owner_id AND f.id = c.file_id",
    "SELECT 'encounter ' || e.source || ' ' || e.source_key || ' ' || e.kind || ' ' || e.title || ' ' || "
    "e.start_at || ' ' ||"
    " coalesce(e.end_at, 0) || ' ' || coalesce(e.place, '') || ' ' || e.evidence || ' ' || i.network || ' ' "
    "|| i.key"
    " FROM encounters e JOIN encounter_people p ON p.owner_id = e.owner_id AND p.encounter_id = e.id"
    " JOIN identities i ON i.owner_id = p.owner_id AND i.id = p.identity_id",
    "SELECT DISTINCT 'busy ' || key || ' ' || start_at || ' ' || end_at FROM busy",
    "SELECT DISTINCT 'owner ' || network || ' ' || key FROM owner_identities",
};

}  // namespace

Importer::Importer(store::Database& db) : db_(db) {
    core::Account account;
    account.id = account_;
    account.handle = "catherine";
    account.email = "catherine.hollingsworth@letters.example.com";
    account.full_name = "Catherine Hollingsworth";
    account.zone = zone_;
    account.region = "CA";
    account.created_at = now;
    const auto added = db.write_now([&](store::Tx& tx) -> Result<Done> {
        store::accounts::add(tx, account, "");
        return Done{};
    });
    EXPECT_TRUE(added) << added.error().detail;
}

Result<Done> Importer::run(const store::jobs::NewJob& job, int patience, const Error& why) {
    store::jobs::Job claimed;
    claimed.id = job.id;
    claimed.owner = job.owner;
    claimed.kind = job.kind;
    claimed.payload = job.payload;
    claimed.attempts = 1;
    PatientContext context(std::move(claimed), now, patience, why);
    return jobs::run_import(db_, context, {ids_, [this] { return now; }, most_identities, {}, pictures});
}

app::Import Importer::import(const std::string& path) {
    const app::ImportId id = next_id();
    const auto result = import_until(id, path, INT_MAX, kNever);
    EXPECT_TRUE(result) << result.error().code << ": " << result.error().detail;
    return find(id);
}

Result<Done> Importer::import_until(app::ImportId id, const std::string& path, int patience,
                                    const Error& why) {
    return import_job_until(app::import_job(account_, id, now, ids_), path, patience, why);
}

Result<Done> Importer::import_job_until(store::jobs::NewJob job, const std::string& path, int patience,
                                        const Error& why) {
    job.payload["name"] = std::filesystem::path(path).filename().string();
    job.payload["path"] = path;
    return run(job, patience, why);
}

Result<Done> Importer::take_out(app::ImportId id) {
    auto job = app::import_job(account_, id, now, ids_);
    job.payload["leaving"] = "1";
    return run(job, INT_MAX, kNever);
}

Result<Done> Importer::read_again(app::ImportId id) {
    return run(app::import_job(account_, id, now, ids_), INT_MAX, kNever);
}

app::Import Importer::find(app::ImportId id) {
    auto found = db_.read_now([&](store::Tx& tx) { return app::find_import(tx, caller(), id); });
    EXPECT_TRUE(found) << found.error().detail;
    return found ? *std::move(found) : app::Import{};
}

std::vector<std::string> Importer::record() {
    auto lines = db_.read_now([&](store::Tx& tx) -> Result<std::vector<std::string>> {
        std::vector<std::string> all;
        for (const char* const sql : kLines) {
            std::string line;
            store::Prepared select(tx, sql, soci::into(line));
            for (bool more = select.execute(); more; more = select.fetch()) all.push_back(line);
        }
        std::sort(all.begin(), all.end());
        return all;
    });
    EXPECT_TRUE(lines) << lines.error().detail;
    return lines ? *std::move(lines) : std::vector<std::string>();
}

long long Importer::count(const std::string& table) {
    const auto found = db_.read_now([&](store::Tx& tx) -> Result<long long> {
        long long rows = 0;
        store::run(tx, "SELECT count(*) FROM " + table, soci::into(rows));
        return rows;
    });
    return found ? *found : -1;
}

void write_file(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace vv::world
