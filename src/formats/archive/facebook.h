// formats/archive/facebook.h — Facebook's export as JSON: friends, requests, messages and calls, posts and
// check-ins, events.
//
// docs/formats/facebook.md tells the layouts and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads the owner's profile and the friends first, then who takes part in each thread, then everything in
/// the archive's order.
Result<Done> read_facebook(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
