#include "cli/command.h"

#include "base/log.h"
#include "base/time.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <stdexcept>

namespace vv::cli {
namespace {

// CLI11's own message may take several lines ("… is required\nRun with --help …").
std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// "There is no command 'bakcup'", which says more than that one is missing.
std::string complaint(const CLI::ParseError& wrong, const CLI::App& app) {
    const std::vector<std::string> left = app.remaining();
    if (dynamic_cast<const CLI::RequiredError*>(&wrong) != nullptr && !left.empty() &&
        !left.front().starts_with('-'))
        return "There is no command '" + left.front() + "'; `visavis --help` lists them.";
    return first_line(wrong.what()) + " (try `visavis --help`)";
}

int status(Exit exit) {
    return static_cast<int>(exit);
}

}  // namespace

Command Command::add(const std::string& name, const std::string& help) {
    CLI::App* below = app_->add_subcommand(name, help);
    below->fallthrough();  // options for every command may also stand behind the command
    return {below, chosen_};
}

void Command::option(const std::string& names, std::string& into, const std::string& help) {
    app_->add_option(names, into, help);
}
void Command::option(const std::string& names, std::optional<std::string>& into, const std::string& help) {
    app_->add_option(names, into, help);
}
void Command::option(const std::string& names, std::vector<std::string>& into, const std::string& help) {
    CLI::Option* added = app_->add_option(names, into, help);
    if (names.starts_with('-')) added->allow_extra_args(false);
}
// Years, numbers of people, lines: none is below 0.
void Command::option(const std::string& names, int& into, const std::string& help) {
    app_->add_option(names, into, help)->check(CLI::NonNegativeNumber)->type_name("INT");
}
void Command::option(const std::string& names, std::optional<int>& into, const std::string& help) {
    app_->add_option(names, into, help)->check(CLI::NonNegativeNumber)->type_name("INT");
}
void Command::option(const std::string& names, std::optional<double>& into, const std::string& help) {
    app_->add_option(names, into, help);
}
void Command::flag(const std::string& names, bool& into, const std::string& help) {
    app_->add_flag(names, into, help);
}

void Command::require(const std::string& names) {
    required_->push_back(names.substr(0, names.find(',')));
}

void Command::run(Run run) {
    app_->callback([app = app_, chosen = chosen_, required = required_, run = std::move(run)] {
        // "people review" also ends the command "people" above it; only the innermost one runs.
        if (!app->get_subcommands().empty()) return;
        for (const std::string& name : *required)
            if (app->get_option(name)->count() == 0) throw CLI::RequiredError(name);
        *chosen = run;
    });
}

CommandLine::CommandLine(std::string version, Locate locate)
    : app_(std::make_unique<CLI::App>("Visavis: whom to meet face to face.", "visavis")),
      locate_(std::move(locate)) {
    app_->set_version_flag("--version", std::move(version));
    app_->add_option("--config", globals_.config, "The configuration file (TOML)")->type_name("FILE");
    CLI::Option* data =
        app_->add_option("--data", globals_.data, "The data folder: one SQLite file and the media")
            ->type_name("DIR");
    app_->add_option("--database", globals_.database, "A PostgreSQL database: postgresql://…")
        ->type_name("URL")
        ->excludes(data);
    app_->add_flag("--json", globals_.json, "Print JSON Lines");
    app_->add_option("--now", globals_.now, "The time to answer for")->type_name("RFC3339");
    app_->require_subcommand(1);
}

CommandLine::~CommandLine() = default;

Command CommandLine::root() {
    return {app_.get(), &chosen_};
}

int CommandLine::run(int argc, const char* const* argv) {
    const auto complain = [](const std::string& sentence) { std::cerr << "visavis: " << sentence << '\n'; };
    try {
        app_->parse(argc, argv);
    } catch (const CLI::Success& wanted) {
        return app_->exit(wanted);  // --help and --version
    } catch (const CLI::ParseError& wrong) {
        complain(complaint(wrong, *app_));
        return status(Exit::usage);
    }
    if (!chosen_) {
        complain("This command needs a subcommand (try --help behind it).");
        return status(Exit::usage);
    }
    Instant now = system_now();
    if (!globals_.now.empty()) {
        const Result<Instant> given = parse_rfc3339(globals_.now);
        if (!given) {
            complain("--now: " + given.error().detail);
            return status(Exit::usage);
        }
        now = *given;
    }
    // A command says what went wrong in one line; the server turns its log on when it starts.
    log::configure(log::Level::off, log::Form::text);
    Environment env(globals_, now, locate_, std::cout, std::cerr, std::cin);
    const Result<Exit> ended = run_chosen(env);
    std::cout.flush();
    if (ended) return status(*ended);
    env.complain(ended.error());
    return status(exit_of(ended.error()));
}

// Broken infrastructure ends the command with one line too, not with a core dump.
Result<Exit> CommandLine::run_chosen(Environment& env) try {
    return chosen_(env);
} catch (const std::exception& broken) {
    return Error(Fault::unavailable, "command.broken", std::string("Something broke: ") + broken.what());
}

}  // namespace vv::cli
