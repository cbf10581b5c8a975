#include "store/suggestions.h"

#include "store/bind.h"
#include "store/bulk.h"
#include "store/lists.h"
#include "store/mutual_ties.h"
#include "store/no_shows.h"
#include "store/statements.h"

#include <utility>

namespace vv::store::suggestions {
namespace {

using soci::into;
using soci::use;

// As the column `crowd` is made (0022_suggestions.sql): (footing · 8 + relation) · kCells + cell, where a
// cell is 0 of those whose place is not known, and else 1 + row · kCellsOfRow + column.
constexpr std::int64_t kCells = 2'097'152;
constexpr std::int64_t kCellsOfRow = 1'441;
constexpr double kDegrees = 0.25;

std::optional<Box> box_of(std::int64_t cell) {
    if (cell == 0) return std::nullopt;
    const LatLng corner{static_cast<double>((cell - 1) / kCellsOfRow) * kDegrees - 90,
                        static_cast<double>((cell - 1) % kCellsOfRow) * kDegrees - 180};
    return Box{corner, {corner.lat + kDegrees, corner.lng + kDegrees}};
}

constexpr const char* kColumns = R"(
    SELECT p.id, p.name, p.organisation, p.relation, p.stage, p.city, p.lat, p.lng, p.first_contact, p.last_contact, p.first_met,
           p.last_met, p.encounters, p.contacts_in, p.contacts_out, p.contacts_year, p.half_life, p.gap_log, p.pull
    FROM people p)";

// Who may be suggested, of an owner's.
constexpr const char* kOpen = R"(
    LEFT JOIN dismissals d ON d.owner_id = p.owner_id AND d.person_id = p.id
    WHERE p.owner_id = :owner AND p.blocked_at IS NULL AND p.stage <> 'planned'
      AND (d.person_id IS NULL OR d.until_at <= :now)
      AND p.id NOT IN (SELECT i.person_id
                       FROM meetings m JOIN identities i ON i.owner_id = m.owner_id AND i.id = m.identity_id
                       WHERE m.owner_id = :owner AND m.state IN ('proposed', 'scheduled'))
      AND p.id NOT IN (SELECT i.person_id FROM identities i WHERE i.owner_id = :owner AND i.blocked_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM account_blocks b
                      WHERE (b.account_id = p.owner_id AND b.blocked_id = p.account_id)
                         OR (b.account_id = p.account_id AND b.blocked_id = p.owner_id)))";

std::vector<Pulled> select_pulled(Tx& tx, const std::string& sql, const auto& bind) {
    Pulled row;
    core::Candidate& c = row.candidate;
    std::string relation;
    std::string stage;
    std::optional<std::string> organisation;
    std::optional<std::string> city;
    std::optional<double> lat;
    std::optional<double> lng;
    double half_life = 0;
    std::optional<double> gap_log;
    std::vector<Pulled> found;
    Prepared select(tx, sql, into(c.person), into(c.name), into(organisation), into(relation), into(stage),
                    into(city), into(lat), into(lng), into(c.known_since), into(c.last_contact),
                    into(c.first_met), into(c.last_met), into(c.encounters), into(c.contacts_in),
                    into(c.contacts_out), into(c.contacts_year), into(half_life), into(gap_log),
                    into(row.pull));
    bind(select);
    for (bool more = select.execute(); more; more = select.fetch()) {
        c.relation = core::parse_relation(relation).value_or(core::Relation::acquaintance);
        c.stage = core::parse_stage(stage).value_or(core::Stage::known);
        c.organisation = organisation.value_or("");
        c.city = city.value_or("");
        c.at = lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
        c.usual_gap = gap_log ? std::optional(core::usual_gap_of(core::Days(half_life))) : std::nullopt;
        found.push_back(row);
    }
    return found;
}

// Mostly nobody has stayed away and nobody lets ties be told, and then nobody is looked at.
std::vector<core::Candidate> candidates_of(Tx& tx, core::AccountId owner, std::vector<Pulled> rows,
                                           const mutual_ties::MutualTies& mutual, Instant now) {
    if (rows.empty()) return {};
    const auto away = no_shows::of_owner(tx, owner, now);
    std::vector<core::Candidate> found;
    for (Pulled& row : rows) {
        row.candidate.stayed_away = away.contains(row.candidate.person);
        if (const auto known = mutual.find(row.candidate.person); known != mutual.end())
            row.candidate.known_by = known->second;
        found.push_back(std::move(row.candidate));
    }
    return found;
}

std::vector<Pulled> open_rows(Tx& tx, core::AccountId owner, const std::string& ids, Instant now) {
    const std::string sql = std::string(kColumns) + kOpen + " AND p.id IN " + ids_in(tx.dialect());
    return select_pulled(tx, sql, [&](Prepared& select) {
        select.bind(use(owner, "owner"));
        select.bind(use(now, "now"));
        select.bind(use(ids, "ids"));
    });
}

}  // namespace

