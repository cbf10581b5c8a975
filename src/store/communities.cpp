#include "store/communities.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

namespace vv::store::communities {
namespace {

using core::AccountId;
using core::CommunityId;
using soci::into;
using soci::use;

constexpr std::string_view kNoBlock =
    "NOT EXISTS (SELECT 1 FROM account_blocks b WHERE (b.account_id = :account AND b.blocked_id ="
    " o.account_id) OR (b.account_id = o.account_id AND b.blocked_id = :account))";

Standing standing_of(const std::string& state) {
    if (state == "member") return Standing::member;
    return state == "declined" ? Standing::declined : Standing::invited;
}

// Each member knows who organises: that one is counted whatever stands between the two.
std::vector<Membership> select(Tx& tx, AccountId account, const std::string& condition,
                               const auto&... bindings) {
    Membership row;
    std::string state;
    const std::string text =
        "SELECT c.id, c.name, a.id, a.handle, a.full_name, (SELECT count(*) FROM community_members o"
        " WHERE o.community_id = c.id AND o.state = 'member' AND (o.account_id = c.organiser_id OR " +
        std::string(kNoBlock) +
        ")), m.state, m.takes_asks FROM community_members m JOIN communities c ON c.id = m.community_id"
        " JOIN accounts a ON a.id = c.organiser_id WHERE m.account_id = :account AND m.state IN ('invited',"
        " 'member')" +
        condition + " ORDER BY c.name, c.id";
    Prepared statement(tx, text, into(row.community.id), into(row.community.name),
                       into(row.community.organiser.id), into(row.community.organiser.handle),
                       into(row.community.organiser.name), into(row.community.members), into(state),
                       into(row.takes_asks), use(account, "account"), bindings...);
    std::vector<Membership> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        row.standing = standing_of(state);
        found.push_back(row);
    }
    return found;
}

void leave_those(Tx& tx, AccountId account, const std::string& which, const auto&... bindings) {
    run(tx, "DELETE FROM community_members WHERE account_id = :account AND community_id " + which,
        use(account, "account"), bindings...);
    run(tx,
        "UPDATE communities SET organiser_id = (SELECT m.account_id FROM community_members m"
        " WHERE m.community_id = communities.id AND m.state = 'member' ORDER BY m.since, m.account_id"
        " LIMIT 1) WHERE organiser_id = :account AND EXISTS (SELECT 1 FROM community_members m"
        " WHERE m.community_id = communities.id AND m.state = 'member') AND id " +
            which,
        use(account, "account"), bindings...);
    run(tx, "DELETE FROM communities WHERE organiser_id = :account AND id " + which, use(account, "account"),
        bindings...);
}

}  // namespace

void add(Tx& tx, CommunityId id, AccountId organiser, const std::string& name, Instant now) {
    run(tx,
        "INSERT INTO communities (id, organiser_id, name, created_at) VALUES (:id, :organiser, :name, :now)",
        use(id, "id"), use(organiser, "organiser"), use(name, "name"), use(now, "now"));
    run(tx,
        "INSERT INTO community_members (community_id, account_id, state, takes_asks, since)"
        " VALUES (:id, :organiser, 'member', 1, :now)",
        use(id, "id"), use(organiser, "organiser"), use(now, "now"));
}

void rename(Tx& tx, CommunityId id, const std::string& name) {
    run(tx, "UPDATE communities SET name = :name WHERE id = :id", use(name, "name"), use(id, "id"));
}

void remove(Tx& tx, CommunityId id) {
    run(tx, "DELETE FROM communities WHERE id = :id", use(id, "id"));
}

int organised_by(Tx& tx, AccountId organiser) {
    int count = 0;
    run(tx, "SELECT count(*) FROM communities WHERE organiser_id = :organiser", into(count),
        use(organiser, "organiser"));
    return count;
}

std::vector<Membership> of_account(Tx& tx, AccountId account) {
    return select(tx, account, "");
}

