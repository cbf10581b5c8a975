// formats/contacts_csv.h — address books as tables: Google's (old and new headers) and Outlook's.
//
// docs/formats/contacts-csv.md tells the layouts.
#pragma once

#include "formats/bytes.h"
#include "formats/emitter.h"

#include <string_view>

namespace vv::formats {

/// Reads every row of a file whose path is `file`, each an IdentitySeen under `base name:N` with N counting
/// the rows after the header; the owner's own row an OwnerSeen. UTF-8, UTF-16 and windows-1252; commas,
/// semicolons or tabs.
Result<Done> read_contacts_csv(ByteStream& bytes, std::string_view file, const ParseOptions& options,
                               Emitter& out);

}  // namespace vv::formats
