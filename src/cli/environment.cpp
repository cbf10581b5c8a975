#include "cli/environment.h"

#include "store/database.h"

#include <filesystem>
#include <istream>
#include <ostream>
#include <system_error>
#include <unistd.h>

namespace vv::cli {

Exit exit_of(const Error& error) {
    switch (error.fault) {
        case Fault::invalid:
        case Fault::not_found:
            return Exit::usage;
        case Fault::unauthenticated:
        case Fault::forbidden:
        case Fault::conflict:
        case Fault::too_many:
        case Fault::unavailable:
            break;
    }
    return Exit::refused;
}

Environment::Environment(Globals globals, Instant now, Locate locate, std::ostream& out, std::ostream& err,
                         std::istream& in)
    : globals_(std::move(globals)),
      now_(now),
      locate_(std::move(locate)),
      out_(out),
      err_(err),
      in_(in),
      ids_(::getpid() | 1, &system_now) {}

Environment::~Environment() {
    if (database_) database_->close();
}

bool Environment::in_is_terminal() const {
    return isatty(STDIN_FILENO) == 1;
}

bool Environment::err_is_terminal() const {
    return isatty(STDERR_FILENO) == 1;
}

Result<DataPlace> Environment::place() {
    TRY(DataPlace place, locate_(globals_));
    if (place.url.starts_with("sqlite:")) database_file_ = place.url.substr(7);
    std::error_code failed;
    if (std::filesystem::create_directories(place.folder, failed))
        std::filesystem::permissions(place.folder, std::filesystem::perms::owner_all, failed);
    if (failed)
        return Error(Fault::invalid, "data.folder",
                     "The data folder " + place.folder + " can't be made: " + failed.message() + ".");
    return place;
}

Result<store::Database*> Environment::database() {
    if (!database_) {
        TRY(const DataPlace found, place());
        store::DatabaseOptions options;
        options.url = found.url;
        TRY(database_, store::Database::open(options));
    }
    return database_.get();
}

void Environment::complain(std::string_view sentence) {
    err_ << "visavis: " << sentence << '\n';
}

void Environment::complain(const Error& error) {
    const std::string& sentence = error.detail.empty() ? error.code : error.detail;
    const bool is_about_file = !database_file_.empty() && error.code.starts_with("database.");
    const bool names_it = sentence.find(database_file_) != std::string::npos;
    complain(std::string_view(is_about_file && !names_it ? database_file_ + ": " + sentence : sentence));
}

}  // namespace vv::cli
