#include "store/encounters.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"

#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

namespace vv::store::encounters {
namespace {

namespace json = boost::json;
using core::AccountId;
using core::EncounterId;
using core::PersonId;
using soci::into;
using soci::use;

std::string key_list(const std::vector<SourceKey>& keys) {
    json::array list;
    for (const SourceKey& key : keys) list.push_back({key.source, key.key});
    return json::serialize(list);
}

/// Whom an encounter shows: nobody whom the owner blocked, as a person or as an account.
constexpr const char* kShown =
    " AND p.blocked_at IS NULL AND NOT EXISTS (SELECT 1 FROM account_blocks b"
    " WHERE b.account_id = p.owner_id AND b.blocked_id = p.account_id)";

/// A row for each person of each encounter, in the order of encounters.
template <class... Bindings>
Found select(Tx& tx, const std::string& condition, const Bindings&... bindings) {
    core::Encounter row;
    PersonId person;
    Who who;
    std::string kind, evidence, source, relation;
    std::optional<std::string> place;
    std::optional<double> lat, lng;
    std::optional<Instant> blocked;
    Prepared statement(
        tx,
        "SELECT DISTINCT e.start_at, e.id, e.kind, e.title, e.end_at, e.place, e.lat, e.lng, e.evidence,"
        " e.source, e.ideas, e.next_step, p.id, p.name, p.relation, p.blocked_at"
        " FROM encounters e"
        " JOIN encounter_people ep ON ep.owner_id = e.owner_id AND ep.encounter_id = e.id"
        " JOIN identities i ON i.owner_id = e.owner_id AND i.id = ep.identity_id"
        " JOIN people p ON p.owner_id = e.owner_id AND p.id = i.person_id"
        " WHERE e.owner_id = :owner" +
            condition + " ORDER BY e.start_at, e.id, p.id",
        into(row.start), into(row.id), into(kind), into(row.title), into(row.end), into(place), into(lat),
        into(lng), into(evidence), into(source), into(row.ideas), into(row.next_step), into(person),
        into(who.name), into(relation), into(blocked), bindings...);
    Found found;
    for (bool more = statement.execute(); more; more = statement.fetch()) {
        who.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
        who.is_blocked = blocked.has_value();
        found.people[person] = who;
        if (found.encounters.empty() || found.encounters.back().id != row.id) {
            row.kind = core::parse_encounter_kind(kind).value_or(core::EncounterKind::gathering);
            row.evidence = core::parse_evidence(evidence).value_or(core::Evidence::imported);
            row.sources = {source};
            row.place = place.value_or("");
            row.at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
            row.people.clear();
            found.encounters.push_back(row);
        }
        found.encounters.back().people.push_back(person);
    }
    return found;
}

std::map<std::pair<std::string, std::string>, EncounterId> known_ids(Tx& tx, AccountId owner,
                                                                     const std::vector<Row>& rows) {
    std::vector<SourceKey> keys;
    for (const Row& row : rows) keys.push_back({row.source, row.source_key});
    const std::string text = key_list(keys);
    std::string source, key;
    EncounterId id;
    Prepared find(tx,
                  "SELECT e.source, e.source_key, e.id FROM " + json_rows(tx.dialect(), "keys") +
                      " AS k CROSS JOIN encounters e WHERE e.owner_id = :owner AND e.source = k.value->>0"
                      " AND e.source_key = k.value->>1",
                  into(source), into(key), into(id), use(text, "keys"), use(owner, "owner"));
    std::map<std::pair<std::string, std::string>, EncounterId> found;
    for (bool more = find.execute(); more; more = find.fetch()) found[{source, key}] = id;
    return found;
}

/// Who was not there, though a calendar has them among those who accepted.
void leave_out_absent(Tx& tx, AccountId owner) {
    run(tx,
        "DELETE FROM encounter_people WHERE owner_id = :owner AND (encounter_id, identity_id) IN"
        " (SELECT encounter_id, identity_id FROM encounter_absences WHERE owner_id = :owner)",
        use(owner, "owner"));
}

void write_rows(Tx& tx, AccountId owner, const std::vector<Row>& rows, const std::vector<EncounterId>& ids) {
    Bulk upsert(
        tx,
        {{"owner_id"},
         {"id"},
         {"kind", Bulk::text},
         {"title", Bulk::text},
         {"start_at"},
         {"end_at"},
         {"place", Bulk::text},
         {"lat", Bulk::real},
         {"lng", Bulk::real},
         {"evidence", Bulk::text},
         {"source", Bulk::text},
         {"source_key", Bulk::text},
         {"meeting_id"},
         {"file_id"},
         {"line"}},
        "INSERT INTO encounters (owner_id, id, kind, title, start_at, end_at, place, lat, lng, evidence, "
        "source,"
        " source_key, meeting_id, file_id, line)"
        " SELECT owner_id, id, kind, title, start_at, end_at, place, lat, lng, evidence, source, source_key,"
        " meeting_id, file_id, line FROM r WHERE true"
        " ON CONFLICT (owner_id, source, source_key) DO UPDATE SET kind = CASE encounters.kind_set_by"
        " WHEN 'owner' THEN encounters.kind ELSE excluded.kind END, title = excluded.title,"
        " start_at = excluded.start_at, end_at = excluded.end_at, place = excluded.place, lat = excluded.lat,"
        " lng = excluded.lng, evidence = excluded.evidence, meeting_id = excluded.meeting_id,"
        " file_id = excluded.file_id, line = excluded.line");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const auto place = row.place.empty() ? std::nullopt : std::optional(row.place);
        upsert.add(owner, ids[i], core::to_string(row.kind), row.title, row.start, row.end, place,
                   row.at ? std::optional(row.at->lat) : std::nullopt,
                   row.at ? std::optional(row.at->lng) : std::nullopt, core::to_string(row.evidence),
                   row.source, row.source_key, row.meeting, row.file, row.line);
    }
    upsert.finish();
}

void write_people(Tx& tx, AccountId owner, const std::vector<Row>& rows,
                  const std::vector<EncounterId>& encounters) {
    const std::string ids = id_list(encounters);
    run(tx,
        "DELETE FROM encounter_people WHERE owner_id = :owner AND encounter_id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
    Bulk insert(tx, {{"owner_id"}, {"encounter_id"}, {"identity_id"}},
                "INSERT INTO encounter_people (owner_id, encounter_id, identity_id)"
                " SELECT owner_id, encounter_id, identity_id FROM r WHERE true ON CONFLICT DO NOTHING");
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const core::IdentityId person : rows[i].people) insert.add(owner, encounters[i], person);
    insert.finish();
    leave_out_absent(tx, owner);
}

template <class Binding>
void forget(Tx& tx, AccountId owner, const std::string& which, const Binding& binding) {
    const std::string where = " WHERE owner_id = :owner AND " + which;
    // A key of its own, so that the source may speak of that time again.
    run(tx,
        "UPDATE encounters SET source_key = source || ' ' || source_key, source = 'owner', evidence = "
        "'claimed', file_id = 0,"
        " line = 0" +
            where + " AND (ideas <> '' OR next_step <> '')",
        use(owner, "owner"), binding);
    run(tx, "DELETE FROM encounters" + where, use(owner, "owner"), binding);
}

}  // namespace

