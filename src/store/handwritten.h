// store/handwritten.h — what the owner wrote of people, as it stands in their rows: what outlives a merge and
// what undoing brings back.
#pragma once

#include "core/person.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <string>

namespace vv::store::handwritten {

struct Row {
    std::string note;
    std::string next_step;
    std::string relation;
    std::string relation_set_by;
    std::optional<core::AccountId> account;
    std::optional<Instant> blocked_at;
    Instant created_at;
    std::optional<core::Cadence> cadence;
    bool operator==(const Row&) const = default;
};

/// Of those of these people who are there. One statement.
std::map<core::PersonId, Row> load(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);

/// Writes the rows of people who are there. One statement.
void save(Tx& tx, core::AccountId owner, const std::map<core::PersonId, const Row*>& people);

}  // namespace vv::store::handwritten
