// cli/import.h — `visavis import`: archives in, from the command line, and out again.
#pragma once

namespace vv::cli {

class Command;

void add_import_commands(Command& root);

}  // namespace vv::cli
