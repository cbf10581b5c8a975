// formats/archive/foursquare.h — Foursquare's and Swarm's exports: friends, and who was there at a check-in.
//
// docs/formats/foursquare.md tells the layouts, old and new, and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads users.json first (the owner, and which people the archive names), then everything in the archive's
/// order. Check-ins without companions and visits are the owner's own presence: they make no fact.
Result<Done> read_foursquare(const Archive& archive, const Group& group, const ParseOptions& options,
                             Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
