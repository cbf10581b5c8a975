// formats/archive/mail.h — mailboxes (mbox) and single letters (.eml): who wrote to whom, and when.
//
// docs/formats/mail.md tells the layouts and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

namespace vv::formats::archive {

/// Reads the beginning of every mailbox for the owner's addresses, then all letters' headers; bodies pass by.
Result<Done> read_mail(const Archive& archive, const Group& group, const ParseOptions& options, Emitter& out,
                       const Limits& limits);

}  // namespace vv::formats::archive
