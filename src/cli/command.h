// cli/command.h — how a command is declared and what it may use. CLI11 stops in command.cpp.
//
// A feature has src/cli/<stem>.{h,cpp} with one function `void add_<stem>_commands(Command& root)`, called
// from cli/commands.cpp:
//
//     void add_tally_commands(Command& root) {
//         auto wanted = std::make_shared<TallyOptions>();
//         Command tally = root.add("tally", "People met face to face, against the goal");
//         tally.required("--account", wanted->account, "Whose tally");
//         tally.option("--year", wanted->year, "The year; the current one without it");
//         tally.run([wanted](Environment& env) { return print_tally(env, *wanted); });
//     }
#pragma once

#include "cli/environment.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace vv::cli {

/// A handle: cheap to copy, valid as long as its CommandLine. What options write to must live until the
/// command has run, so keep it in a shared_ptr that the run function holds.
class Command {
public:
    using Run = std::function<Result<Exit>(Environment&)>;

    /// A command below this one: "people" → "review".
    Command add(const std::string& name, const std::string& help);

    /// `names` is "--year" or "-q,--query"; without dashes it is a positional ("PATH"). A vector takes one
    /// value each time the option is given; as a positional it takes all that follow.
    void option(const std::string& names, std::string& into, const std::string& help);
    void option(const std::string& names, std::optional<std::string>& into, const std::string& help);
    void option(const std::string& names, std::vector<std::string>& into, const std::string& help);
    void option(const std::string& names, int& into, const std::string& help);
    void option(const std::string& names, std::optional<int>& into, const std::string& help);
    void option(const std::string& names, std::optional<double>& into, const std::string& help);
    void flag(const std::string& names, bool& into, const std::string& help);
    /// As option(), but its absence is wrong usage.
    template <class T>
    void required(const std::string& names, T& into, const std::string& help) {
        option(names, into, help);
        require(names);
    }

    void run(Run run);

private:
    friend class CommandLine;
    using Names = std::vector<std::string>;
    Command(CLI::App* app, Run* chosen) : app_(app), chosen_(chosen), required_(std::make_shared<Names>()) {}
    void require(const std::string& names);

    CLI::App* app_;
    Run* chosen_;  // the parsed command's, kept by the CommandLine
    // Checked when this very command runs: "people review" does not need what "people" needs.
    std::shared_ptr<Names> required_;
};

/// The whole command line: options for every command, and the commands.
class CommandLine {
public:
    /// `locate` tells where the data is, from the options for every command and the configuration.
    CommandLine(std::string version, Locate locate);
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    [[nodiscard]] Command root();
    /// Parses and runs one command; the value is main's. Help goes to stdout, every complaint to stderr in
    /// one line.
    int run(int argc, const char* const* argv);

private:
    Result<Exit> run_chosen(Environment& env);

    std::unique_ptr<CLI::App> app_;
    Command::Run chosen_;
    Globals globals_;
    Locate locate_;
};

}  // namespace vv::cli
