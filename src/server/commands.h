// server/commands.h — the commands that need the whole program: serve, config check.
#pragma once

#include "cli/command.h"

namespace vv::server {

void add_commands(cli::Command& root);

/// Where the data is, from the options for every command and the configuration.
Result<cli::DataPlace> locate_data(const cli::Globals& globals);

}  // namespace vv::server
