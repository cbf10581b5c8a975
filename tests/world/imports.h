// tests/world/imports.h — an account that imports things, and what its record says afterwards, in words that
// do not depend on ids or on the order of imports.
#pragma once

#include "app/caller.h"
#include "app/imports.h"
#include "jobs/import_archive.h"
#include "store/database.h"

#include <functional>
#include <string>
#include <vector>

namespace vv::world {

inline const Instant kSampleNow = *parse_rfc3339("2026-11-20T18:28:30Z");

class Importer {
public:
    /// Makes the sample world's account: catherine in Toronto.
    explicit Importer(store::Database& db);

    [[nodiscard]] app::Caller caller() const { return {account_, now, zone_}; }
    IdSource& ids() { return ids_; }

    /// Imports a file or folder as a job does; fails the test when the job fails.
    app::Import import(const std::string& path);
    /// The same with a job that is told to stop after asking `patience` times whether to go on. Its answer is
    /// the job's.
    Result<Done> import_until(app::ImportId id, const std::string& path, int patience, const Error& why);
    /// The same as this job, which may stand in the database.
    Result<Done> import_job_until(store::jobs::NewJob job, const std::string& path, int patience,
                                  const Error& why);
    Result<Done> take_out(app::ImportId id);
    /// Reads one that waits: after an answer.
    Result<Done> read_again(app::ImportId id);
    [[nodiscard]] app::Import find(app::ImportId id);
    app::ImportId next_id() { return app::ImportId{ids_.next(now)}; }

    /// Identities, sources, ties, contacts, gatherings' outcome, busy times and the owner's keys: one line
    /// each, sorted.
    std::vector<std::string> record();
    /// How many rows a table holds.
    long long count(const std::string& table);

    Instant now = kSampleNow;
    std::int64_t most_identities = jobs::kMostIdentities;
    std::string pictures = picture_program();  // makes photos small

private:
    Result<Done> run(const store::jobs::NewJob& job, int patience, const Error& why);

    store::Database& db_;
    core::AccountId account_{1};
    Zone zone_ = *Zone::find("America/Toronto");
    IdSource ids_;
};

/// Writes a text file below a folder, making the folders between.
void write_file(const std::string& path, const std::string& text);

}  // namespace vv::world