std::vector<EncounterId> save(Tx& tx, AccountId owner, const std::vector<Row>& rows, IdSource& ids,
                              Instant now) {
    if (rows.empty()) return {};
    const auto known = known_ids(tx, owner, rows);
    std::vector<EncounterId> saved;
    for (const Row& row : rows) {
        const auto at = known.find({row.source, row.source_key});
        saved.push_back(at == known.end() ? EncounterId{ids.next(now)} : at->second);
    }
    write_rows(tx, owner, rows, saved);
    write_people(tx, owner, rows, saved);
    return saved;
}

void remove(Tx& tx, AccountId owner, const std::vector<SourceKey>& keys) {
    if (keys.empty()) return;
    const std::string text = key_list(keys);
    forget(tx, owner,
           "(source, source_key) IN (SELECT k.value->>0, k.value->>1 FROM " +
               json_rows(tx.dialect(), "keys") + " AS k)",
           use(text, "keys"));
}

void remove_of_files(Tx& tx, AccountId owner, const std::vector<std::int64_t>& files) {
    const std::string ids = id_list(files);
    forget(tx, owner, "file_id IN " + ids_in(tx.dialect()), use(ids, "ids"));
}

Found within(Tx& tx, AccountId owner, Span span) {
    return select(
        tx, std::string(" AND e.denied_at IS NULL AND e.start_at >= :from AND e.start_at < :to") + kShown,
        use(owner, "owner"), use(span.start, "from"), use(span.end, "to"));
}

