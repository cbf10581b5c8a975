#include "product.h"

#include "jobs/import_archive.h"
#include "store/accounts.h"

#include <unistd.h>

namespace vv::bench {

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "visavis-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        std::perror("mkdtemp");
        std::exit(2);
    }
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Product::Product(core::Account account, Instant now) : ids_(0, &system_now) {
    account.id = {1};
    account.created_at = now;
    caller_ = app::Caller{account.id, now, account.zone};
    store::DatabaseOptions options;
    options.url = "sqlite:" + (folder_.path() / "visavis.db").string();
    db_ = must(store::Database::open(options));
    must(db_->write_now([&](store::Tx& tx) -> Result<Done> {
        store::accounts::add(tx, account, "");
        return Done{};
    }));
}

store::imports::Report Product::import(const std::filesystem::path& path) {
    jobs::RunnerOptions options;
    options.now = [now = caller_.now] { return now; };
    options.machine_now = &system_now;
    jobs::Runner runner(*db_, options);
    const jobs::ImportDeps deps{ids_, &system_now};
    runner.on(store::imports::kJob, [&deps](store::Database& db, jobs::JobContext& context) {
        return jobs::run_import(db, context, deps);
    });
    const app::ImportId id{ids_.next(caller_.now)};
    auto job = app::import_job(caller_.account, id, caller_.now, ids_);
    job.payload["name"] = path.filename().string();
    job.payload["path"] = std::filesystem::absolute(path).lexically_normal().string();
    must(runner.run_here(job, nullptr));
    return read([&](store::Tx& tx) { return app::find_import(tx, caller_, id); }).report.value();
}

}  // namespace vv::bench
