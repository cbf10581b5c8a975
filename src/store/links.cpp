#include "store/links.h"

#include "base/text.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/statements.h"

#include <algorithm>

namespace vv::store::links {
namespace {

using soci::into;
using soci::use;

std::string to_text(State state) {
    switch (state) {
        case State::asked:
            return "asked";
        case State::agreed:
            return "agreed";
        case State::refused:
            return "refused";
        case State::withheld:
            break;
    }
    return "withheld";
}

// Whether there is anybody to be found at all: most servers need not look further.
bool anyone_findable(Tx& tx, core::AccountId but) {
    int one = 0;
    return run(
        tx,
        "SELECT 1 FROM accounts WHERE findable = 1 AND email_verified_at IS NOT NULL AND id <> :but LIMIT 1",
        into(one), use(but, "but"));
}

// (person_id, email) of every address in the owner's identities.
std::string addresses(Dialect dialect) {
    const std::string each =
        dialect == Dialect::sqlite
            ? "json_each(i.attributes, '$.emails') AS e"
            : "LATERAL (SELECT value FROM json_array_elements_text(COALESCE("
              "CAST(i.attributes AS json) -> 'emails', CAST('[]' AS json))) AS t(value)) AS e";
    return "(SELECT i.person_id AS person_id, lower(e.value) AS email FROM identities i CROSS JOIN " + each +
           " WHERE i.owner_id = :owner"
           " UNION SELECT i.person_id, i.key FROM identities i WHERE i.owner_id = :owner AND i.network = "
           "'email')";
}

std::optional<Request> find_one(Tx& tx, std::string_view condition, Request known, const auto&... uses) {
    if (!run(tx,
             std::string("SELECT owner_id, id, person_id, account_id, created_at FROM link_requests"
                         " WHERE state = 'asked' AND ")
                 .append(condition),
             into(known.owner), into(known.id), into(known.person), into(known.account),
             into(known.created_at), uses...))
        return std::nullopt;
    return known;
}

// An address as a pattern: its % and _ are themselves.
std::string containing(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

std::vector<Offer> offers(Tx& tx, core::AccountId owner) {
    std::vector<Offer> found;
    if (!anyone_findable(tx, owner)) return found;
    Offer row;
    Prepared select(
        tx,
        "SELECT p.id, p.name, a.id, a.handle, a.full_name FROM " + addresses(tx.dialect()) +
            " AS m JOIN accounts a ON a.email = m.email AND a.email_verified_at IS NOT NULL"
            " AND a.findable = 1 JOIN people p ON p.owner_id = :owner AND p.id = m.person_id"
            " WHERE a.id <> :owner AND p.account_id IS NULL AND p.blocked_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM people q WHERE q.owner_id = :owner AND q.account_id = a.id)"
            " AND NOT EXISTS (SELECT 1 FROM link_requests r WHERE r.owner_id = :owner"
            " AND r.account_id = a.id AND (r.person_id = p.id OR r.state IN ('asked', 'refused')))"
            " AND NOT EXISTS (SELECT 1 FROM account_blocks b WHERE (b.account_id = :owner"
            " AND b.blocked_id = a.id) OR (b.account_id = a.id AND b.blocked_id = :owner))"
            " ORDER BY p.name, p.id, a.id",
        into(row.person), into(row.person_name), into(row.account.id), into(row.account.handle),
        into(row.account.name), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch())
        if (found.empty() || found.back().person != row.person) found.push_back(row);
    return found;
}

bool add(Tx& tx, const Request& request) {
    const std::string state = to_text(request.state);
    Prepared insert(tx,
                    "INSERT INTO link_requests (owner_id, id, person_id, account_id, state, created_at)"
                    " VALUES (:owner, :id, :person, :account, :state, :created)"
                    " ON CONFLICT (owner_id, account_id, person_id) DO UPDATE SET state = excluded.state"
                    " WHERE link_requests.state = 'withheld'",
                    use(request.owner, "owner"), use(request.id, "id"), use(request.person, "person"),
                    use(request.account, "account"), use(state, "state"), use(request.created_at, "created"));
    insert.execute();
    return insert.affected_rows() == 1;
}

bool is_refused(Tx& tx, core::AccountId owner, core::AccountId account) {
    int one = 0;
    return run(
        tx,
        "SELECT 1 FROM link_requests WHERE owner_id = :owner AND account_id = :account AND state = 'refused'"
        " LIMIT 1",
        into(one), use(owner, "owner"), use(account, "account"));
}

std::optional<Request> find_asked(Tx& tx, core::AccountId account, core::LinkId id) {
    return find_one(tx, "account_id = :account AND id = :id", {}, use(account, "account"), use(id, "id"));
}

std::optional<Request> find_asked_by(Tx& tx, core::AccountId owner, core::AccountId account) {
    return find_one(tx, "owner_id = :owner AND account_id = :account ORDER BY id LIMIT 1", {},
                    use(owner, "owner"), use(account, "account"));
}

void answer(Tx& tx, const Request& request, State state, Instant now) {
    const std::string text = to_text(state);
    run(tx,
        "UPDATE link_requests SET state = :state, answered_at = :now WHERE owner_id = :owner AND id = :id",
        use(text, "state"), use(now, "now"), use(request.owner, "owner"), use(request.id, "id"));
}

std::vector<Asked> asked_of(Tx& tx, core::AccountId account) {
    Asked row;
    Prepared select(
        tx,
        "SELECT r.id, a.id, a.handle, a.full_name FROM link_requests r JOIN accounts a ON a.id = r.owner_id"
        " WHERE r.account_id = :account AND r.state = 'asked' AND NOT EXISTS (SELECT 1 FROM account_blocks b"
        " WHERE (b.account_id = :account AND b.blocked_id = a.id)"
        " OR (b.account_id = a.id AND b.blocked_id = :account)) ORDER BY r.id",
        into(row.id), into(row.by.id), into(row.by.handle), into(row.by.name), use(account, "account"));
    return select.all(row);
}

std::vector<core::PersonId> people_with_email(Tx& tx, core::AccountId owner, const std::string& email,
                                              std::size_t limit) {
    core::PersonId person;
    std::string network, key, json;
    const std::string pattern = containing(email);
    // The pattern finds more than it should (another address's end); what it finds is read.
    const std::string like = tx.dialect() == Dialect::sqlite ? "LIKE" : "ILIKE";
    Prepared select(tx,
                    "SELECT person_id, network, key, attributes FROM identities WHERE owner_id = :owner"
                    " AND ((network = 'email' AND key = :email) OR attributes " +
                        like + " :pattern ESCAPE '\\') ORDER BY person_id",
                    into(person), into(network), into(key), into(json), use(owner, "owner"),
                    use(email, "email"), use(pattern, "pattern"));
    std::vector<core::PersonId> found;
    for (bool more = select.execute(); more && found.size() < limit; more = select.fetch()) {
        const auto emails = attributes_from_json(json).emails;
        const bool has =
            (network == "email" && key == email) ||
            std::ranges::any_of(emails, [&](const auto& one) { return ascii_lower(trim(one)) == email; });
        if (has && (found.empty() || found.back() != person)) found.push_back(person);
    }
    return found;
}

std::optional<Linked> find(Tx& tx, core::AccountId owner, core::AccountId account,
                           const std::string& handle) {
    Linked found;
    if (!run(tx,
             "SELECT p.id, i.id FROM people p LEFT JOIN identities i ON i.owner_id = p.owner_id AND "
             "i.person_id = p.id"
             " AND i.network = 'account' AND i.key = :handle"
             " WHERE p.owner_id = :owner AND (p.account_id = :account OR i.id IS NOT NULL)"
             " ORDER BY CASE WHEN i.id IS NULL THEN 1 ELSE 0 END, p.id LIMIT 1",
             into(found.person), into(found.identity), use(handle, "handle"), use(owner, "owner"),
             use(account, "account")))
        return std::nullopt;
    return found;
}

void set_account(Tx& tx, core::AccountId owner, core::PersonId person, core::AccountId account) {
    run(tx, "UPDATE people SET account_id = :account WHERE owner_id = :owner AND id = :person",
        use(account, "account"), use(owner, "owner"), use(person, "person"));
}

}  // namespace vv::store::links
