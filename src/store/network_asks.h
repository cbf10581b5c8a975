// store/network_asks.h — which ties an ask was sent to, what accounts say about being asked, and how the asks
// of others stand.
#pragma once

#include "core/accounts.h"
#include "core/asks.h"
#include "core/asks/progress.h"
#include "core/communities.h"
#include "core/network_asks.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace vv::store::network_asks {

/// What the account said, or the usual.
core::Brokering brokering(Tx& tx, core::AccountId account);
/// The same of many, in one statement; all of them are there.
std::map<core::AccountId, core::Brokering> brokering(Tx& tx, std::span<const core::AccountId> accounts);
void save(Tx& tx, core::AccountId account, const core::Brokering& brokering);

/// The owner's people who are linked with an account, blocked ones left out, by name; at most `limit`.
std::vector<core::PersonId> linked(Tx& tx, core::AccountId owner, int limit);

struct Send {
    core::AskSendId id;
    core::AccountId asker;
    core::AskId ask;
    core::AccountId to;
    bool is_hidden = false;
    Instant created_at, shown_at, expires_at;
    std::optional<Instant> declined_at;
    std::optional<core::CommunityId> community;  // through which it came
};
/// Who had the ask already keeps what they have. Returns those that were written.
std::vector<Send> add(Tx& tx, std::vector<Send> sends);
/// Who of these had the ask through a community is one the asker chose from now on. Returns how many.
int choose(Tx& tx, core::AccountId asker, core::AskId ask, std::span<const core::AccountId> accounts,
           Instant now);
/// To how many it chose the account sent asks, and when the earliest of them was; of asks that are gone, too.
struct Sent {
    int count = 0;
    std::optional<Instant> first;
};
Sent sent_since(Tx& tx, core::AccountId asker, Instant since);
/// When these accounts' latest asks came or will come, at most `limit` each, the latest first.
std::map<core::AccountId, std::vector<Instant>> shown(Tx& tx, std::span<const core::AccountId> accounts,
                                                      Instant since, int limit);

/// Those of an asker's ask to whom it chose, the latest first.
std::vector<Send> of_ask(Tx& tx, core::AccountId asker, core::AskId ask);
/// What is before an account's eyes: shown, not declined, not expired, and between two who have not blocked
/// each other and, where it came through a community, are both its members. The latest first; at most
/// `limit`.
std::vector<Send> before(Tx& tx, core::AccountId account, Instant now, int limit);
/// One that came before the account at some time, declined or not.
std::optional<Send> find_shown(Tx& tx, core::AccountId account, core::AskSendId id, Instant now);
std::optional<Send> find(Tx& tx, core::AskSendId id);
void decline(Tx& tx, const Send& send, Instant now);

/// What was sent before this of asks that are gone, and to which communities. Reads them all: for a sweep.
void forget(Tx& tx, Instant before);

/// How an ask stands, whoever looks at it.
struct Standing {
    core::AccountId asker;
    core::Ask ask;
    core::AskState state = core::AskState::open;
    std::string result_url;
};
/// Asks that are gone are not there. Two statements.
std::map<core::AskId, Standing> standing(Tx& tx, std::span<const core::AccountId> askers,
                                         std::span<const core::AskId> asks);

}  // namespace vv::store::network_asks