Found of_people(Tx& tx, AccountId owner, const std::vector<PersonId>& people) {
    const std::string ids = id_list(people);
    return select(tx,
                  " AND e.denied_at IS NULL AND e.id IN (SELECT ep2.encounter_id FROM identities i2"
                  " CROSS JOIN encounter_people ep2 WHERE i2.owner_id = :owner AND i2.person_id IN " +
                      ids_in(tx.dialect()) + " AND ep2.owner_id = i2.owner_id AND ep2.identity_id = i2.id)",
                  use(owner, "owner"), use(ids, "ids"));
}

std::map<PersonId, Who> people_of(Tx& tx, AccountId owner, const std::vector<EncounterId>& encounters) {
    const std::string ids = id_list(encounters);
    return select(tx, " AND e.id IN " + ids_in(tx.dialect()) + kShown, use(owner, "owner"), use(ids, "ids"))
        .people;
}

std::map<PersonId, Instant> first_met(Tx& tx, AccountId owner, const std::vector<PersonId>& people,
                                      Instant now) {
    const std::string ids = id_list(people);
    PersonId person;
    Instant first;
    Prepared statement(
        tx,
        "SELECT i.person_id, min(e.start_at) FROM identities i"
        " CROSS JOIN encounter_people ep JOIN encounters e ON e.owner_id = ep.owner_id AND e.id = "
        "ep.encounter_id"
        " WHERE i.owner_id = :owner AND ep.owner_id = i.owner_id AND ep.identity_id = i.id AND e.denied_at "
        "IS NULL AND coalesce(e.end_at, e.start_at) <= :now"
        " AND i.person_id IN " +
            ids_in(tx.dialect()) + " GROUP BY i.person_id",
        into(person), into(first), use(owner, "owner"), use(now, "now"), use(ids, "ids"));
    std::map<PersonId, Instant> found;
    for (bool more = statement.execute(); more; more = statement.fetch()) found[person] = first;
    return found;
}

std::optional<Span> extent(Tx& tx, AccountId owner, Instant now) {
    std::optional<Instant> first, last;
    run(tx,
        "SELECT min(start_at), max(start_at) FROM encounters WHERE owner_id = :owner AND denied_at IS NULL"
        " AND coalesce(end_at, start_at) <= :now",
        into(first), into(last), use(owner, "owner"), use(now, "now"));
    if (!first || !last) return std::nullopt;
    return Span{*first, *last};
}

void change(Tx& tx, AccountId owner, EncounterId id, const Change& change) {
    const auto kind = change.kind ? std::optional(std::string(core::to_string(*change.kind))) : std::nullopt;
    run(tx,
        "UPDATE encounters SET kind = coalesce(CAST(:kind AS TEXT), kind), kind_set_by = CASE WHEN "
        "CAST(:kind AS TEXT) IS NULL"
        " THEN kind_set_by ELSE 'owner' END, ideas = coalesce(CAST(:ideas AS TEXT), ideas),"
        " next_step = coalesce(CAST(:next AS TEXT), next_step) WHERE owner_id = :owner AND id = :id",
        use(kind, "kind"), use(change.ideas, "ideas"), use(change.next_step, "next"), use(owner, "owner"),
        use(id, "id"));
}

