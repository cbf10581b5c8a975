// formats/vcard.h — address books as vCard 2.1, 3.0 and 4.0 (RFC 2426, 6350, and what phones make of 2.1).
//
// docs/formats/vcard.md tells the layout, docs/decisions/0101-vcard.md why it is read here.
#pragma once

#include "formats/bytes.h"
#include "formats/emitter.h"

#include <string_view>

namespace vv::formats {

/// Reads every card of a file whose path is `file`. A card becomes an IdentitySeen under its UID, else under
/// `base name:N` with N counting all cards; the owner's own card an OwnerSeen. Groups and companies are left
/// out. Memory is bounded: pictures pass by, a card keeps at most 64 KiB a line and 200 values a list.
Result<Done> read_vcards(ByteStream& bytes, std::string_view file, const ParseOptions& options, Emitter& out);

}  // namespace vv::formats
