// store/photos.h — small pictures of an owner's people, by the hash of the picture as it was given.
//
// Whose they are stands with the identities (Attributes::photo_hash): a picture goes when no source of theirs
// names it any more.
#pragma once

#include "core/people.h"
#include "store/database.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace vv::store::photos {

struct Photo {
    std::string hash;
    std::string jpeg;
    std::uint64_t look = 0;  // what it shows (base/picture_protocol.h)
};
/// `kept_until`: not forgotten before, though nobody should have it any more.
void keep(Tx& tx, core::AccountId owner, const std::vector<Photo>& photos, Instant kept_until);
std::set<std::string> hashes(Tx& tx, core::AccountId owner);
/// What each shows, by its hash; without those that tell nothing.
std::unordered_map<std::string, std::uint64_t> looks(Tx& tx, core::AccountId owner);
/// The picture of a person; nothing when there is none.
std::optional<Photo> of_person(Tx& tx, core::AccountId owner, core::PersonId person);
/// Who has any.
std::vector<core::AccountId> owners(Tx& tx);
/// Forgets those that no source of an identity names.
void forget_unused(Tx& tx, core::AccountId owner, Instant now);

}  // namespace vv::store::photos
