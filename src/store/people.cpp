#include "store/people.h"

#include "base/text.h"
#include "core/search.h"
#include "store/attributes.h"
#include "store/bind.h"
#include "store/lists.h"
#include "store/people_picked.h"
#include "store/statements.h"

#include <algorithm>

namespace vv::store::people {
namespace {

using soci::into;
using soci::use;

std::string select_columns(Dialect dialect) {
    return R"(
    SELECT p.id, p.name, p.organisation, p.title, p.city, p.lat, p.lng, p.relation, p.relation_set_by, p.stage, p.trust,
           p.trust_at, p.tied_since, p.first_contact, p.last_contact, p.first_met, p.last_met, p.encounters, p.contacts_in,
           p.contacts_out, p.note, p.next_step, p.account_id, a.handle, p.blocked_at, p.created_at,
           p.contacts_year, p.half_life, p.gap_log, p.pull,
           (SELECT f.hash FROM photos f WHERE f.owner_id = p.owner_id AND f.hash = p.photo_hash), (SELECT )" +
           std::string(dialect == Dialect::sqlite ? "group_concat" : "string_agg") +
           R"((g.tag, ',') FROM people_tags g WHERE g.owner_id = p.owner_id AND g.person_id = p.id)
    FROM people p LEFT JOIN accounts a ON a.id = p.account_id
    WHERE p.owner_id = :owner)";
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

// What a row has in another form than a person.
struct Raw {
    std::optional<std::string> organisation, title, city, handle, photo;
    std::optional<std::string> tags;  // none has a comma
    std::optional<double> lat, lng, gap_log;
    std::string relation, set_by, stage;
    double half_life = 0;
};

void read(const Raw& raw, core::Person& p) {
    p.organisation = raw.organisation.value_or("");
    p.title = raw.title.value_or("");
    p.city = raw.city.value_or("");
    p.at = raw.lat && raw.lng ? std::optional(LatLng{*raw.lat, *raw.lng}) : std::nullopt;
    p.relation = core::parse_relation(raw.relation).value_or(core::Relation::acquaintance);
    p.relation_set_by = raw.set_by == "owner" ? core::SetBy::owner : core::SetBy::evidence;
    p.stage = core::parse_stage(raw.stage).value_or(core::Stage::known);
    p.account_handle = raw.handle.value_or("");
    p.photo_hash = raw.photo.value_or("");
    p.usual_gap = raw.gap_log ? std::optional(core::usual_gap_of(core::Days(raw.half_life))) : std::nullopt;
    p.tags.clear();
    const std::string tags = raw.tags.value_or("");  // named: it has to outlive its parts
    for (const auto tag : split(tags, ','))
        if (!tag.empty()) p.tags.emplace_back(tag);
    std::ranges::sort(p.tags);
}

std::vector<core::Person> select_people(Tx& tx, const std::string& where, const auto&... bindings) {
    core::Person p;
    Raw raw;
    std::vector<core::Person> found;
    Prepared select(tx, select_columns(tx.dialect()) + where, into(p.id), into(p.name),
                    into(raw.organisation), into(raw.title), into(raw.city), into(raw.lat), into(raw.lng),
                    into(raw.relation), into(raw.set_by), into(raw.stage), into(p.trust), into(p.trust_at),
                    into(p.tied_since), into(p.first_contact), into(p.last_contact), into(p.first_met),
                    into(p.last_met), into(p.encounters), into(p.contacts_in), into(p.contacts_out),
                    into(p.note), into(p.next_step), into(p.account), into(raw.handle), into(p.blocked_at),
                    into(p.created_at), into(p.contacts_year), into(raw.half_life), into(raw.gap_log),
                    into(p.pull), into(raw.photo), into(raw.tags), bindings...);
    for (bool more = select.execute(); more; more = select.fetch()) {
        read(raw, p);
        found.push_back(p);
    }
    return found;
}

// Calls run(condition on `people p`, whether few are found by a search, bindings…).
template <class Run>
auto with_filter(Tx& tx, core::AccountId owner, const Filter& filter, Run run) {
    const std::string stage(filter.stage ? core::to_string(*filter.stage) : "");
    const std::string relation(filter.relation ? core::to_string(*filter.relation) : "");
    const auto list = filter.list.value_or(core::ListId{});
    const auto since = filter.not_met_since.value_or(Instant());
    const std::string where =
        std::string(filter.is_blocked ? " AND p.blocked_at IS NOT NULL" : " AND p.blocked_at IS NULL") +
        (filter.never_met ? " AND p.last_met IS NULL" : "") +
        (filter.not_met_since ? " AND p.last_met < :since" : " AND CAST(:since AS bigint) = 0") +
        " AND (:stage = '' OR p.stage = :stage) AND (:relation = '' OR p.relation = :relation)"
        " AND (:city = '' OR p.city = :city)"
        " AND (:tag = '' OR EXISTS (SELECT 1 FROM people_tags g WHERE g.owner_id = p.owner_id"
        " AND g.person_id = p.id AND g.tag = :tag))"
        " AND (CAST(:list AS bigint) = 0 OR EXISTS (SELECT 1 FROM people_list_members m"
        " WHERE m.owner_id = p.owner_id AND m.person_id = p.id AND m.list_id = CAST(:list AS bigint)))";
    const auto with = [&](const std::string& condition, bool few, const auto&... match) {
        return run(where + condition, few, use(owner, "owner"), use(stage, "stage"),
                   use(relation, "relation"), use(filter.city, "city"), use(filter.tag, "tag"),
                   use(list, "list"), use(since, "since"), match...);
    };
    if (!filter.find) return with("", false);
    const auto found = search::condition(tx, owner, *filter.find);
    return with(found.sql, !found.is_common && tx.dialect() == Dialect::sqlite, use(found.match, "match"));
}

}  // namespace

std::vector<core::Person> list(Tx& tx, core::AccountId owner, const Filter& filter,
                               const std::optional<Cursor>& after, std::size_t limit) {
    const Cursor start = after.value_or(Cursor{"", {0}});
    const auto most = static_cast<long long>(limit);
    return with_filter(tx, owner, filter, [&](const std::string& where, bool few, const auto&... bindings) {
        // The plus keeps SQLite from reading everybody in order when few are found.
        const std::string by = few ? "+p.name_folded, +p.id" : "p.name_folded, p.id";
        return select_people(
            tx, where + " AND (" + by + ") > (:name, :person) ORDER BY " + by + " LIMIT :limit", bindings...,
            use(start.name_folded, "name"), use(start.person, "person"), use(most, "limit"));
    });
}

std::vector<core::Person> by_pull(Tx& tx, core::AccountId owner, const Filter& filter,
                                  const core::Person* after, std::size_t limit) {
    const double pull = after ? after->pull : 1e300;
    const core::PersonId person = after ? after->id : core::PersonId{INT64_MAX};
    const auto most = static_cast<long long>(limit);
    return with_filter(tx, owner, filter, [&](const std::string& where, bool, const auto&... bindings) {
        return select_people(
            tx, where + " AND (p.pull, p.id) < (:pull, :person) ORDER BY p.pull DESC, p.id DESC LIMIT :limit",
            bindings..., use(pull, "pull"), use(person, "person"), use(most, "limit"));
    });
}

std::vector<core::Person> of_these(Tx& tx, core::AccountId owner, const Filter& filter,
                                   std::span<const core::PersonId> people) {
    const std::string ids = id_list(people);
    return with_filter(tx, owner, filter, [&](const std::string& where, bool, const auto&... bindings) {
        return select_people(tx, where + " AND p.id IN " + ids_in(tx.dialect()), bindings...,
                             use(ids, "ids"));
    });
}

std::vector<CityCount> count_by_city(Tx& tx, core::AccountId owner, const Filter& filter) {
    return with_filter(tx, owner, filter, [&](const std::string& where, bool, const auto&... bindings) {
        std::optional<std::string> city;
        int count = 0;
        std::vector<CityCount> found;
        Prepared select(tx,
                        "SELECT p.city, count(*) FROM people p WHERE p.owner_id = :owner" + where +
                            " GROUP BY p.city ORDER BY count(*) DESC, p.city",
                        into(city), into(count), bindings...);
        for (bool more = select.execute(); more; more = select.fetch())
            found.push_back({city.value_or(""), count});
        return found;
    });
}

Totals count(Tx& tx, core::AccountId owner) {
    Totals totals;
    Prepared select(tx,
                    R"(SELECT (SELECT count(*) FROM people WHERE owner_id = :owner AND blocked_at IS NULL),
                      (SELECT count(*) FROM people
                       WHERE owner_id = :met_by AND blocked_at IS NULL AND first_met IS NOT NULL))",
                    into(totals.people), into(totals.met), use(owner, "owner"), use(owner, "met_by"));
    select.execute();
    return totals;
}

