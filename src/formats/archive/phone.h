// formats/archive/phone.h — a telephone's calls, SMS and MMS as SMS Backup & Restore writes them.
//
// docs/formats/phone.md tells the layout and its traps.
#pragma once

#include "formats/bytes.h"
#include "formats/emitter.h"

#include <string_view>

namespace vv::formats::archive {

/// Reads one file, of calls or of messages. The same call or message in another backup gives the same fact.
Result<Done> read_phone(ByteStream& bytes, std::string_view file, const ParseOptions& options, Emitter& out);

}  // namespace vv::formats::archive
