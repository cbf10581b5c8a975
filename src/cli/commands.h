// cli/commands.h — every feature's commands.
#pragma once

namespace vv::cli {

class Command;

void add_commands(Command& root);

}  // namespace vv::cli
