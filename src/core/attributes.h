// core/attributes.h — what several sources say of one identity, joined into one.
#pragma once

#include "core/people.h"

#include <span>

namespace vv::core {

/// Adds what an older or lesser source says: single values stand when they are set, names that differ become
/// further names, lists are joined without doubles.
void add_attributes(Attributes& into, const Attributes& more);

/// Makes every text but the note one plain line (base/text.h).
void make_plain(Attributes& attributes);

/// All sources of an identity, the newest first: the newest word on each field counts, as people change
/// employers. An e-mail address or a telephone number is named by many archives, of which none is newer in
/// that sense: there the fullest name counts, so that the order of imports does not.
Attributes join_attributes(Network network, std::span<const Attributes> newest_first);

}  // namespace vv::core
