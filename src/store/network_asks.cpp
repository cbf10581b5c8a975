#include "store/network_asks.h"

#include "store/asks.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>

namespace vv::store::network_asks {
namespace {

using core::AccountId;
using core::AskId;
using core::AskSendId;
using core::Brokering;
using soci::into;
using soci::use;

constexpr std::string_view kColumns =
    "SELECT s.id, s.owner_id, s.ask_id, s.account_id, s.is_hidden, s.created_at, s.shown_at, s.expires_at,"
    " s.declined_at, s.community_id FROM ask_sends s WHERE ";

// Its ask is there, no block stands between the two, and what came through a community comes while both
// belong to it. Needs :account.
constexpr std::string_view kStands =
    " AND s.is_hidden = 0 AND EXISTS (SELECT 1 FROM asks a WHERE a.owner_id = s.owner_id AND a.id = s.ask_id)"
    " AND NOT EXISTS (SELECT 1 FROM account_blocks b WHERE (b.account_id = :account AND b.blocked_id ="
    " s.owner_id) OR (b.account_id = s.owner_id AND b.blocked_id = :account))"
    " AND (s.community_id IS NULL OR (SELECT count(*) FROM community_members m WHERE m.community_id ="
    " s.community_id AND m.state = 'member' AND m.account_id IN (s.owner_id, :account)) = 2)";

std::vector<Send> select(Tx& tx, const std::string& where, const auto&... bindings) {
    Send row;
    Prepared select(tx, std::string(kColumns) + where, into(row.id), into(row.asker), into(row.ask),
                    into(row.to), into(row.is_hidden), into(row.created_at), into(row.shown_at),
                    into(row.expires_at), into(row.declined_at), into(row.community), bindings...);
    return select.all(row);
}

std::optional<Send> first_of(std::vector<Send> found) {
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

Brokering brokering(Tx& tx, AccountId account) {
    return brokering(tx, std::span(&account, 1)).at(account);
}

std::map<AccountId, Brokering> brokering(Tx& tx, std::span<const AccountId> accounts) {
    std::map<AccountId, Brokering> all;
    for (const AccountId account : accounts) all.emplace(account, Brokering{});
    const std::string ids = id_list(accounts);
    AccountId account;
    Brokering row;
    Prepared select(tx,
                    "SELECT owner_id, agrees, a_day, silent_until FROM broker_settings WHERE owner_id IN " +
                        ids_in(tx.dialect()),
                    into(account), into(row.agrees), into(row.a_day), into(row.silent_until),
                    use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) all[account] = row;
    return all;
}

void save(Tx& tx, AccountId account, const Brokering& brokering) {
    run(tx,
        "INSERT INTO broker_settings (owner_id, agrees, a_day, silent_until) VALUES (:owner, :agrees, :a_day,"
        " :silent) ON CONFLICT (owner_id) DO UPDATE SET agrees = excluded.agrees, a_day = excluded.a_day,"
        " silent_until = excluded.silent_until",
        use(account, "owner"), use(brokering.agrees, "agrees"), use(brokering.a_day, "a_day"),
        use(brokering.silent_until, "silent"));
}

std::vector<core::PersonId> linked(Tx& tx, AccountId owner, int limit) {
    core::PersonId person;
    Prepared select(tx,
                    "SELECT id FROM people WHERE owner_id = :owner AND account_id IS NOT NULL"
                    " AND blocked_at IS NULL ORDER BY name_folded, id LIMIT :limit",
                    into(person), use(owner, "owner"), use(limit, "limit"));
    return select.all(person);
}

std::vector<Send> add(Tx& tx, std::vector<Send> sends) {
    if (sends.empty()) return sends;
    const auto had = select(tx, "s.owner_id = :owner AND s.ask_id = :ask", use(sends.front().asker, "owner"),
                            use(sends.front().ask, "ask"));
    std::erase_if(sends,
                  [&](const Send& send) { return std::ranges::find(had, send.to, &Send::to) != had.end(); });
    Bulk insert(tx,
                {{"owner_id"},
                 {"ask_id"},
                 {"account_id"},
                 {"id"},
                 {"is_hidden"},
                 {"created_at"},
                 {"shown_at"},
                 {"expires_at"},
                 {"community_id"}},
                "INSERT INTO ask_sends (owner_id, ask_id, account_id, id, is_hidden, created_at, shown_at,"
                " expires_at, community_id) SELECT owner_id, ask_id, account_id, id, is_hidden, created_at,"
                " shown_at, expires_at, community_id FROM r WHERE true");
    for (const Send& send : sends)
        insert.add(send.asker, send.ask, send.to, send.id, send.is_hidden, send.created_at, send.shown_at,
                   send.expires_at, send.community);
    insert.finish();
    return sends;
}

int choose(Tx& tx, AccountId asker, AskId ask, std::span<const AccountId> accounts, Instant now) {
    const std::string ids = id_list(accounts);
    Prepared update(tx,
                    "UPDATE ask_sends SET community_id = NULL, created_at = :now WHERE owner_id = :owner"
                    " AND ask_id = :ask AND community_id IS NOT NULL AND account_id IN " +
                        ids_in(tx.dialect()),
                    use(now, "now"), use(asker, "owner"), use(ask, "ask"), use(ids, "ids"));
    update.execute();
    return static_cast<int>(update.affected_rows());
}

Sent sent_since(Tx& tx, AccountId asker, Instant since) {
    Sent sent;
    run(tx,
        "SELECT count(*), min(created_at) FROM ask_sends WHERE owner_id = :owner AND created_at > :since"
        " AND community_id IS NULL",
        into(sent.count), into(sent.first), use(asker, "owner"), use(since, "since"));
    return sent;
}

std::map<AccountId, std::vector<Instant>> shown(Tx& tx, std::span<const AccountId> accounts, Instant since,
                                                int limit) {
    std::map<AccountId, std::vector<Instant>> all;
    const std::string ids = id_list(accounts);
    AccountId account;
    Instant at;
    Prepared select(tx,
                    "SELECT account_id, shown_at FROM ask_sends WHERE shown_at > :since AND is_hidden = 0"
                    " AND account_id IN " +
                        ids_in(tx.dialect()) + " ORDER BY account_id, shown_at DESC",
                    into(account), into(at), use(since, "since"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        if (auto& times = all[account]; times.size() < static_cast<std::size_t>(limit)) times.push_back(at);
    return all;
}

std::vector<Send> of_ask(Tx& tx, AccountId asker, AskId ask) {
    return select(tx,
                  "s.owner_id = :owner AND s.ask_id = :ask AND s.community_id IS NULL"
                  " ORDER BY s.created_at DESC, s.id DESC",
                  use(asker, "owner"), use(ask, "ask"));
}

std::vector<Send> before(Tx& tx, AccountId account, Instant now, int limit) {
    return select(tx,
                  "s.account_id = :account AND s.shown_at <= :now AND s.expires_at > :now"
                  " AND s.declined_at IS NULL" +
                      std::string(kStands) + " ORDER BY s.shown_at DESC, s.id DESC LIMIT :limit",
                  use(account, "account"), use(now, "now"), use(limit, "limit"));
}

std::optional<Send> find_shown(Tx& tx, AccountId account, AskSendId id, Instant now) {
    return first_of(
        select(tx, "s.id = :id AND s.account_id = :account AND s.shown_at <= :now" + std::string(kStands),
               use(id, "id"), use(account, "account"), use(now, "now")));
}

std::optional<Send> find(Tx& tx, AskSendId id) {
    return first_of(select(tx, "s.id = :id", use(id, "id")));
}

void decline(Tx& tx, const Send& send, Instant now) {
    run(tx,
        "UPDATE ask_sends SET declined_at = :now WHERE owner_id = :owner AND ask_id = :ask AND account_id = "
        ":account",
        use(now, "now"), use(send.asker, "owner"), use(send.ask, "ask"), use(send.to, "account"));
}

void forget(Tx& tx, Instant before) {
    run(tx,
        "DELETE FROM ask_sends WHERE created_at < :before AND shown_at < :before AND expires_at < :before"
        " AND NOT EXISTS (SELECT 1 FROM asks a WHERE a.owner_id = ask_sends.owner_id AND a.id ="
        " ask_sends.ask_id)",
        use(before, "before"));
    run(tx,
        "DELETE FROM ask_communities WHERE created_at < :before AND NOT EXISTS (SELECT 1 FROM asks a"
        " WHERE a.owner_id = ask_communities.owner_id AND a.id = ask_communities.ask_id)",
        use(before, "before"));
}

std::map<AskId, Standing> standing(Tx& tx, std::span<const AccountId> askers, std::span<const AskId> asks) {
    std::map<AskId, Standing> all;
    const auto people = asks::people_of(tx, askers, asks);
    for (auto& [owner, stored] : asks::load(tx, askers, asks)) {
        const auto said = people.find(stored.id);
        const core::AskProgress progress =
            said == people.end() ? core::AskProgress{} : core::progress_of(said->second);
        const auto state = core::state_of(progress, stored.ask.count, stored.closed_at.has_value());
        all.emplace(stored.id, Standing{owner, std::move(stored.ask), state, std::move(stored.result_url)});
    }
    return all;
}

}  // namespace vv::store::network_asks
