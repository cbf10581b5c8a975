// formats/archive/ning.h — a Ning network's archive: members, what they wrote to one another, groups, events.
//
// docs/formats/ning.md tells the layout and its traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Finds the owner among the members first, then reads everything in the archive's order. Of a file that is
/// there twice, with the media's addresses and with their names ("-local"), the latter is read, and the other
/// one where that is broken.
Result<Done> read_ning(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                       const Limits& limits);

}  // namespace vv::formats::archive
