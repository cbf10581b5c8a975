// store/asks.h — an owner's asks, and how those whom she asked answered.
#pragma once

#include "core/asks.h"
#include "core/asks/progress.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::asks {

struct StoredAsk {
    core::AskId id;
    core::Ask ask;
    Instant created_at;
    std::optional<Instant> closed_at;  // by the owner
    std::string result_url;            // what came of it, shared with all who helped; may be empty
};

int count(Tx& tx, core::AccountId owner);
void add(Tx& tx, core::AccountId owner, const StoredAsk& ask);
/// Its parts, whether it is closed, and its result.
void save(Tx& tx, core::AccountId owner, const StoredAsk& ask);
/// With who was asked for it. False when there is none.
bool remove(Tx& tx, core::AccountId owner, core::AskId id);
std::optional<StoredAsk> find(Tx& tx, core::AccountId owner, core::AskId id);
/// The newest first, those before `before` if it is given; at most `limit`. One statement.
std::vector<StoredAsk> list(Tx& tx, core::AccountId owner, std::optional<core::AskId> before, int limit);

/// Who was asked, or left out, for these asks, the latest first; people who are gone or blocked are not among
/// them. One statement.
std::map<core::AskId, std::vector<core::Asked>> people_of(Tx& tx, core::AccountId owner,
                                                          std::span<const core::AskId> asks);
/// The same for asks of several owners, and these asks themselves. One statement each.
std::map<core::AskId, std::vector<core::Asked>> people_of(Tx& tx, std::span<const core::AccountId> owners,
                                                          std::span<const core::AskId> asks);
std::vector<std::pair<core::AccountId, StoredAsk>> load(Tx& tx, std::span<const core::AccountId> owners,
                                                        std::span<const core::AskId> asks);

/// What came of one person; when they were asked stays as it was said first.
void set(Tx& tx, core::AccountId owner, core::AskId ask, const core::Asked& asked);
/// As if nothing had been said of them. False when nothing was.
bool forget(Tx& tx, core::AccountId owner, core::AskId ask, core::PersonId person);

}  // namespace vv::store::asks
