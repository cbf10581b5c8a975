// app/resolution_apply.h — what resolution's use cases share: clusters become people, questions are kept in
// step.
#pragma once

#include "base/ids.h"
#include "core/resolution.h"
#include "store/resolution.h"

#include <span>
#include <vector>

namespace vv::app {

/// Clusters of identities, and where these identities are now.
struct Clusters {
    std::vector<std::vector<core::IdentityId>> clusters;
    const std::vector<store::resolution::Place>& places;  // of all of them, at least
    /// Whether the first cluster keeps the person, whatever its size: the owner parted the others from it.
    bool first_keeps = false;
};

struct Applied {
    std::vector<core::PersonId>
        changed;  // people whose identities are no longer the same ones, without the new
    std::vector<core::PersonId> created;
    std::size_t absorbed = 0;
};

/// The clusters as they are.
std::vector<std::vector<core::IdentityId>> clusters_of(const std::vector<store::resolution::Place>& places);

/// Gives each cluster a person: the one who has most of its identities (of equals the older), else a new one.
/// Writes identities, cards and words of those that changed or hold a touched identity, joins what the owner
/// wrote, and refreshes ties. Every person that `places` names must have all identities there. A constant
/// number of statements for two thousand people; no more of them are held at once.
Applied apply_clusters(store::Tx& tx, core::AccountId owner, const Clusters& clusters, Instant now,
                       IdSource& ids, std::span<const core::IdentityId> touched = {});

/// Keeps the questions in step: those about `reconsidered` identities are replaced by `fresh`, those that a
/// merge or an answer has settled go, and all are ranked again by how much an answer is worth.
std::size_t refresh_questions(store::Tx& tx, core::AccountId owner,
                              std::span<const core::IdentityId> reconsidered,
                              std::vector<core::Comparison> fresh);

}  // namespace vv::app
