// cli/import_output.h — what `visavis import` prints: progress on stderr, the answer on stdout.
#pragma once

#include "app/caller.h"
#include "app/imports.h"
#include "cli/environment.h"

#include <chrono>
#include <string>

namespace vv::cli {

/// One line on stderr that is drawn anew; nothing when stderr is no terminal.
class ProgressBar {
public:
    ProgressBar(Environment& env, std::string name);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(const store::jobs::Progress& progress);

private:
    Environment& env_;
    std::string name_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    bool is_shown_ = false;
};

/// The answers of several imports, one summary at the end.
class ImportPrinter {
public:
    ImportPrinter(Environment& env, Zone zone) : env_(env), zone_(std::move(zone)) {}
    Result<Done> print(store::Database& db, const app::Caller& caller, app::ImportId id);
    /// The summary, and the status that the contract asks for.
    Result<Exit> finish();

private:
    Result<Done> print_rejections(store::Database& db, const app::Caller& caller, app::ImportId id,
                                  const store::imports::Report& report);
    void print_line(const store::imports::Line& line);
    void complain_of_nothing_read();
    void print_unsupported(const store::imports::Unsupported& one);
    void print_question(const app::Import& import, const store::imports::OwnerQuestion& question);
    void print_rejection(const store::imports::Rejection& one);

    Environment& env_;
    Zone zone_;
    store::imports::Report sum_;
    bool has_heading_ = false;
    bool has_read_ = false;  // anything at all, of any of them
    std::int64_t rejected_ = 0;
    std::string rejected_in_;  // the first file that has records rejected
};

/// A line of `import list`.
void print_import(Environment& env, const app::Import& import, const Zone& zone);

}  // namespace vv::cli