std::vector<std::string> cities(Tx& tx, core::AccountId owner, std::size_t limit) {
    std::string city;
    const auto most = static_cast<long long>(limit);
    Prepared select(
        tx, R"(SELECT city FROM people WHERE owner_id = :owner AND city IS NOT NULL AND blocked_at IS NULL
                           GROUP BY city ORDER BY count(*) DESC, city LIMIT :limit)",
        into(city), use(owner, "owner"), use(most, "limit"));
    return select.all(city);
}

std::optional<core::Person> find(Tx& tx, core::AccountId owner, core::PersonId id) {
    auto found = select_people(tx, " AND p.id = :id", use(owner, "owner"), use(id, "id"));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<core::Person> load(Tx& tx, core::AccountId owner, std::span<const core::PersonId> ids) {
    if (ids.empty()) return {};
    const std::string list = id_list(ids);
    auto found =
        select_people(tx, " AND p.id IN " + ids_in(tx.dialect()), use(owner, "owner"), use(list, "ids"));
    const auto place = [&ids](const core::Person& p) { return std::ranges::find(ids, p.id) - ids.begin(); };
    std::ranges::sort(found, {}, place);
    return found;
}

bool exists(Tx& tx, core::AccountId owner, core::PersonId id) {
    int one = 0;
    return run(tx, "SELECT 1 FROM people WHERE owner_id = :owner AND id = :id", into(one),
               use(owner, "owner"), use(id, "id"));
}

std::optional<core::PersonId> find_by_account(Tx& tx, core::AccountId owner, core::AccountId account) {
    core::PersonId person;
    if (!run(tx,
             "SELECT id FROM people WHERE owner_id = :owner AND account_id = :account ORDER BY id LIMIT 1",
             into(person), use(owner, "owner"), use(account, "account")))
        return std::nullopt;
    return person;
}

std::vector<core::Person> of_accounts(Tx& tx, core::AccountId owner,
                                      std::span<const core::AccountId> accounts) {
    if (accounts.empty()) return {};
    const std::string list = id_list(accounts);
    return select_people(tx, " AND p.account_id IN " + ids_in(tx.dialect()), use(owner, "owner"),
                         use(list, "ids"));
}

void add(Tx& tx, core::AccountId owner, const core::Person& p) {
    const std::string folded = core::order_of(p.name);
    run(tx, R"(INSERT INTO people (owner_id, id, name, name_folded, created_at)
               VALUES (:owner, :id, :name, :folded, :created))",
        use(owner, "owner"), use(p.id, "id"), use(p.name, "name"), use(folded, "folded"),
        use(p.created_at, "created"));
    save(tx, owner, p);
}

