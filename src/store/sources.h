// store/sources.h — identities and the files that speak of them: kept in step when files come and go.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vv::store::sources {

/// Joins anew what is said of these identities, after sources were taken away. Those of whom nothing is said
/// any more are removed, but for those on whom something of the owner's own hangs (an encounter claimed, a
/// meeting): these stay as if written by hand. Whoever changed, or shared a person with one removed, is stale
/// afterwards.
void rejoin(Tx& tx, core::AccountId owner, const std::vector<core::IdentityId>& identities, Instant now);

/// The owner's identities among all: they are no people.
std::vector<core::IdentityId> of_owner(Tx& tx, core::AccountId owner);
/// The owner's own keys of a network ("email"), or names ("name"), as archives told them.
std::vector<std::string> owner_keys(Tx& tx, core::AccountId owner, const std::string& network);
/// Takes identities that turned out to be the owner's from the people they were taken for.
void part_from_owner(Tx& tx, core::AccountId owner);

/// What changed since people were last resolved, without the owner's own.
std::vector<core::IdentityId> stale(Tx& tx, core::AccountId owner);
void mark_stale(Tx& tx, core::AccountId owner, const std::vector<core::IdentityId>& identities);
/// People were resolved.
void clear_stale(Tx& tx, core::AccountId owner);

/// The people that these identities stand for now.
std::vector<core::PersonId> people_of(Tx& tx, core::AccountId owner,
                                      const std::vector<core::IdentityId>& identities);
/// Whom the files speak of.
std::vector<core::IdentityId> in_files(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files);

}  // namespace vv::store::sources
