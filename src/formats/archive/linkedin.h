// formats/archive/linkedin.h — LinkedIn's export: connections, messages, invitations, and who the owner is.
//
// docs/formats/linkedin.md tells the layout and its traps.
#pragma once

#include "formats/archive/parse.h"
#include "formats/emitter.h"

#include <optional>
#include <string>

namespace vv::formats::archive {

/// The key of a profile: what follows /in/ in its address, percent-decoded, in lower case. Nothing for other
/// addresses.
std::optional<std::string> linkedin_slug(std::string_view url);

/// Reads the owner's files first, then finds the owner among the messages, then reads everything in the
/// archive's order.
Result<Done> read_linkedin(const Archive& archive, const Group& group, const ParseOptions& options,
                           Emitter& out, const Limits& limits);

}  // namespace vv::formats::archive
