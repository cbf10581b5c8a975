#include "cli/export.h"

#include "app/people_export.h"
#include "cli/caller.h"
#include "cli/command.h"
#include "store/database.h"

#include <fstream>
#include <memory>
#include <ostream>

namespace vv::cli {
namespace {

struct Options {
    std::string account;
    std::string format;
    std::string out;
};

Result<Exit> run_export(Environment& env, const Options& options) {
    TRY(const app::Caller caller, caller_of(env, options.account));
    if (options.format != "vcard" && options.format != "csv")
        return Error(Fault::invalid, "export.format", "--format is vcard or csv.");
    const auto format = options.format == "csv" ? app::PeopleFormat::csv : app::PeopleFormat::vcard;
    TRY(store::Database * db, env.database());
    TRY(const std::string text,
        db->read_now([&](store::Tx& tx) { return app::export_people(tx, caller, format); }));
    if (options.out.empty()) {
        env.out() << text;
        return Exit::done;
    }
    std::ofstream file(options.out, std::ios::binary);
    file << text;
    file.close();
    if (!file)
        return Error(Fault::unavailable, "export.out",
                     options.out + " can't be written; choose another place for it.");
    return Exit::done;
}

}  // namespace

void add_export_commands(Command& root) {
    auto options = std::make_shared<Options>();
    Command command = root.add("export", "Your people as a file for any address book or table");
    command.required("--account", options->account, "Whose people");
    command.option("--format", options->format, "vcard or csv");
    command.option("--out", options->out, "The file; the standard output without it");
    command.run([options](Environment& env) { return run_export(env, *options); });
}

}  // namespace vv::cli
