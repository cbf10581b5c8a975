#include "store/ties.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"

#include <cmath>

namespace vv::store::ties {
namespace {

using core::AccountId;
using core::IdentityId;
using core::PersonId;
using core::TieSums;
using soci::into;
using soci::use;

using Sums = std::unordered_map<PersonId, TieSums>;

/// Of all identities of these people. A map here is cheaper than a join for each of half a million contacts.
using Owners = std::unordered_map<IdentityId, TieSums*>;

Owners identities_of(Tx& tx, AccountId owner, const std::string& people, Sums& sums) {
    IdentityId identity;
    PersonId person;
    Prepared select(tx,
                    "SELECT id, person_id FROM identities WHERE owner_id = :owner AND person_id IN " +
                        ids_in(tx.dialect()),
                    into(identity), into(person), use(owner, "owner"), use(people, "ids"));
    Owners owners;
    for (bool more = select.execute(); more; more = select.fetch()) owners[identity] = &sums.at(person);
    return owners;
}

std::string id_list_of(const Owners& owners) {
    std::vector<std::int64_t> ids;
    for (const auto& [identity, sums] : owners) ids.push_back(identity.value);
    std::sort(ids.begin(), ids.end());
    return id_list(ids);
}

void add_ties(Tx& tx, AccountId owner, const std::string& identities, Owners& owners) {
    IdentityId identity;
    std::string kind;
    std::optional<Instant> since;
    Prepared select(
        tx,
        "SELECT identity_id, kind, min(since) FROM ties WHERE owner_id = :owner AND identity_id IN " +
            ids_in(tx.dialect()) + " GROUP BY identity_id, kind",
        into(identity), into(kind), into(since), use(owner, "owner"), use(identities, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        owners.at(identity)->add(core::parse_tie_kind(kind).value_or(core::TieKind::member), since);
}

void add_contacts(Tx& tx, AccountId owner, const std::string& identities, Owners& owners) {
    long long identity = 0;
    long long at = 0;
    int channel = 0;
    int direction = 0;
    int people = 0;
    Prepared select(tx,
                    "SELECT identity_id, at, channel, direction, people FROM contacts WHERE owner_id = :owner"
                    " AND identity_id IN " +
                        ids_in(tx.dialect()),
                    into(identity), into(at), into(channel), into(direction), into(people),
                    use(owner, "owner"), use(identities, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        owners.at(IdentityId{identity})
            ->add(core::ContactEvent{from_millis(at), static_cast<core::Channel>(channel),
                                     static_cast<core::Direction>(direction), people});
}

void add_meetings(Tx& tx, AccountId owner, const std::string& identities, Owners& owners, Instant now) {
    IdentityId identity;
    Instant over;
    Prepared select(
        tx,
        "SELECT identity_id, agreed_end FROM meetings WHERE owner_id = :owner AND state = 'scheduled'"
        " AND agreed_end > :now AND identity_id IN " +
            ids_in(tx.dialect()),
        into(identity), into(over), use(owner, "owner"), use(now, "now"), use(identities, "ids"));
    for (bool more = select.execute(); more; more = select.fetch()) owners.at(identity)->plan(over);
}

void update_people(Tx& tx, AccountId owner, const std::vector<Summary>& summaries) {
    Bulk update(
        tx,
        {{"owner_id"},
         {"id"},
         {"stage", Bulk::text},
         {"trust", Bulk::real},
         {"trust_at"},
         {"strength", Bulk::real},
         {"half_life", Bulk::real},
         {"gap_log", Bulk::real},
         {"tied_since"},
         {"first_contact"},
         {"last_contact"},
         {"first_met"},
         {"last_met"},
         {"encounters"},
         {"contacts_in"},
         {"contacts_out"},
         {"contacts_year"},
         {"pull", Bulk::real},
         {"warmth", Bulk::real},
         {"due_at"}},
        "UPDATE people SET stage = r.stage, trust = r.trust, trust_at = r.trust_at, strength = r.strength,"
        " half_life = r.half_life, gap_log = r.gap_log,"
        " tied_since = r.tied_since, first_contact = r.first_contact, last_contact = r.last_contact,"
        " first_met = r.first_met, last_met = r.last_met, encounters = r.encounters, contacts_in = "
        "r.contacts_in,"
        " contacts_out = r.contacts_out, contacts_year = r.contacts_year, pull = r.pull, warmth = r.warmth, "
        "due_at = r.due_at"
        " FROM r WHERE people.owner_id = r.owner_id AND people.id = r.id");
    for (const auto& [person, tie, pull, warmth] : summaries) {
        const auto gap_log = tie.gap ? std::optional(std::log(tie.gap->count())) : std::nullopt;
        update.add(owner, person, core::to_string(tie.stage), tie.trust, tie.as_of, tie.strength,
                   tie.half_life.count(), gap_log, tie.tied_since, tie.first_contact, tie.last_contact,
                   tie.first_met, tie.last_met, tie.encounters, tie.contacts_in, tie.contacts_out,
                   tie.contacts_year, pull, warmth, tie.next_over);
    }
    update.finish();
}

// A trigger would do it row by row and make SQLite keep copies of each row's pages.
void note_way_changes(Tx& tx, AccountId owner, const std::string& people) {
    run(tx,
        "INSERT INTO way_changes (account_id) SELECT DISTINCT owner_id FROM people"
        " WHERE owner_id = :owner AND account_id IS NOT NULL AND id IN " +
            ids_in(tx.dialect()),
        use(owner, "owner"), use(people, "ids"));
}

// Of introductions those alone that led to a meeting, each pair once, to either of the two: how many a broker
// made, and how many were declined, is not read.
void add_brokered(Tx& tx, AccountId owner, const std::string& people, Sums& sums) {
    PersonId person;
    Instant met_at;
    const std::string brokers =
        " AND n.met_at IS NOT NULL AND p.owner_id = :owner AND p.account_id = n.owner_id"
        " AND p.id IN " +
        ids_in(tx.dialect());
    const std::string who = "SELECT p.id, min(n.met_at) FROM introductions n CROSS JOIN people p WHERE ";
    Prepared select(
        tx,
        who + "n.asker_id = :owner" + brokers +
            " GROUP BY p.id, n.target_id, CASE WHEN n.target_id IS NULL THEN n.target_identity END"
            " UNION ALL " +
            who + "n.target_id = :owner" + brokers + " GROUP BY p.id, n.asker_id",
        into(person), into(met_at), use(owner, "owner"), use(people, "ids"));
    for (bool more = select.execute(); more; more = select.fetch())
        sums.at(person).add(core::BrokeredEvent{met_at});
}

}  // namespace

std::vector<PersonId> people_after(Tx& tx, AccountId owner, PersonId after, int limit) {
    PersonId id;
    Prepared select(tx,
                    "SELECT id FROM people WHERE owner_id = :owner AND id > :after ORDER BY id LIMIT :limit",
                    into(id), use(owner, "owner"), use(after, "after"), use(limit, "limit"));
    return select.all(id);
}

std::vector<PersonId> due(Tx& tx, AccountId owner, Instant now) {
    PersonId id;
    Prepared select(tx,
                    "SELECT id FROM people WHERE owner_id = :owner AND due_at IS NOT NULL AND due_at <= :now",
                    into(id), use(owner, "owner"), use(now, "now"));
    return select.all(id);
}

std::vector<AccountId> owners_of_due(Tx& tx, Instant now, int limit) {
    AccountId owner;
    Prepared select(tx,
                    "SELECT DISTINCT owner_id FROM people WHERE due_at IS NOT NULL AND due_at <= :now"
                    " ORDER BY owner_id LIMIT :limit",
                    into(owner), use(now, "now"), use(limit, "limit"));
    return select.all(owner);
}

core::OwnersRhythm rhythm(Tx& tx, AccountId owner) {
    core::OwnersRhythm rhythm;
    std::optional<double> logs;
    long long ties = 0;
    run(tx, "SELECT sum(gap_log), count(gap_log) FROM people WHERE owner_id = :owner AND gap_log IS NOT NULL",
        into(logs), into(ties), use(owner, "owner"));
    rhythm.gap_logs = logs.value_or(0);
    rhythm.ties = ties;
    return rhythm;
}

std::unordered_map<PersonId, TieSums> sums(Tx& tx, AccountId owner, const std::vector<PersonId>& people,
                                           Instant now, core::OwnersRhythm rhythm) {
    Sums sums;
    for (const PersonId person : people) sums.emplace(person, TieSums(now, rhythm));
    const std::string ids = id_list(people);
    Owners owners = identities_of(tx, owner, ids, sums);
    const std::string identities = id_list_of(owners);
    add_ties(tx, owner, identities, owners);
    add_contacts(tx, owner, identities, owners);
    add_meetings(tx, owner, identities, owners, now);
    add_brokered(tx, owner, ids, sums);
    return sums;
}

std::vector<core::Candidate> candidates(Tx& tx, AccountId owner, const std::vector<PersonId>& people) {
    const std::string ids = id_list(people);
    core::Candidate row;
    std::string relation;
    std::optional<std::string> city;
    std::optional<double> lat;
    std::optional<double> lng;
    Prepared select(
        tx,
        "SELECT id, name, relation, city, lat, lng FROM people WHERE owner_id = :owner AND id IN " +
            ids_in(tx.dialect()) + " ORDER BY id",
        into(row.person), into(row.name), into(relation), into(city), into(lat), into(lng),
        use(owner, "owner"), use(ids, "ids"));
    std::vector<core::Candidate> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        row.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
        row.city = city.value_or("");
        row.at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        found.push_back(row);
    }
    return found;
}

void save(Tx& tx, AccountId owner, const std::vector<Summary>& summaries) {
    update_people(tx, owner, summaries);
    std::vector<PersonId> people;
    people.reserve(summaries.size());
    for (const Summary& summary : summaries) people.push_back(summary.person);
    note_way_changes(tx, owner, id_list(people));
}

}  // namespace vv::store::ties
