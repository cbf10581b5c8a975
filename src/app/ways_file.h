// app/ways_file.h — the network of asks in a file, so that a server that starts again needn't read it from
// the database.
//
// First whose number is whose and up to what change of the database it holds, with a sum of its own, then
// core/ask/image. A cache for this server's next start: anything wrong with it and it is thrown away.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/accounts.h"
#include "core/ask/graph.h"
#include "store/ways.h"

#include <memory>
#include <string>
#include <vector>

namespace vv::app {

struct WaysImage {
    Instant loaded_at;                      // when everything was last read: trust is as of then
    store::ways::Change last;               // the last change that it holds; unset: none was there
    std::vector<core::AccountId> accounts;  // by number
};

/// Puts it in the place of the file, whole or not at all.
Result<Done> write_ways(const std::string& path, const WaysImage& image, const core::ask::View& view);

struct ReadWays {
    WaysImage image;
    std::unique_ptr<core::ask::Graph> graph;
};
/// `not_found` without such a file; `invalid` ways.damaged_image, ask.damaged_image with what is wrong.
Result<ReadWays> read_ways(const std::string& path);

}  // namespace vv::app
