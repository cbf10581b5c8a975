// cli/trips.h — `visavis trip`: the best set of meetings that a trip can hold.
#pragma once

namespace vv::cli {

class Command;
void add_trips_commands(Command& root);

}  // namespace vv::cli
