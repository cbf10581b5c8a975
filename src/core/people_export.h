// core/people_export.h — people in a file that this program wrote: how they are told from any other card.
#pragma once

#include "core/people.h"

#include <span>
#include <string_view>
#include <vector>

namespace vv::core {

/// A person's key in such a file begins so, in the network `vcard`. Whoever wrote it knew who is who: no two
/// of them are one, and the name is as it was shown.
constexpr std::string_view kExportedPerson = "urn:visavis:person:";
inline bool is_exported(const Identity& identity) {
    return identity.network == Network::vcard && identity.key.starts_with(kExportedPerson);
}

/// A person's identities in the order in which the card believes them.
std::vector<const Identity*> most_believed_first(std::span<const Identity* const> identities);

}  // namespace vv::core
