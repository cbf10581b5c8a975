// formats/receipt.h — a handshake's receipt as a file (docs/handshake.md): JSON around the signed text.
#pragma once

#include "core/handshakes.h"

#include <string>
#include <string_view>

namespace vv::formats {

/// {"type":"visavis-handshake","version":1,"receipt":"…","a_signature":"…","b_signature":"…"} and a line
/// feed.
std::string write_receipt(const core::SignedReceipt& receipt);

/// Reads such a file of at most 64 KiB. `invalid` handshake.file names what is missing; the signatures are
/// not checked here.
Result<core::SignedReceipt> read_receipt(std::string_view file);

}  // namespace vv::formats
