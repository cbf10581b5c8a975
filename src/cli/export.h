// cli/export.h — the command `export`: what is yours, in open formats.
#pragma once

namespace vv::cli {

class Command;

void add_export_commands(Command& root);

}  // namespace vv::cli
