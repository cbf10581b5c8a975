// cli/people.h — `visavis people`: the people, resolved.
#pragma once

namespace vv::cli {

class Command;

/// Returns the command, for those that stand below it: review, merge, split.
Command add_people_commands(Command& root);

}  // namespace vv::cli
