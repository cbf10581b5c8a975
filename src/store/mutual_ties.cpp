#include "store/mutual_ties.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <algorithm>
#include <set>
#include <utility>

namespace vv::store::mutual_ties {
namespace {

using core::AccountId;
using core::PersonId;
using soci::into;
using soci::use;

constexpr std::size_t kWarmest = 50;

using Pair = std::pair<AccountId, AccountId>;

/// One of the owner's people who has an account and said yes.
struct Willing {
    PersonId person;
    AccountId account;
    std::string name;
};

std::vector<Willing> willing(Tx& tx, AccountId owner) {
    Willing row;
    // The sum keeps the index of the warmest out: it would have all of the owner's people read, for the few
    // that have an account.
    Prepared select(tx, R"(
        SELECT p.id, p.account_id, p.name FROM people p JOIN accounts a ON a.id = p.account_id
        WHERE p.owner_id = :owner AND p.account_id IS NOT NULL AND p.blocked_at IS NULL AND a.shows_ties = 1
          AND NOT EXISTS (SELECT 1 FROM identities i
                          WHERE i.owner_id = p.owner_id AND i.person_id = p.id AND i.blocked_at IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM account_blocks b
                          WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)
                             OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id))
        ORDER BY p.warmth + 0 DESC, p.id)",
                    into(row.person), into(row.account), into(row.name), use(owner, "owner"));
    return select.all(row);
}

/// Whom of `all` each of `some` keeps among its own people.
std::vector<Pair> known(Tx& tx, const std::vector<AccountId>& some, const std::vector<AccountId>& all) {
    Pair row;
    const std::string by = id_list(some), whom = id_list(all);
    // The sum keeps the list of all out of the index: it would be searched for each pair of the two lists.
    Prepared select(tx,
                    "SELECT owner_id, account_id FROM people WHERE account_id IS NOT NULL"
                    " AND blocked_at IS NULL AND owner_id IN " +
                        ids_in(tx.dialect(), "by") + " AND account_id + 0 IN " + ids_in(tx.dialect(), "whom"),
                    into(row.first), into(row.second), use(by, "by"), use(whom, "whom"));
    return select.all(row);
}

/// Of these accounts, who keeps whom away.
std::set<Pair> apart(Tx& tx, const std::vector<AccountId>& accounts) {
    Pair row;
    const std::string ids = id_list(accounts), in = ids_in(tx.dialect());
    Prepared select(tx,
                    "SELECT account_id, blocked_id FROM account_blocks WHERE account_id IN " + in +
                        " UNION SELECT owner_id, account_id FROM people WHERE account_id IS NOT NULL"
                        " AND blocked_at IS NOT NULL AND owner_id IN " +
                        in +
                        " UNION SELECT p.owner_id, p.account_id FROM identities i JOIN people p"
                        " ON p.owner_id = i.owner_id AND p.id = i.person_id WHERE i.blocked_at IS NOT NULL"
                        " AND p.account_id IS NOT NULL AND i.owner_id IN " +
                        in,
                    into(row.first), into(row.second), use(ids, "ids"));
    std::set<Pair> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        found.insert(row);
        found.emplace(row.second, row.first);
    }
    return found;
}

}  // namespace

bool shows(Tx& tx, AccountId account) {
    int one = 0;
    return run(tx, "SELECT 1 FROM accounts WHERE id = :id AND shows_ties = 1", into(one), use(account, "id"));
}

void set_shows(Tx& tx, AccountId account, bool shows) {
    const int value = shows ? 1 : 0;
    run(tx, "UPDATE accounts SET shows_ties = :shows WHERE id = :id", use(value, "shows"),
        use(account, "id"));
}

MutualTies of_owner(Tx& tx, AccountId owner) {
    const std::vector<Willing> people = willing(tx, owner);
    if (people.size() < 2) return {};
    std::vector<AccountId> accounts;
    for (const Willing& one : people) accounts.push_back(one.account);
    const std::vector<AccountId> warmest(
        accounts.begin(),
        accounts.begin() + static_cast<std::ptrdiff_t>(std::min(kWarmest, accounts.size())));
    const std::vector<Pair> pairs = known(tx, warmest, accounts);
    if (pairs.empty()) return {};
    const std::set<Pair> kept_away = apart(tx, accounts);
    std::unordered_map<AccountId, std::vector<AccountId>> knows;
    for (const Pair& pair : pairs)
        if (!kept_away.contains(pair)) knows[pair.first].push_back(pair.second);
    std::unordered_map<AccountId, PersonId> person_of;
    for (const Willing& one : people) person_of.emplace(one.account, one.person);
    MutualTies found;
    for (std::size_t i = 0; i < warmest.size(); ++i)
        for (const AccountId other : knows[warmest[i]]) {
            auto& names = found[person_of.at(other)];
            if (other != warmest[i]) names.push_back(people[i].name);
        }
    std::erase_if(found, [](const auto& one) { return one.second.empty(); });
    return found;
}

}  // namespace vv::store::mutual_ties
