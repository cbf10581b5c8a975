// store/acts.h — what the owner did to people, kept with how they were, so that it can be undone.
//
// A picture holds all that such an act can change: what the owner wrote of people, which identities they are,
// what was said of these, and what was still asked. Tie summaries and cards are worked out again and not in
// it.
#pragma once

#include "core/encounters.h"
#include "core/person.h"
#include "core/resolution.h"
#include "store/database.h"
#include "store/handwritten.h"
#include "store/people_lists.h"
#include "store/resolution.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace vv::store::acts {

using core::ActId;

/// What the owner wrote of a person.
struct Written : handwritten::Row {
    std::set<std::string> tags;
    std::set<core::ListId> lists;
    bool operator==(const Written&) const = default;
};

/// A list, and who was in it.
struct KeptList {
    people_lists::List list;
    std::vector<core::PersonId> people;
};

struct Picture {
    std::map<core::PersonId, Written> people;
    std::map<core::IdentityId, core::PersonId> identities;
    std::map<core::IdentityId, std::string> by_hand;  // attributes of what was written by hand, JSON
    std::vector<resolution::Word> decisions;          // between two of these identities
    std::vector<core::Comparison> questions;          // about one of them
    // Of acts about these alone:
    std::map<core::EncounterId, bool> encounters;  // whether it is denied
    std::vector<std::pair<core::EncounterId, core::IdentityId>> absent;
    std::vector<KeptList> lists;
};

/// How these people are now. Six statements; three without `identities`.
enum class Depth { written, identities };
Picture look(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people, Depth depth);

struct Act {
    ActId id;
    std::string kind;  // merge, split, answer, edit, bulk, claim, deny, absent, list
    Instant at;
    Picture before;
    Picture after;
};
/// Keeps it; acts older than thirty days are forgotten.
void add(Tx& tx, core::AccountId owner, const Act& act);
std::optional<Act> find(Tx& tx, core::AccountId owner, ActId id);
void remove(Tx& tx, core::AccountId owner, ActId id);
/// The newest first, without their pictures.
std::vector<Act> latest(Tx& tx, core::AccountId owner, int limit);

/// What was said between two of these identities is exactly this.
void replace_decisions(Tx& tx, core::AccountId owner, std::span<const core::IdentityId> identities,
                       const std::vector<resolution::Word>& words);
/// Writes what the owner wrote of people who are there.
void write(Tx& tx, core::AccountId owner, const std::map<core::PersonId, Written>& people);
/// Attributes of what was written by hand, as they were; without any the identity goes.
void write_by_hand(Tx& tx, core::AccountId owner,
                   const std::map<core::IdentityId, std::optional<std::string>>& by_hand);

}  // namespace vv::store::acts
