// formats/archive/skype.h — Skype's export: chats and calls, with people, telephones and groups.
//
// docs/formats/skype.md tells the layout and its traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads each file twice where the owner and the groups stand behind the messages, else once and its
/// beginning.
Result<Done> read_skype(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                        const Limits& limits);

}  // namespace vv::formats::archive
