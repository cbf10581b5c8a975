// store/lookouts.h — lookouts as rows, each its owner's, and the links that lead to them. Nothing is found
// that should be deleted already.
#pragma once

#include "core/accounts.h"
#include "core/lookouts.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::store::lookouts {

struct Row {
    core::Lookout lookout;
    std::optional<Instant> mailed_at;   // when the last mail to the friend was put on its way
    std::optional<Instant> refused_at;  // the address takes no mail
};

/// Writes one, new or changed.
void save(Tx& tx, core::AccountId owner, const Row& row);
std::optional<Row> find(Tx& tx, core::AccountId owner, core::LookoutId id, Instant now);
std::optional<Row> find(Tx& tx, core::AccountId owner, core::MeetingId meeting, Instant now);
/// The owner's, by when they are over.
std::vector<Row> list(Tx& tx, core::AccountId owner, Instant now);
void remove(Tx& tx, core::AccountId owner, core::LookoutId id);

void add_link(Tx& tx, core::AccountId owner, core::LookoutId id, const std::string& token_hash,
              bool is_owners, Instant now);
struct Linked {
    core::AccountId owner;
    core::LookoutId lookout;
    bool is_owners = false;
};
std::optional<Linked> find_by_link(Tx& tx, const std::string& token_hash);

/// Deletes what is to be gone by `now`, of all owners.
void sweep(Tx& tx, Instant now);

}  // namespace vv::store::lookouts
