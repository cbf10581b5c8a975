// cli/tally.h — `visavis tally` and `visavis encounters`: whom one has met face to face.
#pragma once

namespace vv::cli {

class Command;

void add_tally_commands(Command& root);

}  // namespace vv::cli
