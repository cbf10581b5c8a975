// server/compose.h — the composition root: every long-lived object of a running server, in one screen.
#pragma once

#include "base/result.h"
#include "cli/environment.h"
#include "server/config.h"

#include <iosfwd>

namespace vv::server {

/// Runs the server until SIGTERM or SIGINT, then drains it: stops accepting, finishes what runs (10 s at
/// most), closes the database. Prints its URL to `out` when it is ready.
Result<Done> run_server(const Config& config, const cli::DataPlace& place, std::ostream& out);

}  // namespace vv::server