void save(Tx& tx, core::AccountId owner, const core::Person& p) {
    const std::string folded = core::order_of(p.name);
    const std::string relation(core::to_string(p.relation));
    const std::string set_by = p.relation_set_by == core::SetBy::owner ? "owner" : "evidence";
    const auto organisation = or_null(p.organisation);
    const auto title = or_null(p.title);
    const auto city = or_null(p.city);
    const auto lat = p.at ? std::optional(p.at->lat) : std::nullopt;
    const auto lng = p.at ? std::optional(p.at->lng) : std::nullopt;
    run(tx,
        R"(UPDATE people SET name = :name, name_folded = :folded, organisation = :organisation, title = :title,
                      city = :city, lat = :lat, lng = :lng, relation = :relation, relation_set_by = :set_by, note = :note,
                      next_step = :next_step, account_id = :account, blocked_at = :blocked
               WHERE owner_id = :owner AND id = :id)",
        use(p.name, "name"), use(folded, "folded"), use(organisation, "organisation"), use(title, "title"),
        use(city, "city"), use(lat, "lat"), use(lng, "lng"), use(relation, "relation"), use(set_by, "set_by"),
        use(p.note, "note"), use(p.next_step, "next_step"), use(p.account, "account"),
        use(p.blocked_at, "blocked"), use(owner, "owner"), use(p.id, "id"));
    search::save_own(tx, owner, std::vector{p.id});
}

std::vector<SourcedIdentity> identities(Tx& tx, core::AccountId owner, core::PersonId person) {
    core::IdentityId id;
    std::string network;
    std::string key;
    std::string attributes;
    std::optional<std::string> archive;
    std::optional<std::string> origin;
    std::optional<std::string> file;
    std::optional<std::int64_t> line;
    std::optional<Instant> at;
    std::optional<std::string> said;
    // By network, but not in the order of the index of keys: SQLite would read all of the owner's by it.
    Prepared select(tx, R"(
        SELECT i.id, i.network, i.key, i.attributes, f.archive, f.network, f.name, s.line, m.started_at, s.attributes
        FROM identities i
        LEFT JOIN identity_sources s ON s.owner_id = i.owner_id AND s.identity_id = i.id
        LEFT JOIN import_files f ON f.owner_id = s.owner_id AND f.id = s.file_id
        LEFT JOIN imports m ON m.owner_id = f.owner_id AND m.id = f.import_id
        WHERE i.owner_id = :owner AND i.person_id = :person ORDER BY i.network || '', i.key, s.file_id, s.line)",
                    into(id), into(network), into(key), into(attributes), into(archive), into(origin),
                    into(file), into(line), into(at), into(said), use(owner, "owner"), use(person, "person"));
    std::vector<SourcedIdentity> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        if (found.empty() || found.back().identity.id != id)
            found.push_back({{id, core::parse_network(network).value_or(core::Network::manual), key,
                              attributes_from_json(attributes)},
                             {}});
        if (!said) continue;
        // Most identities have one source, which says all there is.
        const core::Attributes of_source =
            *said == attributes ? found.back().identity.attributes : attributes_from_json(*said);
        found.back().sources.push_back({archive.value_or(""), origin.value_or(""), file.value_or(""),
                                        line.value_or(0), at, of_source.organisation, of_source.title});
    }
    return found;
}

