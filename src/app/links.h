// app/links.h — a person in an owner's record is an account here: only after both have agreed to it, by a
// meeting or by a handshake.
#pragma once

#include "base/ids.h"
#include "core/people.h"
#include "store/database.h"

namespace vv::app {

/// Makes sure that `other` stands among the owner's people, as the person already linked or as a new one, and
/// returns the identity that facts about the two hang on. Saying it again changes nothing.
core::IdentityId link_person(store::Tx& tx, core::AccountId owner, core::AccountId other, Instant now,
                             IdSource& ids);

}  // namespace vv::app
