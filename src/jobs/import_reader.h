// jobs/import_reader.h — an import's reading: from a path to facts in the database, archive by archive.
#pragma once

#include "app/import_steps.h"
#include "base/picture_shrinker.h"
#include "formats/archive/parse.h"
#include "jobs/import_archive.h"
#include "jobs/import_contents.h"
#include "jobs/import_writer.h"
#include "jobs/runner.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace vv::jobs {

/// Takes the facts of these files out, in bounded transactions; the files' rows stay.
Result<Done> remove_facts(store::Database& db, const app::Caller& caller,
                          const std::vector<store::imports::FileId>& files);

class ImportReader {
public:
    ImportReader(store::Database& db, JobContext& context, const ImportDeps& deps,
                 const app::ImportStart& start, PictureShrinker& pictures);

    /// Reads everything that can be read. An error is the job's: cancelled, interrupted, the database gone.
    /// What is wrong with an archive is in the report.
    Result<Done> run();

    /// The files that brought facts with this import.
    [[nodiscard]] std::vector<store::imports::FileId> new_files() const;
    /// Whether something was told of the owner's own addresses.
    [[nodiscard]] bool learned_owner() const { return !writer_.owner_keys().empty(); }
    /// The lines and what is unsupported; people are counted by whoever resolves them.
    [[nodiscard]] store::imports::Report report(store::Tx& tx) const;

private:
    struct Part {  // one line of the report: a network in an archive
        store::imports::Line line;
        std::vector<store::imports::FileId> files;  // which have its facts, from whatever import
        std::vector<store::imports::FileId> added;  // those that came with this one
    };
    struct Surveyed {
        formats::archive::Archive archive;
        formats::archive::Survey survey;
    };

    Result<std::vector<Surveyed>> survey();
    Result<Done> read_archive(const Surveyed& surveyed);
    Result<Done> read_group(const formats::archive::Archive& archive, const formats::archive::Group& group);
    /// The group's files as rows: known ones as they were, the others new.
    Result<std::vector<store::imports::File>> recognise(const formats::archive::Archive& archive,
                                                        const formats::archive::Group& group);
    class BegunFiles;
    store::imports::File row_of(const std::string& archive, const formats::archive::Group& group,
                                std::size_t index);
    Result<Done> settle_rows(std::span<store::imports::File> files, const BegunFiles& begun);
    Result<Done> look_into_known(const formats::archive::Archive& archive,
                                 const formats::archive::Group& group, const std::string& network);
    Result<Done> learn_contents(const formats::archive::Archive& archive,
                                const formats::archive::Group& group,
                                std::vector<store::imports::File>& files);
    Result<Done> parse(const formats::archive::Archive& archive, const formats::archive::Group& group,
                       std::vector<store::imports::File>& files);
    static Part part_of(std::string archive, std::string network,
                        const std::vector<store::imports::File>& files);
    Result<Done> drop_archive(const std::string& archive, const Error& error);
    [[nodiscard]] formats::ParseOptions options();
    void tell();

    store::Database& db_;
    JobContext& context_;
    IdSource& ids_;
    const app::ImportStart& start_;
    app::Caller caller_;
    ImportContents contents_;  // of the group that is being read
    ImportWriter writer_;
    std::vector<Part> parts_;
    std::vector<store::imports::Unsupported> unsupported_;
    std::uint64_t total_ = 0;       // bytes to read
    std::uint64_t done_ = 0;        // of the groups that are through
    std::uint64_t group_done_ = 0;  // of the one being read
};

}  // namespace vv::jobs
