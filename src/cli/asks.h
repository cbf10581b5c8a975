// cli/asks.h — `visavis ask`: who of the account's people fits an ask, and the path to each.
#pragma once

namespace vv::cli {

class Command;
void add_asks_commands(Command& root);

}  // namespace vv::cli
