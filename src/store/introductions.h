// store/introductions.h — introductions as rows, each the broker's, found by whoever of the three has a part
// in it.
//
// What a side may see is core's to say (core::state_for); only is_hidden is held back here.
#pragma once

#include "core/introductions.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::introductions {

struct Row {
    core::Introduction introduction;
    core::AccountId broker;
    std::optional<core::AccountId> asker;   // gone: has left
    std::optional<core::AccountId> target;  // an account's; gone, or there never was one
    core::IdentityId target_identity;       // among the broker's people
    std::string target_name;
    std::string email;                               // of a target without an account
    bool is_hidden = false;                          // comes before nobody but the broker
    std::optional<core::IdentityId> asker_identity;  // who stands for the target among the asker's people
};

void add(Tx& tx, const Row& row);
/// What was said, and what came of it.
void save(Tx& tx, const Row& row);
std::optional<Row> find(Tx& tx, core::IntroductionId id);

/// Those in which the account has a part and of which it may know, the newest first; at most `limit`. One
/// statement.
std::vector<Row> list(Tx& tx, core::AccountId account, std::optional<core::IntroductionId> before, int limit);
/// Of these asks of an asker, as far as they are made.
std::vector<Row> made_for(Tx& tx, core::AccountId asker, const std::vector<core::AskId>& asks);
/// What this broker did for this ask, the newest first.
std::vector<Row> of_broker(Tx& tx, core::AccountId broker, core::AskId ask);

struct Count {
    int all = 0;
    int by_mail = 0;  // to targets without an account
};
Count made_since(Tx& tx, core::AccountId broker, Instant since);
/// Whether the broker has one under way between these two.
bool is_under_way(Tx& tx, const Row& like, Instant now);
/// Whether the target has once said no to this asker.
bool is_refused(Tx& tx, const Row& like);
/// How many wait for this account's answer.
int waiting_for(Tx& tx, core::AccountId target, Instant now);

/// Whose identities these are among an owner's people; those of nobody are left out.
std::map<core::IdentityId, core::PersonId> people_of(Tx& tx, core::AccountId owner,
                                                     std::span<const core::IdentityId> identities);

void add_link(Tx& tx, const Row& row, const std::string& token_hash, Instant now);
std::optional<core::IntroductionId> find_by_link(Tx& tx, const std::string& token_hash);

/// Of all owners': made and not yet known to have led to a meeting, whose asker has met the target since; at
/// most `limit`. Reads the index of those alone.
std::vector<core::IntroductionId> newly_met(Tx& tx, Instant made_since, int limit);

}  // namespace vv::store::introductions
