// formats/archive/twitter.h — X's (Twitter's) archive: follows, tweets, direct messages, blocks.
//
// docs/formats/twitter.md tells the layout and its traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads the owner's files and the groups' members first, then everything in the archive's order.
Result<Done> read_twitter(const Archive& archive, const Group& group, const ParseOptions& options,
                          Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
