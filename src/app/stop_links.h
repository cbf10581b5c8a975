// app/stop_links.h — links in mails by which an address asks to be left alone.
//
// The secret in a link is the address's keyed hash with a proof that this server wrote it. So a link needs no
// row, goes on working as long as the server has its key, and tells nobody the address.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "store/database.h"

#include <string>
#include <string_view>

namespace vv::app {

/// The secret of an address's link: 128 characters.
std::string stop_token(store::Tx& tx, std::string_view address);

/// Whether the link's address is stopped; `not_found` stop.unknown for a secret that this server did not
/// make.
Result<bool> is_stopped(store::Tx& tx, std::string token);
/// Nobody here writes to the address again. Twice changes nothing.
Result<Done> stop_by_link(store::Tx& tx, std::string token, Instant now);
/// Takes it back, for whoever holds the link.
Result<Done> resume_by_link(store::Tx& tx, std::string token);

}  // namespace vv::app
