// app/wall.h — the five sentences that an owner tapes to a wall: kept, printed, and shared by a private
// address.
#pragma once

#include "app/caller.h"
#include "formats/paper/wall.h"
#include "store/database.h"
#include "store/wall.h"

#include <string>
#include <vector>

namespace vv::app {

using Wall = store::wall::Row;

/// None yet is a wall without sentences.
Result<Wall> find_wall(store::Tx& tx, Caller caller);
/// Sentences of which nothing is to be seen are left out. `invalid` wall.sentence for one of several lines or
/// of more than 160 characters, wall.sentences for more than five.
Result<Wall> save_wall(store::Tx& tx, Caller caller, std::vector<std::string> sentences, bool with_strip);

/// The secret of the address under which anybody sees the sheet, the strip with it if the owner shows it;
/// told once, and the one before leads nowhere. `conflict` wall.empty.
Result<std::string> share_wall(store::Tx& tx, Caller caller);
Result<Done> unshare_wall(store::Tx& tx, Caller caller);

/// What is printed. The strip tells how many were met, when and how known, and nobody's name. `conflict`
/// wall.empty.
Result<formats::paper::Wall> wall_sheet(store::Tx& tx, Caller caller);
/// For who has the address; `not_found` wall.unknown.
Result<formats::paper::Wall> shared_wall_sheet(store::Tx& tx, std::string secret, Instant now);

/// The same as PDFs, for drivers.
Result<std::string> wall_pdf(store::Tx& tx, Caller caller, formats::paper::Size size);
Result<std::string> shared_wall_pdf(store::Tx& tx, std::string secret, formats::paper::Size size,
                                    Instant now);

}  // namespace vv::app
