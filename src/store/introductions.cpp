#include "store/introductions.h"

#include "store/bind.h"
#include "store/lists.h"
#include "store/statements.h"

#include <limits>

namespace vv::store::introductions {
namespace {

using core::AccountId;
using core::IntroductionId;
using soci::into;
using soci::use;

constexpr std::string_view kColumns =
    "SELECT i.owner_id, i.id, i.asker_id, i.ask_id, i.target_id, i.target_identity, i.target_name, i.email,"
    " i.is_hidden, i.to_target, i.to_asker, i.asker_says, i.target_says, i.created_at, i.expires_at, "
    "i.is_over,"
    " i.made_at, i.asker_identity, i.met_at, i.asker_thanks, i.target_thanks FROM introductions i WHERE ";

std::vector<Row> select(Tx& tx, const std::string& where, const auto&... bindings) {
    Row row;
    core::Introduction& i = row.introduction;
    std::string asker_says, target_says;
    std::vector<Row> found;
    Prepared select(tx, std::string(kColumns) + where, into(row.broker), into(i.id), into(row.asker),
                    into(i.ask), into(row.target), into(row.target_identity), into(row.target_name),
                    into(row.email), into(row.is_hidden), into(i.to_target), into(i.to_asker),
                    into(asker_says), into(target_says), into(i.created_at), into(i.expires_at),
                    into(i.is_over), into(i.made_at), into(row.asker_identity), into(i.met_at),
                    into(i.asker_thanks), into(i.target_thanks), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        i.asker_says = core::parse_consent(asker_says).value_or(core::Consent::unsaid);
        i.target_says = core::parse_consent(target_says).value_or(core::Consent::unsaid);
        found.push_back(row);
    }
    return found;
}

}  // namespace

void add(Tx& tx, const Row& row) {
    const core::Introduction& i = row.introduction;
    const std::string asker_says(core::to_string(i.asker_says)), target_says(core::to_string(i.target_says));
    run(tx,
        "INSERT INTO introductions (owner_id, id, asker_id, ask_id, target_id, target_identity, target_name,"
        " email, is_hidden, to_target, to_asker, asker_says, target_says, created_at, expires_at) VALUES"
        " (:owner, :id, :asker, :ask, :target, :identity, :name, :email, :hidden, :to_target, :to_asker,"
        " :asker_says, :target_says, :created, :expires)",
        use(row.broker, "owner"), use(i.id, "id"), use(row.asker, "asker"), use(i.ask, "ask"),
        use(row.target, "target"), use(row.target_identity, "identity"), use(row.target_name, "name"),
        use(row.email, "email"), use(row.is_hidden, "hidden"), use(i.to_target, "to_target"),
        use(i.to_asker, "to_asker"), use(asker_says, "asker_says"), use(target_says, "target_says"),
        use(i.created_at, "created"), use(i.expires_at, "expires"));
}

void save(Tx& tx, const Row& row) {
    const core::Introduction& i = row.introduction;
    const std::string asker_says(core::to_string(i.asker_says)), target_says(core::to_string(i.target_says));
    run(tx,
        "UPDATE introductions SET asker_says = :asker_says, target_says = :target_says, is_over = :over,"
        " made_at = :made, asker_identity = :identity, met_at = :met, asker_thanks = :asker_thanks,"
        " target_thanks = :target_thanks, email = :email WHERE owner_id = :owner AND id = :id",
        use(asker_says, "asker_says"), use(target_says, "target_says"), use(i.is_over, "over"),
        use(i.made_at, "made"), use(row.asker_identity, "identity"), use(i.met_at, "met"),
        use(i.asker_thanks, "asker_thanks"), use(i.target_thanks, "target_thanks"), use(row.email, "email"),
        use(row.broker, "owner"), use(i.id, "id"));
}

std::optional<Row> find(Tx& tx, IntroductionId id) {
    auto found = select(tx, "i.id = :id", use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Row> list(Tx& tx, AccountId account, std::optional<IntroductionId> before, int limit) {
    const IntroductionId last = before.value_or(IntroductionId{std::numeric_limits<std::int64_t>::max()});
    return select(
        tx,
        "i.id IN (SELECT id FROM introductions WHERE owner_id = :me"
        " UNION SELECT id FROM introductions WHERE asker_id = :me AND is_hidden = 0"
        " AND (made_at IS NOT NULL OR ask_id IS NULL)"
        " UNION SELECT id FROM introductions WHERE target_id = :me AND is_hidden = 0 AND asker_says = 'yes')"
        " AND i.id < :before ORDER BY i.id DESC LIMIT :limit",
        use(account, "me"), use(last, "before"), use(limit, "limit"));
}

std::vector<Row> made_for(Tx& tx, AccountId asker, const std::vector<core::AskId>& asks) {
    const std::string ids = id_list(asks);
    return select(tx,
                  "i.asker_id = :asker AND i.made_at IS NOT NULL AND i.ask_id IN " + ids_in(tx.dialect()) +
                      " ORDER BY i.id DESC",
                  use(asker, "asker"), use(ids, "ids"));
}

std::vector<Row> of_broker(Tx& tx, AccountId broker, core::AskId ask) {
    return select(tx, "i.owner_id = :owner AND i.ask_id = :ask ORDER BY i.id DESC", use(broker, "owner"),
                  use(ask, "ask"));
}

Count made_since(Tx& tx, AccountId broker, Instant since) {
    Count count;
    run(tx,
        "SELECT count(*), coalesce(sum(CASE WHEN email <> '' THEN 1 ELSE 0 END), 0) FROM introductions"
        " WHERE owner_id = :owner AND created_at > :since",
        into(count.all), into(count.by_mail), use(broker, "owner"), use(since, "since"));
    return count;
}

bool is_under_way(Tx& tx, const Row& like, Instant now) {
    int one = 0;
    return run(
        tx,
        "SELECT 1 FROM introductions WHERE owner_id = :owner AND asker_id = :asker"
        " AND (target_identity = :identity OR target_id = :target) AND expires_at > :now AND is_over = 0"
        " AND made_at IS NULL AND asker_says IN ('unsaid', 'yes') AND target_says = 'unsaid' LIMIT 1",
        into(one), use(like.broker, "owner"), use(like.asker, "asker"), use(like.target_identity, "identity"),
        use(like.target, "target"), use(now, "now"));
}

bool is_refused(Tx& tx, const Row& like) {
    int one = 0;
    if (like.target)
        return run(tx,
                   "SELECT 1 FROM introductions WHERE target_id = :target AND asker_id = :asker"
                   " AND target_says = 'no' LIMIT 1",
                   into(one), use(like.target, "target"), use(like.asker, "asker"));
    if (like.email.empty()) return false;
    return run(tx,
               "SELECT 1 FROM introductions WHERE email = :email AND email <> '' AND asker_id = :asker"
               " AND target_says = 'no' LIMIT 1",
               into(one), use(like.email, "email"), use(like.asker, "asker"));
}

int waiting_for(Tx& tx, AccountId target, Instant now) {
    int waiting = 0;
    run(tx,
        "SELECT count(*) FROM introductions WHERE target_id = :target AND is_hidden = 0 AND is_over = 0"
        " AND asker_says = 'yes' AND target_says = 'unsaid' AND expires_at > :now",
        into(waiting), use(target, "target"), use(now, "now"));
    return waiting;
}

std::map<core::IdentityId, core::PersonId> people_of(Tx& tx, AccountId owner,
                                                     std::span<const core::IdentityId> identities) {
    std::map<core::IdentityId, core::PersonId> found;
    const std::string ids = id_list(identities);
    core::IdentityId identity;
    core::PersonId person;
    Prepared select(
        tx,
        "SELECT id, person_id FROM identities WHERE owner_id = :owner AND person_id <> 0 AND id IN " +
            ids_in(tx.dialect()),
        into(identity), into(person), use(owner, "owner"), use(ids, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(identity, person);
    return found;
}

void add_link(Tx& tx, const Row& row, const std::string& token_hash, Instant now) {
    run(tx,
        "INSERT INTO introduction_links (owner_id, introduction_id, token_hash, created_at)"
        " VALUES (:owner, :id, :hash, :now)",
        use(row.broker, "owner"), use(row.introduction.id, "id"), use(token_hash, "hash"), use(now, "now"));
}

std::optional<IntroductionId> find_by_link(Tx& tx, const std::string& token_hash) {
    IntroductionId id;
    if (!run(tx, "SELECT introduction_id FROM introduction_links WHERE token_hash = :hash", into(id),
             use(token_hash, "hash")))
        return std::nullopt;
    return id;
}

std::vector<IntroductionId> newly_met(Tx& tx, Instant made_since, int limit) {
    IntroductionId id;
    Prepared select(tx,
                    "SELECT n.id FROM introductions n"
                    " JOIN identities i ON i.owner_id = n.asker_id AND i.id = n.asker_identity"
                    " JOIN people p ON p.owner_id = i.owner_id AND p.id = i.person_id"
                    " WHERE n.made_at IS NOT NULL AND n.met_at IS NULL AND n.made_at > :since"
                    " AND p.last_met >= n.made_at ORDER BY n.made_at LIMIT :limit",
                    into(id), use(made_since, "since"), use(limit, "limit"));
    return select.all(id);
}

}  // namespace vv::store::introductions
