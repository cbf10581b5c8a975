// cli/environment.h — what a command may use: its streams, the clock, the data.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

#include <chrono>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace vv::store {
class Database;
}

namespace vv::cli {

/// The process's exit status, as the contract has it.
enum class Exit {
    done = 0,
    usage = 1,          // wrong usage or configuration
    unreadable = 2,     // the input can't be read at all
    some_rejected = 3,  // done, but some records were rejected; each was reported
    refused = 4,        // not allowed, a conflict, a limit
};

/// The status that an error ends a command with, unless the command chose its own.
Exit exit_of(const Error& error);

/// The options that every command takes.
struct Globals {
    std::string config;    // --config FILE
    std::string data;      // --data DIR
    std::string database;  // --database URL
    bool json = false;     // --json
    std::string now;       // --now RFC3339
};

struct DataPlace {
    std::string
        folder;  // media, uploads and, with SQLite, the database; made by the first command that needs it
    std::string url;  // "sqlite:PATH" or "postgresql://…"
    // What requests to other servers may do, for commands that make some.
    bool outbound_allow_private = false;
    std::chrono::seconds outbound_timeout{20};
    // What stands in mails that a command leaves for the server to send; empty where none are sent.
    std::string base_url{};
    std::string mail_from{};
};
using Locate = std::function<Result<DataPlace>(const Globals&)>;

class Environment {
public:
    Environment(Globals globals, Instant now, Locate locate, std::ostream& out, std::ostream& err,
                std::istream& in);
    ~Environment();
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    /// Results only; progress, log and complaints go to err().
    [[nodiscard]] std::ostream& out() { return out_; }
    [[nodiscard]] std::ostream& err() { return err_; }
    [[nodiscard]] std::istream& in() { return in_; }
    /// Whether stdin, stderr are terminals: to ask for a password, to draw a progress bar.
    [[nodiscard]] bool in_is_terminal() const;
    [[nodiscard]] bool err_is_terminal() const;

    [[nodiscard]] const Globals& globals() const { return globals_; }
    /// Whether results are JSON Lines.
    [[nodiscard]] bool json() const { return globals_.json; }
    /// `--now`, else the time at which the command began.
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] IdSource& ids() { return ids_; }

    /// Where the data is; the folder exists afterwards, for its owner's eyes only.
    Result<DataPlace> place();
    /// Opened at first use, beside a running server too; closed when the command ends.
    Result<store::Database*> database();

    /// One line on stderr that names the file, line or field and what to do.
    void complain(std::string_view sentence);
    /// The same of an error; one of the database names its file.
    void complain(const Error& error);

private:
    Globals globals_;
    Instant now_;
    Locate locate_;
    std::ostream& out_;
    std::ostream& err_;
    std::istream& in_;
    IdSource ids_;
    std::string database_file_;  // known from the first place() on; empty with PostgreSQL
    std::unique_ptr<store::Database> database_;
};

}  // namespace vv::cli
