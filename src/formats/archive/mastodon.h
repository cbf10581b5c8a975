// formats/archive/mastodon.h — Mastodon's exports: lists of accounts as CSV, and the archive with its outbox.
//
// docs/formats/mastodon.md tells the layouts and their traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/csv.h"
#include "formats/emitter.h"

#include <optional>
#include <string>

namespace vv::formats::archive {

/// The role of a list that begins with this row, told by its header; of one without a header, when its file
/// has a list's name (in lower case). Nothing when it is none.
std::optional<Role> mastodon_role(const CsvRow& first, std::string_view name);

/// Reads the actor first, who is the owner, then everything in the archive's order.
Result<Done> read_mastodon(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
