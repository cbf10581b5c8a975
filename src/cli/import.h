// cli/import.h — `visavis import`: archives in, from the command line, and out again.
#pragma once

#include "app/caller.h"
#include "app/imports.h"
#include "cli/environment.h"

#include <vector>

namespace vv::cli {

class Command;

void add_import_commands(Command& root);

/// Runs imports that wait, one after the other in this process, and prints what they brought.
Result<Exit> run_imports(Environment& env, const app::Caller& caller, const std::vector<app::ImportId>& ids);

}  // namespace vv::cli
