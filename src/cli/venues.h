// cli/venues.h — `visavis venues`: the map's places to meet, brought in by whoever runs the server.
#pragma once

namespace vv::cli {

class Command;

void add_venue_commands(Command& root);

}  // namespace vv::cli