std::vector<Crowd> crowds(Tx& tx, core::AccountId owner) {
    // From one crowd to the next by the index: neither database does that of its own accord.
    Crowd crowd;
    Prepared select(tx, R"(
        WITH RECURSIVE c (crowd) AS (
            SELECT MAX(p.crowd) FROM people p WHERE p.owner_id = :owner
            UNION ALL
            SELECT (SELECT MAX(p.crowd) FROM people p WHERE p.owner_id = :owner AND p.crowd < c.crowd) FROM c
            WHERE c.crowd IS NOT NULL)
        SELECT c.crowd, (SELECT MAX(p.pull) FROM people p WHERE p.owner_id = :owner AND p.crowd = c.crowd) FROM c
        WHERE c.crowd IS NOT NULL)",
                    into(crowd.number), into(crowd.pull), use(owner, "owner"));
    std::vector<Crowd> found;
    for (bool more = select.execute(); more; more = select.fetch()) {
        const std::int64_t kind = crowd.number / kCells;
        crowd.footing = static_cast<core::Footing>(kind / 8);
        crowd.relation = static_cast<core::Relation>(kind % 8);
        crowd.box = box_of(crowd.number % kCells);
        found.push_back(crowd);
    }
    return found;
}

Box extent(Tx& tx, core::AccountId owner, const Crowd& crowd) {
    Box box;
    run(tx,
        "SELECT MIN(lat), MIN(lng), MAX(lat), MAX(lng) FROM people WHERE owner_id = :owner AND crowd = "
        ":crowd",
        into(box.south_west.lat), into(box.south_west.lng), into(box.north_east.lat),
        into(box.north_east.lng), use(owner, "owner"), use(crowd.number, "crowd"));
    return box;
}

std::vector<Pulled> of_crowd(Tx& tx, core::AccountId owner, const Crowd& crowd, const std::optional<Box>& box,
                             std::optional<Cursor> after, Instant now, std::size_t limit) {
    std::string sql = std::string(kColumns) + kOpen +
                      " AND p.crowd = :crowd AND p.pull <= :pull AND (p.pull < :pull OR p.id > :person)";
    if (box) sql += " AND p.lat BETWEEN :south AND :north AND p.lng BETWEEN :west AND :east";
    sql += " ORDER BY p.pull DESC, p.id LIMIT :limit";
    const Cursor start = after.value_or(Cursor{1e300, {}});
    const auto most = static_cast<long long>(limit);
    return select_pulled(tx, sql, [&](Prepared& select) {
        select.bind(use(owner, "owner"));
        select.bind(use(crowd.number, "crowd"));
        select.bind(use(start.pull, "pull"));
        select.bind(use(start.person, "person"));
        select.bind(use(now, "now"));
        select.bind(use(most, "limit"));
        if (!box) return;
        select.bind(use(box->south_west.lat, "south"));
        select.bind(use(box->north_east.lat, "north"));
        select.bind(use(box->south_west.lng, "west"));
        select.bind(use(box->north_east.lng, "east"));
    });
}

std::vector<core::Candidate> open_candidates(Tx& tx, core::AccountId owner,
                                             std::span<const core::PersonId> people, Instant now) {
    auto rows = open_rows(tx, owner, id_list(people), now);
    return candidates_of(tx, owner, std::move(rows), mutual_ties::of_owner(tx, owner), now);
}

std::vector<core::Candidate> known_candidates(Tx& tx, core::AccountId owner, Instant now) {
    const auto mutual = mutual_ties::of_owner(tx, owner);
    if (mutual.empty()) return {};
    std::vector<core::PersonId> people;
    for (const auto& [person, names] : mutual) people.push_back(person);
    return candidates_of(tx, owner, open_rows(tx, owner, id_list(people), now), mutual, now);
}

std::vector<core::Candidate> candidates(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
                                        Instant now) {
    const std::string ids = id_list(people);
    const std::string sql =
        std::string(kColumns) + " WHERE p.owner_id = :owner AND p.id IN " + ids_in(tx.dialect());
    auto rows = select_pulled(tx, sql, [&](Prepared& select) {
        select.bind(use(owner, "owner"));
        select.bind(use(ids, "ids"));
    });
    return candidates_of(tx, owner, std::move(rows), mutual_ties::of_owner(tx, owner), now);
}

void dismiss(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people,
             std::optional<Instant> until, Instant now) {
    Bulk insert(tx, {{"owner_id"}, {"person_id"}, {"until_at"}, {"at"}},
                "INSERT INTO dismissals (owner_id, person_id, until_at, at) SELECT owner_id, person_id,"
                " until_at, at FROM r WHERE true ON CONFLICT (owner_id, person_id) DO UPDATE SET"
                " until_at = excluded.until_at, at = excluded.at");
    for (const core::PersonId person : people) insert.add(owner, person, until, now);
    insert.finish();
}

std::map<core::PersonId, core::Shown> shown(Tx& tx, core::AccountId owner,
                                            std::span<const core::PersonId> people) {
    const std::string ids = id_list(people);
    core::PersonId person;
    core::Shown row;
    Prepared select(
        tx,
        "SELECT person_id, times, at FROM suggestions_shown WHERE owner_id = :owner AND person_id IN " +
            ids_in(tx.dialect()),
        into(person), into(row.times), into(row.at), use(owner, "owner"), use(ids, "ids"));
    std::map<core::PersonId, core::Shown> found;
    for (bool more = select.execute(); more; more = select.fetch()) found.emplace(person, row);
    return found;
}

void save_shown(Tx& tx, core::AccountId owner, const std::map<core::PersonId, core::Shown>& shown) {
    Bulk insert(tx, {{"owner_id"}, {"person_id"}, {"times"}, {"at"}},
                "INSERT INTO suggestions_shown (owner_id, person_id, times, at) SELECT owner_id, person_id,"
                " times, at FROM r WHERE true ON CONFLICT (owner_id, person_id) DO UPDATE SET"
                " times = excluded.times, at = excluded.at");
    for (const auto& [person, one] : shown) insert.add(owner, person, one.times, one.at);
    insert.finish();
}

}  // namespace vv::store::suggestions
