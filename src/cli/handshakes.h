// cli/handshakes.h — `visavis handshake`: a receipt as a file, and the check of one without any server.
#pragma once

namespace vv::cli {

class Command;
void add_handshake_commands(Command& root);

}  // namespace vv::cli