std::vector<IdentityName> identity_names(Tx& tx, core::AccountId owner,
                                         std::span<const core::PersonId> people) {
    IdentityName row;
    const std::string ids = id_list(people);
    Prepared select(
        tx,
        "SELECT person_id, id, network, key, name FROM identities WHERE owner_id = :owner AND person_id IN " +
            ids_in(tx.dialect()) + " ORDER BY person_id, network, key",
        into(row.person), into(row.id), into(row.network), into(row.key), into(row.name), use(owner, "owner"),
        use(ids, "ids"));
    return select.all(row);
}

void add_identity(Tx& tx, core::AccountId owner, core::PersonId person, const core::Identity& identity) {
    const std::string network(core::to_string(identity.network));
    const std::string attributes = attributes_to_json(identity.attributes);
    run(tx, R"(INSERT INTO identities (owner_id, id, person_id, network, key, name, attributes)
               VALUES (:owner, :id, :person, :network, :key, :name, :attributes))",
        use(owner, "owner"), use(identity.id, "id"), use(person, "person"), use(network, "network"),
        use(identity.key, "key"), use(identity.attributes.name.full, "name"), use(attributes, "attributes"));
    run(tx, R"(INSERT INTO identity_sources (owner_id, identity_id, file_id, line, attributes)
               VALUES (:owner, :id, 0, 0, :attributes))",
        use(owner, "owner"), use(identity.id, "id"), use(attributes, "attributes"));
}

void save_identity(Tx& tx, core::AccountId owner, const core::Identity& identity) {
    const std::string attributes = attributes_to_json(identity.attributes);
    run(tx,
        "UPDATE identities SET name = :name, attributes = :attributes WHERE owner_id = :owner AND id = :id",
        use(identity.attributes.name.full, "name"), use(attributes, "attributes"), use(owner, "owner"),
        use(identity.id, "id"));
    run(tx,
        "UPDATE identity_sources SET attributes = :attributes"
        " WHERE owner_id = :owner AND identity_id = :id AND file_id = 0",
        use(attributes, "attributes"), use(owner, "owner"), use(identity.id, "id"));
}

std::vector<DayContacts> contacts_by_day(Tx& tx, core::AccountId owner, core::PersonId person) {
    DayContacts d;
    int direction = 0;
    int channel = 0;
    std::vector<DayContacts> found;
    Prepared select(tx, R"(
        SELECT c.at / 86400000, c.direction, c.channel, count(*)
        FROM identities i CROSS JOIN contacts c
        WHERE i.owner_id = :owner AND i.person_id = :person AND c.owner_id = i.owner_id AND c.identity_id = i.id
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3)",
                    into(d.day), into(direction), into(channel), into(d.count), use(owner, "owner"),
                    use(person, "person"));
    for (bool more = select.execute(); more; more = select.fetch()) {
        d.direction = static_cast<core::Direction>(direction);
        d.channel = static_cast<core::Channel>(channel);
        found.push_back(d);
    }
    return found;
}

std::optional<Beginning> beginning(Tx& tx, core::AccountId owner, core::PersonId person) {
    std::string network;
    Beginning began;
    if (!run(tx, R"(SELECT i.network, t.kind, t.since
                    FROM identities i CROSS JOIN ties t
                    WHERE i.owner_id = :owner AND i.person_id = :person AND t.owner_id = i.owner_id
                      AND t.identity_id = i.id
                    ORDER BY CASE WHEN t.since IS NULL THEN 1 ELSE 0 END, t.since, i.id LIMIT 1)",
             into(network), into(began.kind), into(began.since), use(owner, "owner"), use(person, "person")))
        return std::nullopt;
    began.network = core::parse_network(network).value_or(core::Network::manual);
    return began;
}

std::vector<MeetingBrief> meetings(Tx& tx, core::AccountId owner, core::PersonId person, int limit) {
    MeetingBrief row;
    Prepared select(tx, R"(
        SELECT m.id, m.state, m.kind, m.sort_at
        FROM identities i CROSS JOIN meetings m
        WHERE i.owner_id = :owner AND i.person_id = :person AND m.owner_id = i.owner_id AND m.identity_id = i.id
        ORDER BY m.sort_at DESC, m.id LIMIT :limit)",
                    into(row.id), into(row.state), into(row.kind), into(row.start), use(owner, "owner"),
                    use(person, "person"), use(limit, "limit"));
    return select.all(row);
}

}  // namespace vv::store::people