std::optional<Membership> find(Tx& tx, CommunityId id, AccountId account) {
    auto found = select(tx, account, " AND m.community_id = :id", use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Member> members(Tx& tx, CommunityId id) {
    Member row;
    std::string state;
    Prepared statement(tx,
                       "SELECT a.id, a.handle, a.full_name, m.state FROM community_members m"
                       " JOIN accounts a ON a.id = m.account_id WHERE m.community_id = :id"
                       " AND m.state <> 'refused' ORDER BY a.full_name, a.id",
                       into(row.account.id), into(row.account.handle), into(row.account.name), into(state),
                       use(id, "id"));
    std::vector<Member> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        row.standing = standing_of(state);
        found.push_back(row);
    }
    return found;
}

bool invite(Tx& tx, CommunityId id, AccountId account, Instant now) {
    Prepared insert(tx,
                    "INSERT INTO community_members (community_id, account_id, state, takes_asks, since)"
                    " VALUES (:id, :account, 'invited', 1, :now)"
                    " ON CONFLICT (community_id, account_id) DO NOTHING",
                    use(id, "id"), use(account, "account"), use(now, "now"));
    insert.execute();
    if (insert.affected_rows() == 1) return true;
    run(tx,
        "UPDATE community_members SET state = 'declined', since = :now WHERE community_id = :id"
        " AND account_id = :account AND state = 'refused'",
        use(now, "now"), use(id, "id"), use(account, "account"));
    return false;
}

int waiting_for(Tx& tx, AccountId account) {
    int count = 0;
    run(tx, "SELECT count(*) FROM community_members WHERE account_id = :account AND state = 'invited'",
        into(count), use(account, "account"));
    return count;
}

void join(Tx& tx, CommunityId id, AccountId account, bool takes_asks, Instant now) {
    run(tx,
        "UPDATE community_members SET takes_asks = :takes, since = CASE WHEN state = 'member' THEN since ELSE"
        " :now END, state = 'member' WHERE community_id = :id AND account_id = :account",
        use(takes_asks, "takes"), use(now, "now"), use(id, "id"), use(account, "account"));
}

void decline(Tx& tx, CommunityId id, AccountId account) {
    run(tx,
        "UPDATE community_members SET state = 'declined' WHERE community_id = :id AND account_id = :account"
        " AND state = 'invited'",
        use(id, "id"), use(account, "account"));
}

void leave(Tx& tx, CommunityId id, AccountId account) {
    leave_those(tx, account, "= :id", use(id, "id"));
}

void leave_all(Tx& tx, AccountId account) {
    leave_those(tx, account, "IS NOT NULL");
}

void put_out(Tx& tx, CommunityId id, AccountId account) {
    run(tx,
        "UPDATE community_members SET state = 'refused' WHERE community_id = :id AND account_id = :account"
        " AND state = 'declined'",
        use(id, "id"), use(account, "account"));
    run(tx,
        "DELETE FROM community_members WHERE community_id = :id AND account_id = :account"
        " AND state IN ('invited', 'member')",
        use(id, "id"), use(account, "account"));
}

std::map<CommunityId, std::string> joined_by(Tx& tx, AccountId account) {
    std::map<CommunityId, std::string> found;
    CommunityId id;
    std::string name;
    Prepared select(tx,
                    "SELECT c.id, c.name FROM community_members m JOIN communities c ON c.id = m.community_id"
                    " WHERE m.account_id = :account AND m.state = 'member'",
                    into(id), into(name), use(account, "account"));
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(id, name);
    return found;
}

std::vector<std::pair<core::PersonId, CommunityId>> own_people(Tx& tx, AccountId account,
                                                               std::span<const CommunityId> communities) {
    std::pair<core::PersonId, CommunityId> row;
    const std::string ids = id_list(communities);
    Prepared select(tx,
                    "SELECT p.id, o.community_id FROM community_members o CROSS JOIN people p"
                    " WHERE p.owner_id = :account AND p.account_id = o.account_id AND o.state = 'member'"
                    " AND o.account_id <> :account AND " +
                        std::string(kNoBlock) + " AND o.community_id IN " + ids_in(tx.dialect()) +
                        " ORDER BY p.id, o.community_id",
                    into(row.first), into(row.second), use(account, "account"), use(ids, "ids"));
    return select.all(row);
}

std::vector<AccountId> takers(Tx& tx, CommunityId id, AccountId but) {
    AccountId account;
    Prepared select(tx,
                    "SELECT o.account_id FROM community_members o WHERE o.community_id = :id"
                    " AND o.state = 'member' AND o.takes_asks = 1 AND o.account_id <> :account AND " +
                        std::string(kNoBlock) + " ORDER BY o.account_id",
                    into(account), use(id, "id"), use(but, "account"));
    return select.all(account);
}

bool note_ask(Tx& tx, AccountId asker, core::AskId ask, CommunityId id, Instant now) {
    Prepared insert(tx,
                    "INSERT INTO ask_communities (owner_id, ask_id, community_id, created_at)"
                    " VALUES (:asker, :ask, :id, :now)"
                    " ON CONFLICT (owner_id, ask_id, community_id) DO NOTHING",
                    use(asker, "asker"), use(ask, "ask"), use(id, "id"), use(now, "now"));
    insert.execute();
    return insert.affected_rows() == 1;
}

int asked_since(Tx& tx, AccountId asker, Instant since) {
    int count = 0;
    run(tx, "SELECT count(*) FROM ask_communities WHERE owner_id = :asker AND created_at > :since",
        into(count), use(asker, "asker"), use(since, "since"));
    return count;
}

std::vector<Asked> of_ask(Tx& tx, AccountId asker, core::AskId ask) {
    Asked row;
    Prepared select(tx,
                    "SELECT c.id, c.name, w.created_at FROM ask_communities w JOIN communities c"
                    " ON c.id = w.community_id"
                    " JOIN community_members m ON m.community_id = c.id AND m.account_id = w.owner_id"
                    " AND m.state = 'member' WHERE w.owner_id = :asker AND w.ask_id = :ask"
                    " ORDER BY w.created_at DESC, c.id DESC",
                    into(row.id), into(row.name), into(row.at), use(asker, "asker"), use(ask, "ask"));
    return select.all(row);
}

std::map<CommunityId, std::string> names(Tx& tx, std::span<const CommunityId> ids) {
    std::map<CommunityId, std::string> found;
    if (ids.empty()) return found;
    const std::string list = id_list(ids);
    CommunityId id;
    std::string name;
    Prepared select(tx, "SELECT id, name FROM communities WHERE id IN " + ids_in(tx.dialect()), into(id),
                    into(name), use(list, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(id, name);
    return found;
}

}  // namespace vv::store::communities
