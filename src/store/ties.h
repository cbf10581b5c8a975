// store/ties.h — the facts of ties, summed up, and the summaries that people carry.
#pragma once

#include "core/suggestions.h"
#include "core/ties.h"
#include "store/database.h"

#include <unordered_map>
#include <vector>

namespace vv::store::ties {

/// The owner's next people by id, at most `limit`.
std::vector<core::PersonId> people_after(Tx& tx, core::AccountId owner, core::PersonId after, int limit);
/// Those whose summary time itself has changed: a planned encounter of theirs is over by `now`.
std::vector<core::PersonId> due(Tx& tx, core::AccountId owner, Instant now);
/// Those who own such people, at most `limit`. The one query that goes over all owners: it reads the index of
/// what is due, which holds nobody else.
std::vector<core::AccountId> owners_of_due(Tx& tx, Instant now, int limit);

/// How often this owner is usually in touch with people, from their summaries.
core::OwnersRhythm rhythm(Tx& tx, core::AccountId owner);

/// Declared ties, contacts, agreed meetings and introductions of these people, as of `now`; encounters are
/// left to the caller, who joins them first. Everybody asked for is there, with or without facts. Five
/// statements.
std::unordered_map<core::PersonId, core::TieSums> sums(Tx& tx, core::AccountId owner,
                                                       const std::vector<core::PersonId>& people, Instant now,
                                                       core::OwnersRhythm rhythm);

/// What of a person besides the tie decides how much meeting them can be worth.
std::vector<core::Candidate> candidates(Tx& tx, core::AccountId owner,
                                        const std::vector<core::PersonId>& people);

struct Summary {
    core::PersonId person;
    core::Tie tie;
    double pull = 0;    // core::utility_bound
    double warmth = 0;  // core::asks::warmth_bound
};
/// Where one of them has an account, the network of asks learns that the owner's ties changed.
void save(Tx& tx, core::AccountId owner, const std::vector<Summary>& summaries);

}  // namespace vv::store::ties