void deny(Tx& tx, AccountId owner, const std::vector<EncounterId>& encounters, Instant now) {
    const std::string ids = id_list(encounters);
    run(tx,
        "UPDATE encounters SET denied_at = coalesce(denied_at, :now) WHERE owner_id = :owner AND id IN " +
            ids_in(tx.dialect()),
        use(now, "now"), use(owner, "owner"), use(ids, "ids"));
}

void take_denial_back(Tx& tx, AccountId owner, const std::vector<EncounterId>& encounters) {
    const std::string ids = id_list(encounters);
    run(tx,
        "UPDATE encounters SET denied_at = NULL WHERE owner_id = :owner AND id IN " + ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
}

void remove_claims(Tx& tx, AccountId owner, const std::vector<EncounterId>& encounters) {
    const std::string ids = id_list(encounters);
    run(tx,
        "DELETE FROM encounters WHERE owner_id = :owner AND source = 'owner' AND evidence = 'claimed' AND id "
        "IN " +
            ids_in(tx.dialect()),
        use(owner, "owner"), use(ids, "ids"));
}

Absent mark_absent(Tx& tx, AccountId owner, const std::vector<EncounterId>& encounters, PersonId person) {
    const std::string ids = id_list(encounters);
    EncounterId encounter;
    core::IdentityId identity;
    Absent absent;
    {
        Prepared select(tx,
                        "SELECT p.encounter_id, p.identity_id FROM encounter_people p JOIN identities i ON "
                        "i.owner_id = p.owner_id AND i.id = p.identity_id WHERE p.owner_id = :owner AND "
                        "i.person_id = :person AND p.encounter_id IN " +
                            ids_in(tx.dialect()),
                        into(encounter), into(identity), use(owner, "owner"), use(person, "person"),
                        use(ids, "ids"));
        for (bool more = select.execute(); more; more = select.fetch())
            absent.emplace_back(encounter, identity);
    }
    Bulk insert(tx, {{"owner_id"}, {"encounter_id"}, {"identity_id"}},
                "INSERT INTO encounter_absences (owner_id, encounter_id, identity_id)"
                " SELECT owner_id, encounter_id, identity_id FROM r WHERE true ON CONFLICT DO NOTHING");
    for (const auto& [of, who] : absent) insert.add(owner, of, who);
    insert.finish();
    leave_out_absent(tx, owner);
    return absent;
}

void take_absence_back(Tx& tx, AccountId owner, const Absent& absent) {
    for (const auto& [encounter, identity] : absent) {
        run(tx,
            "DELETE FROM encounter_absences WHERE owner_id = :owner AND encounter_id = :encounter AND "
            "identity_id = :identity",
            use(owner, "owner"), use(encounter, "encounter"), use(identity, "identity"));
        run(tx,
            "INSERT INTO encounter_people (owner_id, encounter_id, identity_id) SELECT e.owner_id, e.id, i.id"
            " FROM encounters e JOIN identities i ON i.owner_id = e.owner_id AND i.id = :identity"
            " WHERE e.owner_id = :owner AND e.id = :encounter ON CONFLICT DO NOTHING",
            use(owner, "owner"), use(encounter, "encounter"), use(identity, "identity"));
    }
}

std::optional<core::IdentityId> anchor(Tx& tx, AccountId owner, PersonId person) {
    core::IdentityId id;
    const bool found = run(tx,
                           "SELECT id FROM identities WHERE owner_id = :owner AND person_id = :person"
                           " ORDER BY CASE network WHEN 'manual' THEN 0 ELSE 1 END, id LIMIT 1",
                           into(id), use(owner, "owner"), use(person, "person"));
    return found ? std::optional(id) : std::nullopt;
}

}  // namespace vv::store::encounters
