#include "cli/commands.h"

#include "cli/command.h"

namespace vv::cli {

// One line a feature: add_<stem>_commands(root).
void add_commands([[maybe_unused]] Command& root) {}

}  // namespace vv::cli
