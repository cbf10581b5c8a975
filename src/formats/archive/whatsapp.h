// formats/archive/whatsapp.h — chats as WhatsApp's "Export chat" writes them: text, in the telephone's
// language.
//
// docs/formats/whatsapp.md tells the layouts and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads every chat twice: how it writes dates and who takes part must be known before its first message goes
/// out.
Result<Done> read_whatsapp(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
