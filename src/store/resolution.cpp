#include "store/resolution.h"

#include "base/text.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/people.h"
#include "store/statements.h"

#include <boost/json.hpp>
#include <map>

namespace vv::store::resolution {
namespace {

namespace json = boost::json;
using core::AccountId;
using core::IdentityId;
using core::PersonId;
using soci::into;
using soci::use;

// The owner's own identities are nobody's among the people.
constexpr const char* kOthers =
    "i.owner_id = :owner AND NOT EXISTS (SELECT 1 FROM owner_identities o WHERE o.owner_id = i.owner_id"
    " AND o.network = i.network AND o.key = i.key) ORDER BY i.id";

core::Network network_of(const std::string& name) {
    return core::parse_network(name).value_or(core::Network::manual);
}

void each_identity(Tx& tx, const std::string& where, const auto& take, const auto&... bindings) {
    core::Identity identity;
    PersonId person;
    std::string network;
    std::string attributes;
    Prepared select(
        tx, "SELECT i.id, i.person_id, i.network, i.key, i.attributes FROM identities i WHERE " + where,
        into(identity.id), into(person), into(network), into(identity.key), into(attributes), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        identity.network = network_of(network);
        identity.attributes = attributes_from_json(attributes);
        take(identity, person);
    }
}

Placed select_identities(Tx& tx, const std::string& where, const auto&... bindings) {
    Placed found;
    const auto keep = [&](const core::Identity& identity, PersonId person) {
        found.identities.push_back(identity);
        found.people.push_back(person);
    };
    each_identity(tx, where, keep, bindings...);
    return found;
}

std::vector<Place> select_places(Tx& tx, const std::string& where, const auto&... bindings) {
    Place place;
    std::string network;
    std::vector<Place> found;
    Prepared select(tx, "SELECT i.id, i.person_id, i.network, i.is_stale FROM identities i WHERE " + where,
                    into(place.id), into(place.person), into(network), into(place.is_stale), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        place.network = network_of(network);
        found.push_back(place);
    }
    return found;
}

std::pair<IdentityId, IdentityId> ordered(IdentityId a, IdentityId b) {
    return a < b ? std::pair(a, b) : std::pair(b, a);
}

std::vector<Word> select_words(Tx& tx, const std::string& which, const auto&... bindings) {
    Word word;
    std::string verdict;
    std::vector<Word> found;
    Prepared select(
        tx, "SELECT a, b, verdict, at FROM decisions WHERE owner_id = :owner" + which + " ORDER BY a, b",
        into(word.decision.a), into(word.decision.b), into(verdict), into(word.at), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        word.decision.verdict = verdict == "same" ? core::Verdict::same : core::Verdict::different;
        found.push_back(word);
    }
    return found;
}

std::vector<core::Comparison> select_questions(Tx& tx, const std::string& which, const auto&... bindings) {
    core::Comparison row;
    std::string evidence;
    std::vector<core::Comparison> found;
    Prepared select(tx,
                    "SELECT a, b, probability, evidence FROM review_pairs WHERE owner_id = :owner" + which,
                    into(row.a), into(row.b), into(row.probability), into(evidence), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.evidence = evidence_from_json(evidence);
        found.push_back(row);
    }
    return found;
}

std::string said(core::Verdict verdict) {
    return verdict == core::Verdict::same ? "same" : "different";
}

}  // namespace

std::string evidence_to_json(const std::vector<core::FieldEvidence>& evidence) {
    json::array fields;
    for (const auto& one : evidence)
        fields.push_back({{"field", one.field}, {"agreement", one.agreement}, {"weight", one.weight}});
    return json::serialize(fields);
}

// A damaged row explains nothing rather than failing.
std::vector<core::FieldEvidence> evidence_from_json(const std::string& text) {
    boost::system::error_code broken;
    const json::value parsed = json::parse(text, broken);
    std::vector<core::FieldEvidence> evidence;
    if (broken || !parsed.is_array()) return evidence;
    for (const json::value& one : parsed.get_array()) {
        const json::object* field = one.if_object();
        if (!field || !field->contains("field") || !field->contains("agreement") ||
            !field->contains("weight"))
            continue;
        evidence.push_back({std::string(field->at("field").as_string()),
                            std::string(field->at("agreement").as_string()),
                            field->at("weight").to_number<double>()});
    }
    return evidence;
}

std::vector<Place> places(Tx& tx, AccountId owner) {
    return select_places(tx, kOthers, use(owner, "owner"));
}

std::vector<Place> places_of(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    return select_places(tx,
                         "i.owner_id = :owner AND i.person_id IN " + ids_in(tx.dialect()) +
                             " AND i.person_id <> 0 ORDER BY i.id",
                         use(owner, "owner"), use(ids, "ids"));
}

core::IdentitySource identities(Tx& tx, AccountId owner, std::size_t count) {
    return {count, [&tx, owner](const std::function<void(const core::Identity&)>& take) {
                each_identity(
                    tx, kOthers, [&](const core::Identity& identity, PersonId) { take(identity); },
                    use(owner, "owner"));
            }};
}

std::unordered_map<IdentityId, Instant> tie_dates(Tx& tx, AccountId owner) {
    IdentityId id;
    Instant since;
    std::unordered_map<IdentityId, Instant> dates;
    Prepared select(tx,
                    "SELECT identity_id, MIN(since) FROM ties WHERE owner_id = :owner AND since IS NOT NULL"
                    " GROUP BY identity_id",
                    into(id), into(since), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch()) dates.emplace(id, since);
    return dates;
}

Placed identities_of(Tx& tx, AccountId owner, std::span<const PersonId> people) {
    const std::string ids = id_list(people);
    return select_identities(tx,
                             "i.owner_id = :owner AND i.person_id IN " + ids_in(tx.dialect()) +
                                 " AND i.person_id <> 0 ORDER BY i.id",
                             use(owner, "owner"), use(ids, "ids"));
}

Placed find_identities(Tx& tx, AccountId owner, std::span<const IdentityId> wanted) {
    const std::string ids = id_list(wanted);
    return select_identities(tx, "i.owner_id = :owner AND i.id IN " + ids_in(tx.dialect()) + " ORDER BY i.id",
                             use(owner, "owner"), use(ids, "ids"));
}

std::vector<Member> members_around(Tx& tx, AccountId owner, std::span<const IdentityId> ids) {
    const std::string wanted = id_list(ids);
    Member row;
    std::string network;
    std::vector<Member> found;
    Prepared select(
        tx,
        "SELECT id, person_id, network, name FROM identities WHERE owner_id = :owner AND person_id <> "
        "0 AND person_id IN"
        " (SELECT person_id FROM identities WHERE owner_id = :owner AND id IN " +
            ids_in(tx.dialect()) + ") ORDER BY id",
        into(row.id), into(row.person), into(network), into(row.name), use(owner, "owner"),
        use(wanted, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.network = network_of(network);
        found.push_back(row);
    }
    return found;
}

Owner owner(Tx& tx, AccountId owner) {
    Owner found;
    std::optional<std::string> region;
    std::string email;
    std::optional<std::string> other;
    Prepared select(tx, R"(
        SELECT a.region, a.email, o.key
        FROM accounts a LEFT JOIN owner_identities o ON o.owner_id = a.id AND o.network = 'email'
        WHERE a.id = :owner ORDER BY o.key)",
                    into(region), into(email), into(other), use(owner, "owner"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        if (found.hints.emails.empty()) found.hints.emails.push_back(email);
        if (other) found.hints.emails.push_back(*other);
    }
    found.region = region.value_or("");
    return found;
}

std::vector<Word> decisions(Tx& tx, AccountId owner) {
    return select_words(tx, "", use(owner, "owner"));
}

std::vector<Word> decisions_between(Tx& tx, AccountId owner, std::span<const IdentityId> wanted) {
    const std::string ids = id_list(wanted);
    const std::string in = ids_in(tx.dialect());
    return select_words(tx, " AND a IN " + in + " AND b IN " + in, use(owner, "owner"), use(ids, "ids"));
}

void decide(Tx& tx, AccountId owner, std::span<const core::Decision> decisions, Instant at) {
    std::map<std::pair<IdentityId, IdentityId>, core::Verdict> latest;
    for (const auto& d : decisions)
        if (d.a != d.b) latest[ordered(d.a, d.b)] = d.verdict;
    Bulk insert(tx, {{"owner_id"}, {"a"}, {"b"}, {"verdict", Bulk::text}, {"at"}},
                "INSERT INTO decisions (owner_id, a, b, verdict, at) SELECT owner_id, a, b, verdict, at FROM "
                "r WHERE true"
                " ON CONFLICT (owner_id, a, b) DO UPDATE SET verdict = excluded.verdict, at = excluded.at");
    for (const auto& [pair, verdict] : latest) insert.add(owner, pair.first, pair.second, said(verdict), at);
    insert.finish();
}

std::vector<IdentityId> forget(Tx& tx, AccountId owner, IdentityId x, IdentityId y) {
    const auto [a, b] = ordered(x, y);
    IdentityId first;
    IdentityId second;
    std::vector<IdentityId> about;
    Prepared remove(tx, R"(
        DELETE FROM decisions WHERE owner_id = :owner AND (verdict, at) IN
            (SELECT verdict, at FROM decisions WHERE owner_id = :owner AND a = :a AND b = :b)
        RETURNING a, b)",
                    into(first), into(second), use(owner, "owner"), use(a, "a"), use(b, "b"));
    for (bool more = remove.execute(); more; more = remove.fetch())
        about.insert(about.end(), {first, second});
    return about;
}

void move_identities(Tx& tx, AccountId owner, std::span<const std::pair<IdentityId, PersonId>> moves) {
    Bulk update(tx, {{"owner_id"}, {"id"}, {"person_id"}},
                "UPDATE identities SET person_id = r.person_id FROM r"
                " WHERE identities.owner_id = r.owner_id AND identities.id = r.id");
    for (const auto& [identity, person] : moves) update.add(owner, identity, person);
    update.finish();
}

void mark_resolved(Tx& tx, AccountId owner) {
    run(tx, "UPDATE identities SET is_stale = 0 WHERE owner_id = :owner AND is_stale = 1",
        use(owner, "owner"));
}

long long count_people(Tx& tx, AccountId owner) {
    long long count = 0;
    run(tx, "SELECT count(*) FROM people WHERE owner_id = :owner", into(count), use(owner, "owner"));
    return count;
}

std::vector<core::Comparison> questions(Tx& tx, AccountId owner, std::size_t limit) {
    const auto most = static_cast<long long>(limit);
    return select_questions(tx, " ORDER BY rank LIMIT :limit", use(owner, "owner"), use(most, "limit"));
}

std::vector<core::Comparison> questions_about(Tx& tx, AccountId owner, std::span<const IdentityId> wanted) {
    const std::string ids = id_list(wanted);
    const std::string in = ids_in(tx.dialect());
    return select_questions(tx, " AND (a IN " + in + " OR b IN " + in + ") ORDER BY rank",
                            use(owner, "owner"), use(ids, "ids"));
}

void save_questions(Tx& tx, AccountId owner, std::span<const core::Comparison> questions) {
    run(tx, "DELETE FROM review_pairs WHERE owner_id = :owner", use(owner, "owner"));
    Bulk insert(tx,
                {{"owner_id"}, {"rank"}, {"a"}, {"b"}, {"probability", Bulk::real}, {"evidence", Bulk::text}},
                "INSERT INTO review_pairs (owner_id, rank, a, b, probability, evidence)"
                " SELECT owner_id, rank, a, b, probability, evidence FROM r");
    std::int64_t rank = 0;
    for (const auto& q : questions)
        insert.add(owner, ++rank, q.a, q.b, q.probability, evidence_to_json(q.evidence));
    insert.finish();
}

}  // namespace vv::store::resolution
